/**
 * `npm run test:recipes`: runs the examples of `docs/guide/mocking.md` for msw, nock and Jest as they stand, with the built
 * package, in the Node of this machine and in that of the tools. `--no-install` uses what was installed before.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { nodes } from "../helpers/nodes.ts";
import { npm, run } from "../runtimes/processes.ts";

interface Recipe {
  name: string;
  files: Record<string, string>;
  script: string;
  /** What it has to print. */
  prints: RegExp;
}

const { values } = parseArgs({
  allowNegative: true,
  options: { install: { type: "boolean", default: true } },
});

const here = fileURLToPath(new URL(".", import.meta.url));
const root = join(here, "../..");
const page = readFileSync(join(root, "docs/guide/mocking.md"), "utf8");

if (values.install) await npm(here, "ci");
installPackage();

for (const { file, version } of nodes) {
  for (const recipe of recipesFor(version)) {
    const { isPassed, output } = await cook(recipe, file);
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
    cpSync(join(root, name), join(target, name), { recursive: true });
}

/** An example of the page, by the name in its first line. */
function example(name: string): Record<string, string> {
  const block = page.split("```").find((text) => text.startsWith("js\n") && text.includes(name));
  if (!block) throw new Error(`docs/guide/mocking.md has no example ${name}`);
  return { [name]: block.slice("js\n".length) };
}

function recipesFor(version: string): Recipe[] {
  const esm = { "package.json": '{ "type": "module" }' };
  const cjs = { "package.json": "{}" };
  const babel = {
    "babel.config.js": 'module.exports = { plugins: ["@babel/plugin-transform-modules-commonjs"] };',
  };
  const test = example("account.test.js");
  const required = Object.entries(test).map(([name, code]) => [
    name,
    code.replace(/^import (\{.*\}) from (".*");$/gm, "const $1 = require($2);"),
  ]);
  const [withFlag = ""] = page.match(/^NODE_OPTIONS=.* jest$/m) ?? [];
  const passes = /Tests: +1 passed, 1 total/;
  const cannotLoad = /Must use import to load ES Module/;
  const [major = 0, minor = 0] = version.slice(1).split(".").map(Number);
  return [
    ...["msw", "nock"].map((name) => ({
      name,
      files: { ...esm, ...example(`${name}.test.js`) },
      script: `node --test --test-reporter=tap ${name}.test.js`,
      prints: /# pass 2\n# fail 0/,
    })),
    { name: "Jest, ES modules", files: { ...esm, ...test }, script: withFlag, prints: passes },
    {
      name: "Jest, Babel",
      files: { ...cjs, ...babel, ...test, ...example("jest.config.js") },
      script: "npx jest",
      prints: passes,
    },
    {
      name: "Jest, Babel without the setting",
      files: { ...cjs, ...babel, ...test },
      script: "npx jest",
      prints: cannotLoad,
    },
    {
      name: "Jest, CommonJS",
      files: { ...cjs, ...Object.fromEntries(required) },
      script: withFlag,
      prints: major > 24 || (major === 24 && minor >= 9) ? passes : cannotLoad,
    },
  ];
}

/** Runs it in a folder of its own. */
async function cook(recipe: Recipe, node: string): Promise<{ isPassed: boolean; output: string }> {
  const folder = mkdtempSync(join(tmpdir(), "ax-users-recipe-"));
  try {
    symlinkSync(join(here, "node_modules"), join(folder, "node_modules"));
    for (const [name, text] of Object.entries(recipe.files)) writeFileSync(join(folder, name), text);
    const env = {
      PATH: [dirname(node), process.env["PATH"]].join(delimiter),
      DISABLE_PRERELEASE_WARNING: "true",
    };
    const command = { file: "sh", args: ["-c", `${recipe.script} 2>&1 || true`], cwd: folder, env };
    const { stdout } = await run(command);
    return { isPassed: recipe.prints.test(stdout), output: stdout };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
