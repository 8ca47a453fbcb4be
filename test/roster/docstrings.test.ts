/** The docstrings of `ax-users/roster`: their examples compile and run, each in a folder and with an account of its own. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as main from "ax-users";
import * as roster from "ax-users/roster";
import { startSandbox } from "ax-users/testing";
import { expect, onTestFinished, test, vi } from "vitest";
import { compileExamples } from "../helpers/compile-examples.ts";
import { readDocs } from "../helpers/docstrings.ts";
import { runExample } from "../helpers/run-example.ts";

const [docs] = readDocs(["src/roster/index.ts"]);
const names = docs?.names ?? [];
/** Those of the client, which types lead to, are tested with the main entry. */
const examples = names
  .flatMap(({ name, examples: own }) => own.map((code) => ({ name, code })))
  .filter(({ code }) => code.includes('"ax-users/roster"'));

const PREAMBLE = 'declare const client: import("ax-users").ArizeClient;\n';

test("every exported name has a docstring with an example, and every member a docstring", () => {
  expect(Object.keys(roster).filter((name) => !examples.some((one) => one.name === name))).toEqual([]);
  expect(names.filter(({ summary }) => summary === "").map(({ name }) => name)).toEqual([]);
  expect(names.filter(({ examples: own }) => own.length === 0).map(({ name }) => name)).toEqual([]);
  expect(docs?.members.filter(({ summary }) => summary === "").map(({ name }) => name)).toEqual([]);
});

test("the docstrings link to nothing that is not public", () => {
  const all = [...names, ...(docs?.members ?? [])];
  const known = new Set([...all.map(({ name }) => name), ...Object.keys(main)]);
  expect(all.flatMap(({ links }) => links).filter((to) => !known.has(to))).toEqual([]);
});

test("the examples compile", async () => {
  expect(
    await compileExamples(
      examples.map(({ name, code }) => [name, code] as const),
      PREAMBLE,
    ),
  ).toEqual([]);
});

test.each(examples)("the example runs: $name", async ({ code }) => {
  const sandbox = await startSandbox({
    users: [
      {
        id: "ada",
        email: "ada@example.com",
        name: "Ada Lovelace",
        role: { type: "predefined", name: "admin" },
      },
      { email: "grace@example.com", name: "Grace Hopper", role: { type: "predefined", name: "member" } },
      { email: "katherine@example.com", status: "invited", role: { type: "predefined", name: "member" } },
    ],
    organizations: [{ name: "Data Ops" }],
  });
  const folder = await mkdtemp(join(tmpdir(), "ax-users-roster-"));
  const before = process.cwd();
  process.chdir(folder);
  onTestFinished(async () => {
    process.chdir(before);
    vi.restoreAllMocks();
    await sandbox.close();
    await rm(folder, { recursive: true });
  });
  const log = vi.spyOn(console, "log").mockImplementation(() => {});
  const client = new main.ArizeClient({
    baseUrl: sandbox.baseUrl,
    apiKey: sandbox.apiKey,
    prereleaseWarnings: false,
  });
  await runExample(code, { client }, { "ax-users": main, "ax-users/roster": roster });
  const writes = sandbox.requests.filter(({ method }) => method !== "GET").length;
  expect(log.mock.calls.length + writes, "what it did").toBeGreaterThan(0);
});
