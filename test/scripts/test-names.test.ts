import { expect, test } from "vitest";
import { missing, namesOf } from "../../scripts/test-names.ts";

const listed = (projectName: string, name: string) => ({
  name,
  file: "/checkout/test/a.test.ts",
  projectName,
});

test("a test that two tiers run counts once, one of either dialect counts for itself", () => {
  const tests = [
    listed("alpha", "one"),
    listed("alpha-full", "one"),
    listed("alpha-full", "two"),
    listed("current", "one"),
  ];
  expect(namesOf(tests, "/checkout")).toEqual([
    "alpha: test/a.test.ts > one",
    "alpha: test/a.test.ts > two",
    "current: test/a.test.ts > one",
  ]);
});

test("two tests of one name are two", () => {
  const tests = [listed("alpha", "one"), listed("alpha", "one"), listed("alpha-full", "one")];
  expect(namesOf(tests, "/checkout")).toHaveLength(2);
  expect(missing(["one", "one", "two"], ["one", "two", "three"])).toEqual(["one"]);
});

test("nothing is missing from a list that has more", () => {
  expect(missing(["one", "two"], ["three", "two", "one"])).toEqual([]);
});
