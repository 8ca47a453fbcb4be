/**
 * The names of all tests of all projects, so that one state of the tests can be held against another.
 *
 * node scripts/test-names.ts                        → the list, as JSON, on standard output
 * node scripts/test-names.ts BEFORE.json            → what of BEFORE the tests of now lack; fails where that is anything
 * node scripts/test-names.ts BEFORE.json AFTER.json → the same of two lists
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

/** A test as `vitest list --json` has it. */
interface Listed {
  readonly name: string;
  readonly file: string;
  readonly projectName: string;
}

const root = fileURLToPath(new URL("..", import.meta.url));

/** What the tests are called, sorted. One that several projects run in the same dialect counts once. */
export function namesOf(tests: readonly Listed[], folder: string): string[] {
  const most = new Map<string, number>();
  for (const project of new Set(tests.map(({ projectName }) => projectName))) {
    const own = tests.filter(({ projectName }) => projectName === project);
    const dialect = project === "current" ? "current" : "alpha";
    const names = own.map(({ file, name }) => `${dialect}: ${relative(folder, file)} > ${name}`);
    for (const [name, count] of counted(names)) most.set(name, Math.max(count, most.get(name) ?? 0));
  }
  return [...most].flatMap(([name, count]) => Array<string>(count).fill(name)).sort();
}

/** What is in the first list and not, or not as often, in the second. */
export function missing(before: readonly string[], after: readonly string[]): string[] {
  const left = counted(after);
  return before.filter((name) => {
    const count = left.get(name) ?? 0;
    left.set(name, count - 1);
    return count <= 0;
  });
}

function counted(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

/** Collects the tests as a run does, since many names are made while their files run. */
function listTests(): string[] {
  const folder = mkdtempSync(join(tmpdir(), "test-names-"));
  try {
    const json = join(folder, "tests.json");
    const vitest = join(root, "node_modules/vitest/vitest.mjs");
    const args = [vitest, "list", "--no-static-parse", `--json=${json}`];
    const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: ["ignore", 2, 2] });
    if (status !== 0) throw new Error(`vitest list ended with ${status}`);
    return namesOf(JSON.parse(readFileSync(json, "utf8")), root);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const readNames = (path: string): string[] => JSON.parse(readFileSync(path, "utf8"));

/** Says what is lost. */
function compare(old: readonly string[], names: readonly string[]): void {
  const lost = missing(old, names);
  const added = missing(names, old).length;
  for (const name of lost) console.log(`lost: ${name}`);
  console.log(`${old.length} tests before, ${names.length} now: ${lost.length} lost, ${added} new`);
  if (lost.length > 0) process.exitCode = 1;
}

if (import.meta.main) {
  const [before, after] = process.argv.slice(2);
  const names = after === undefined ? listTests() : readNames(after);
  if (before === undefined) console.log(JSON.stringify(names, undefined, 1));
  else compare(readNames(before), names);
}
