/** Planning 50,000 rows for an account of 50,000: requests, and the memory of the process. */
import { spawn } from "node:child_process";
import { createWriteStream, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { environment, finished, nodeArguments, toModule } from "../examples/run-script.ts";
import { openCli } from "./run-cli.ts";

const PEOPLE = 50_000;
const MOST_MB = 300;

/** Printed last, on standard error. */
const REPORT = toModule(`
  process.on("exit", () => process.stderr.write("peak " + process.resourceUsage().maxRSS + " kB\\n"));`);

test("a plan of 50,000 people takes the requests of one list, and less than 300 MB", async () => {
  const { sandbox, env, file } = await openCli({ users: PEOPLE });
  // Everybody has another name: the plan has as many changes as there are rows.
  const rows = sandbox.users().map(({ email, name }) => `${email},New ${name}`);
  writeFileSync(file("people.csv"), `email,name\n${rows.join("\n")}\n`);
  const args = ["plan", file("people.csv"), "--json", "-o", file("plan.json")];
  const child = spawn(
    process.execPath,
    [`--import=${REPORT}`, ...nodeArguments("src/cli/main.ts", { args })],
    {
      env: environment(env),
    },
  );
  child.stdout.pipe(createWriteStream(file("stdout.json")));
  const { code, stderr } = await finished(child);
  expect(code).toBe(0);
  expect(stderr).toMatch(/Plan: \d+ update, \d+ pending\./);
  expect(sandbox.requests).toHaveLength(PEOPLE / 100);
  const [, peak] = /^peak (\d+) kB$/m.exec(stderr) ?? [];
  expect(Number(peak) / 1024).toBeLessThan(MOST_MB);
  expect(Number(peak) / 1024).toBeGreaterThan(40);
});
