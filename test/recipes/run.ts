/**
 * `npm run test:recipes`: runs the examples of `docs/guide/mocking.md` as they stand, with the built package, in the Node of
 * this machine and in that of the tools. `--no-install` uses what was installed before.
 */
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { nodes } from "../helpers/nodes.ts";
import { npm, run } from "../runtimes/processes.ts";
import { type Recipe, recipesFor } from "./recipes.ts";

const { values } = parseArgs({
  allowNegative: true,
  options: { install: { type: "boolean", default: true } },
});

const here = fileURLToPath(new URL(".", import.meta.url));

if (values.install) await npm(here, "ci");
installPackage();

for (const { file, version } of nodes) {
  for (const recipe of recipesFor(version)) {
    const output = await outputOf(recipe, file);
    const isPassed = recipe.prints.test(output);
    console.log(`${isPassed ? "passed" : "FAILED"}  Node ${version}  ${recipe.name}`);
    if (isPassed) continue;
    console.error(output);
    process.exitCode = 1;
  }
}

/** Only what is published, without npm's work for a tarball: `npm run check:package` tests that. */
function installPackage(): void {
  const target = join(here, "node_modules/ax-users");
  rmSync(target, { recursive: true, force: true });
  for (const name of ["dist", "package.json"])
    cpSync(join(here, "../..", name), join(target, name), { recursive: true });
}

/** Runs it in a folder of its own. */
async function outputOf(recipe: Recipe, node: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "ax-users-recipe-"));
  try {
    symlinkSync(join(here, "node_modules"), join(folder, "node_modules"));
    for (const [name, text] of Object.entries(recipe.files)) writeFileSync(join(folder, name), text);
    const PATH = [dirname(node), process.env["PATH"]].join(delimiter);
    const env = { PATH, DISABLE_PRERELEASE_WARNING: "true" };
    // Some of them are meant to fail.
    const args = ["-c", `${recipe.script} 2>&1 || true`];
    return (await run({ file: "sh", args, cwd: folder, env })).stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
