import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { pages } from "./pages.ts";

const readJson = (path: string) =>
  JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), "utf8"));

test("the versions on the page on mocks are those that its examples run with", () => {
  const { undici, msw, nock, jest } = readJson("test/recipes/package.json").dependencies;
  expect(readJson("package.json").devDependencies["undici-7"]).toBe(`npm:undici@${undici}`);
  const text = pages.find(({ page }) => page === "mocking")?.text ?? "";
  const rows = [...text.matchAll(/^\| (.*?) \| (\d.*?) \|/gm)].map(([, name, version]) => [name, version]);
  expect(rows).toEqual([
    ["undici `MockAgent`", undici],
    ["msw", msw],
    ["nock", nock],
    ["Jest", jest],
  ]);
});
