import { expect, test } from "vitest";
import { isSameId } from "../../src/api/decode-response.ts";

test.each([
  ["YWJj", "YWJj", true],
  ["YWI=", "YWI", true],
  ["YQ==", "YQ", true],
  ["a+b/c", "a-b_c", true],
  ["a-b_c", "a+b/c", true],
  ["ab", "aB", false],
  ["=ab", "ab", false],
  ["a=b", "ab", false],
  ["a-b", "ab", false],
  ["a_b", "a-b", false],
])("%s and %s: the same ID is %s", (one, other, expected) => {
  expect(isSameId(one, other)).toBe(expected);
});
