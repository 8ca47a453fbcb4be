import { readdir } from "node:fs/promises";
import { type Sandbox, startSandbox } from "ax-users/testing";
import { afterAll, describe, expect, test } from "vitest";
import type { Finished } from "./run-script.ts";
import { ScriptHost } from "./script-host.ts";
import { accountOf } from "./seeds/account.ts";
import { GO_USERS } from "./seeds/go-users.ts";
import { PYTHON_ORGANIZATIONS } from "./seeds/python-organizations.ts";
import { PYTHON_SOURCE } from "./seeds/python-source.ts";
import { PYTHON_USERS } from "./seeds/python-users.ts";
import type { SeedRun } from "./seeds/run.ts";
import { TYPESCRIPT_USERS } from "./seeds/typescript-users.ts";

const RUNS = {
  ...PYTHON_SOURCE,
  ...PYTHON_USERS,
  ...GO_USERS,
  ...PYTHON_ORGANIZATIONS,
  ...TYPESCRIPT_USERS,
};

const CASES = (["alpha", "current"] as const).flatMap((dialect) =>
  Object.entries(RUNS).flatMap(([file, runs]) =>
    runs.map((run) => ({ dialect, file, run, when: run.when ?? "all is well" })),
  ),
);

test("every example of the seeds has its runs, and every run its example", async () => {
  const files = await readdir(new URL("../../examples/seeds", import.meta.url), { recursive: true });
  expect(Object.keys(RUNS).sort()).toEqual(files.filter((file) => file.endsWith(".ts")).sort());
});

const host = new ScriptHost();
afterAll(() => host.kill());

// The limit ends a script that hangs; none comes near it on any machine.
describe("the examples of the seeds run", { timeout: 60_000 }, () => {
  test.for(CASES)("in the $dialect dialect: $file, where $when", async ({ dialect, file, run }) => {
    const { users, organizations = [], faults = [], changes = [] } = run;
    await using sandbox = await startSandbox({ dialect, apiKey: "your-api-key", users, organizations });
    for (const fault of faults) sandbox.fail(fault);
    const expected = accountOf(sandbox);
    for (const change of changes) change(expected);

    const finished = await host.run(`examples/seeds/${file}`, {
      env: { ARIZE_BASE_URL: sandbox.baseUrl, ARIZE_API_KEY: sandbox.apiKey },
    });

    checkOutput(run, finished);
    expect(accountOf(sandbox)).toEqual(expected);
    // Whoever finds out how the server spells is refused once at most.
    expect(refusalsOf(sandbox)).toBeLessThanOrEqual((run.refusals ?? 0) + (dialect === "current" ? 1 : 0));
  });
});

test("none of the examples of the seeds leaves anything open", { timeout: 60_000 }, async () => {
  expect(await host.end()).toBe(0);
});

function checkOutput(run: SeedRun, { stdout, stderr, code }: Finished): void {
  const { prints = "", complains, warns } = run;
  const warned = [...stderr.matchAll(/PrereleaseWarning: \[(?:ALPHA|BETA)\] (\S+)/g)].map(([, key]) => key);
  const complaints = stderr.split("\n").filter((line) => !/^\((node:\d+\)|Use `node) /.test(line));
  // The whole of it first, so that a failure shows all there is to know.
  expect({ stdout, code, warned, complaints: complaints.join("\n") }).toEqual({
    stdout: prints instanceof RegExp ? expect.stringMatching(prints) : prints,
    code: complains === undefined ? 0 : 1,
    warned: warns,
    complaints: complains === undefined ? "" : expect.stringContaining(complains),
  });
}

const refusalsOf = ({ requests }: Sandbox): number => requests.filter(({ status }) => status === 400).length;
