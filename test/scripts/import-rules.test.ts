/** That the linter rejects imports that run upwards in `src`, and import cycles. */
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";

const fromRoot = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** From the bottom to the top. */
const FOLDERS = [
  "util",
  "errors",
  "config",
  "throttle",
  "transport",
  "api",
  "facade",
  "users",
  "organizations",
  "roster",
  "cli",
];

/** Lints files with the rules of the project. Returns `file: rule` of each error, sorted. */
async function lint(files: Readonly<Record<string, string>>): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), "ax-users-test-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await cp(fromRoot("biome.json"), join(folder, "biome.json"));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(folder, dirname(path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  const args = ["lint", "--vcs-enabled=false", "--max-diagnostics=none", "--reporter=github"];
  const output = await new Promise<string>((resolve) => {
    execFile(fromRoot("node_modules/.bin/biome"), args, { cwd: folder }, (_, stdout) => resolve(stdout));
  });
  const lines = output.matchAll(/^::error title=lint\/\w+\/(\w+),file=([^,]+),/gm);
  return [...lines].map(([, rule, file = ""]) => `${file.slice(file.indexOf("src/"))}: ${rule}`).sort();
}

test("each folder imports from those below it only, types included", async () => {
  const files: Record<string, string> = {};
  const expected: string[] = [];
  for (const [place, folder] of FOLDERS.entries()) {
    for (const [otherPlace, other] of FOLDERS.entries()) {
      if (folder === other) continue;
      const path = `src/${folder}/part/from-${other}.ts`;
      files[path] = `export type { Name } from "../../${other}/name.ts";\n`;
      const arePeers = [folder, other].every((name) => name === "config" || name === "throttle");
      if (otherPlace > place || arePeers) expected.push(`${path}: noRestrictedImports`);
    }
  }
  expect(await lint(files)).toEqual(expected.sort());
});

test("the sandbox imports nothing else of src, and nothing else imports the sandbox", async () => {
  const files = {
    "src/testing/one.ts": 'import "../util/clock.ts";\n',
    "src/testing/http/two.ts": 'import "../../util/clock.ts";\n',
    "src/testing/http/three.ts": 'import "../one.ts";\n',
    "src/users/four.ts": 'import "../testing/one.ts";\n',
  };
  expect(await lint(files)).toEqual([
    "src/testing/http/two.ts: noRestrictedImports",
    "src/testing/one.ts: noRestrictedImports",
    "src/users/four.ts: noRestrictedImports",
  ]);
});

test("a cycle of types is an error in each of its files", async () => {
  const files = {
    "src/util/one.ts": 'import type { Two } from "./two.ts";\n\nexport type One = Two | 1;\n',
    "src/util/two.ts": 'import type { One } from "./one.ts";\n\nexport type Two = One | 2;\n',
  };
  expect(await lint(files)).toEqual(["src/util/one.ts: noImportCycles", "src/util/two.ts: noImportCycles"]);
});
