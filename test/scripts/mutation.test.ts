import { globSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { partsOf } from "../../scripts/mutation/parts.ts";
import { score, tally, toTable } from "../../scripts/mutation/tally.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const parts = partsOf(root);

test("each file of src without the sandbox is in one part", () => {
  const all = globSync("src/**/*.ts", { cwd: root }).filter((file) => !file.startsWith("src/testing/"));
  expect(parts.flatMap(({ files }) => files).sort()).toEqual(all.sort());
});

test.each(parts)("the part $name has files, and each of its globs has tests", ({ files, tests }) => {
  expect(files).not.toEqual([]);
  for (const glob of tests) expect(globSync(glob, { cwd: root }), glob).not.toEqual([]);
});

const mutant = (status: string) => ({ status, mutatorName: "", location: { start: { line: 1, column: 1 } } });
const report = (...statuses: string[]) => ({ files: { "src/a.ts": { mutants: statuses.map(mutant) } } });

test("mutants that time out count as noticed, ignored ones and those that do not compile not at all", () => {
  const all = tally([
    report("Killed", "Timeout", "Ignored"),
    report("Survived", "NoCoverage", "CompileError"),
  ]);
  expect(all).toEqual({ killed: 1, timeout: 1, survived: 1, noCoverage: 1 });
  expect(score(all)).toBe(50);
});

test("the table has a row for each part", () => {
  const table = toTable([["users", tally([report("Killed", "Killed", "Survived")])]]);
  expect(table.split("\n").at(-1)).toBe("| users | 3 | 2 | 0 | 1 | 0 | 66.7 % |");
});
