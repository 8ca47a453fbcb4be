/** That tests of before are held against the types of now. */
import { expect, test } from "vitest";
import { repository } from "./repository.ts";

const TYPES = `
export interface User { id: string; name: string; }
export interface ListParams { limit?: number; }
export declare function list(params: ListParams): User[];
`;

const PUBLIC = `
import { list, type User } from "ax-users";
import { limit } from "./helper.ts";
export const names = list({ limit }).map((user: User) => user.name);
// @ts-expect-error: no such option
list({ order: "name" });
`;

const COMPILER_OPTIONS = {
  target: "es2023",
  lib: ["es2023"],
  module: "preserve",
  moduleResolution: "bundler",
  allowImportingTsExtensions: true,
  noEmit: true,
  strict: true,
  types: [],
};

async function packageOnABranch(version = "0.1.0") {
  const { run, ...rest } = await repository({
    ".gitignore": "dist/\nnode_modules/\n",
    "package.json": JSON.stringify({
      name: "ax-users",
      version,
      exports: {
        ".": { types: "./dist/index.d.ts" },
        "./testing": { types: "./dist/testing.d.ts" },
        "./package.json": "./package.json",
      },
    }),
    "tsconfig.json": JSON.stringify({ compilerOptions: COMPILER_OPTIONS }),
    "dist/index.d.ts": TYPES,
    "dist/testing.d.ts": "export declare function startSandbox(): void;",
    "node_modules/.keep": "",
    "test/public.test.ts": PUBLIC,
    "test/helper.ts": "export const limit: number = 3;",
    "test/sandbox.test.ts": 'import { startSandbox } from "ax-users/testing";\nstartSandbox();',
    "test/internal.test.ts":
      'import { list } from "ax-users";\nimport { gone } from "../src/gone.ts";\nlist(gone);',
    "test/indirect.test.ts": 'import { list } from "ax-users";\nimport "./internal.test.ts";\nlist(7);',
    "test/uninstalled.test.ts": 'import { list } from "ax-users";\nimport "gone";\nlist(7);',
  });
  const check = () => run("types-yesterday.ts", "--since", "main");
  return { ...rest, check, setTypes: (types: string) => rest.write("dist/index.d.ts", types) };
}

test("types as they were pass, with the tests that use nothing else", async () => {
  const { check } = await packageOnABranch();
  expect(await check()).toEqual({
    exitCode: 0,
    stdout: expect.stringMatching(/^2 files of [0-9a-f]{7}, without 4 that import what is not public\n$/),
    stderr: "",
  });
});

test.each([
  { what: "a new field and a new option", from: "name: string;", to: "name: string; email: string;" },
  { what: "an option that was refused", from: "limit?: number;", to: "limit?: number; order?: string;" },
])("$what passes", async ({ from, to }) => {
  const { check, setTypes } = await packageOnABranch();
  await setTypes(TYPES.replace(from, to));
  expect(await check()).toMatchObject({ exitCode: 0, stderr: "" });
});

test.each([
  {
    what: "a removed field",
    from: "name: string;",
    to: "",
    error: "test/public.test.ts(4,63): error TS2339: Property 'name' does not exist on type 'User'.",
  },
  {
    what: "a newly required option",
    from: "limit?: number;",
    to: "limit?: number; order: string;",
    error: "Property 'order' is missing",
  },
])("$what fails, until a changeset says that it breaks", async ({ from, to, error }) => {
  const { check, setTypes, write, addChangeset } = await packageOnABranch();
  await setTypes(TYPES.replace(from, to));
  // It is yesterday's tests that count.
  await write("test/public.test.ts", "");
  await addChangeset("patch");
  const { exitCode, stderr } = await check();
  expect(exitCode).toBe(1);
  expect(stderr).toContain(error);
  expect(stderr).toContain('That needs a file in .changeset/ that says "ax-users": minor; found: patch.');
  await addChangeset("minor", "more-owls");
  expect(await check()).toMatchObject({
    exitCode: 0,
    stderr: expect.stringContaining("A changeset says so: minor."),
  });
});

test("from 1.0 on it has to be a major step", async () => {
  const { check, setTypes, addChangeset } = await packageOnABranch("1.0.0");
  await setTypes(TYPES.replace("name: string;", ""));
  await addChangeset("minor");
  expect(await check()).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining("major; found: minor"),
  });
});

test("an entry that is gone fails", async () => {
  const { check, write } = await packageOnABranch();
  const exports = { ".": { types: "./dist/index.d.ts" } };
  await write("package.json", JSON.stringify({ name: "ax-users", version: "0.1.0", exports }));
  expect(await check()).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining("Cannot find module 'ax-users/testing'"),
  });
});
