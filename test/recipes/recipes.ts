/** The examples of `docs/guide/mocking.md`, each with what it takes to run it. */
import { readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";

export interface Recipe {
  name: string;
  files: Record<string, string>;
  script: string;
  /** What it has to print. */
  prints: RegExp;
}

const page = readFileSync(new URL("../../docs/guide/mocking.md", import.meta.url), "utf8");

const esm = { "package.json": '{ "type": "module" }' };
const cjs = { "package.json": "{}" };

/** `version` is Node's: `v24.21.0`. */
export const recipesFor = (version: string): Recipe[] => [mockAgent(), ...mocks(), ...jest(version)];

function mockAgent(): Recipe {
  const [, code = ""] = page.match(/^```ts\n([\s\S]*?)^```$/m) ?? [];
  return {
    name: "undici MockAgent",
    files: { ...esm, "app.js": stripTypeScriptTypes(code) },
    script: "node app.js",
    prints: /^Ada Lovelace active\n$/,
  };
}

const mocks = (): Recipe[] =>
  ["msw", "nock"].map((name) => ({
    name,
    files: { ...esm, ...example(`${name}.test.js`) },
    script: `node --test --test-reporter=tap ${name}.test.js`,
    prints: /# pass 2\n# fail 0/,
  }));

function jest(version: string): Recipe[] {
  const babel = {
    ...cjs,
    ...example("account.test.js"),
    "babel.config.js": 'module.exports = { plugins: ["@babel/plugin-transform-modules-commonjs"] };',
  };
  const [withFlag = ""] = page.match(/^NODE_OPTIONS=.* jest$/m) ?? [];
  const passes = /Tests: +1 passed, 1 total/;
  const cannotLoad = /Must use import to load ES Module/;
  const files = { ...esm, ...example("account.test.js") };
  return [
    { name: "Jest, ES modules", files, script: withFlag, prints: passes },
    {
      name: "Jest, Babel",
      files: { ...babel, ...example("jest.config.js") },
      script: "npx jest",
      prints: passes,
    },
    { name: "Jest, Babel without the setting", files: babel, script: "npx jest", prints: cannotLoad },
    {
      name: "Jest, CommonJS",
      files: { ...cjs, ...example("account.test.js", asCommonJs) },
      script: withFlag,
      prints: requiresEsm(version) ? passes : cannotLoad,
    },
  ];
}

/** An example by the name in its first line. */
function example(name: string, change = (code: string) => code): Record<string, string> {
  const block = page.split("```").find((text) => text.startsWith("js\n") && text.includes(name));
  if (!block) throw new Error(`docs/guide/mocking.md has no example ${name}`);
  return { [name]: change(block.slice("js\n".length)) };
}

const asCommonJs = (code: string): string =>
  code.replace(/^import (\{.*\}) from (".*");$/gm, "const $1 = require($2);");

/** Whether Jest can `require` an ES module, as the page says: from Node 24.9 on. */
function requiresEsm(version: string): boolean {
  const [major = 0, minor = 0] = version.slice(1).split(".").map(Number);
  return major > 24 || (major === 24 && minor >= 9);
}
