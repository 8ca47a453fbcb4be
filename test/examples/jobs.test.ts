/** The jobs of `examples/jobs`, each with an account of its own. */
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type SandboxOptions, startSandbox } from "ax-users/testing";
import { afterAll, expect, onTestFinished, test, vi } from "vitest";
import { environment, finished, nodeArguments, startScript } from "./run-script.ts";
import { ScriptHost } from "./script-host.ts";

const host = new ScriptHost();
afterAll(() => host.kill());

async function openJob(name: string, input: string, options: SandboxOptions) {
  const sandbox = await startSandbox(options);
  onTestFinished(() => sandbox.close());
  const folder = await mkdtemp(join(tmpdir(), "ax-users-job-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, "input.csv");
  await writeFile(file, input);
  const env = {
    ARIZE_BASE_URL: sandbox.baseUrl,
    ARIZE_API_KEY: sandbox.apiKey,
    DISABLE_PRERELEASE_WARNING: "true",
  };
  const run = (...args: string[]) => host.run(`examples/jobs/${name}`, { args: [file, ...args], env });
  return { sandbox, file, env, run };
}

const lines = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => `${line(index)}\n`).join("");

test.each([
  ["onboard.ts", 45],
  ["offboard.ts", 45],
  ["nightly-sync.ts", 30],
])("%s has at most %d lines", async (name, most) => {
  const text = await readFile(new URL(`../../examples/jobs/${name}`, import.meta.url), "utf8");
  expect(text.trim().split("\n").length).toBeLessThanOrEqual(most);
});

test("onboarding goes on after a crash, with every password in the journal and nobody created twice", async () => {
  const input = lines(40, (index) => `user${index}@example.com,User ${index},member`);
  const { sandbox, file, run } = await openJob("onboard.ts", input, {
    organizations: [{ name: "Data Ops" }],
  });
  const first = await run("Data Ops");
  expect(first).toMatchObject({ code: 0, stdout: "40 of 40 were missing, 40 are members\n" });
  const journal = await readFile(`${file}.journal`, "utf8");
  const entries = journal
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(entries).toHaveLength(40);
  expect(entries.every(({ password }) => /^\S{16}$/.test(password))).toBe(true);

  // As a crash leaves it: with a cut line, and the rest not written.
  const cut = journal.split("\n").slice(0, 25).join("\n");
  await writeFile(`${file}.journal`, `${cut}\n{"email":"us`);
  const again = await run("Data Ops");
  expect(again.code).toBe(1);
  const told = again.stdout.matchAll(/^(.*): existing, but no password is known: resend the invitation$/gm);
  const lost = entries.slice(25).map(({ email }) => email);
  expect([...told].map(([, email]) => email).sort()).toEqual(lost.sort());
  expect(again.stdout).toMatch(/\n15 of 40 were missing, 40 are members\n$/);
  const journalAgain = await readFile(`${file}.journal`, "utf8");
  expect(journalAgain.startsWith(`${cut}\n`)).toBe(true);
  expect(journalAgain.trim().split("\n")).toHaveLength(40);
  expect(await run("Data Ops")).toMatchObject({
    code: 0,
    stdout: "0 of 40 were missing, 40 are members\n",
  });
  expect(sandbox.users()).toHaveLength(40);
  expect(sandbox.organizations()[0]?.members).toHaveLength(40);
});

test("onboarding reports the rows that failed, and the others are members", async () => {
  const input = "ada@example.com,Ada,member\nnobody,No Address,member\neve@example.com,Eve,boss\n";
  const { sandbox, run } = await openJob("onboard.ts", input, { organizations: [{ name: "Data Ops" }] });
  const { code, stdout } = await run("Data Ops");
  expect(code).toBe(1);
  expect(stdout).toMatch(/^nobody: .*\neve@example\.com: .*"boss".*\n3 of 3 were missing, 1 are members\n$/);
  expect(sandbox.organizations()[0]?.members).toHaveLength(1);
});

test("onboarding makes annotators annotators of the organization, also those who existed", async () => {
  const input = "eve@example.com,Eve,annotator\nada@example.com,Ada,member\nmax@example.com,Max,member\n";
  const { sandbox, run } = await openJob("onboard.ts", input, {
    users: [{ id: "a", email: "ada@example.com", name: "Ada", role: "annotator" }],
    organizations: [{ name: "Data Ops" }],
  });
  expect(await run("Data Ops")).toMatchObject({
    code: 1,
    stdout:
      "ada@example.com: existing, but no password is known: resend the invitation\n" +
      "3 of 3 were missing, 3 are members\n",
  });
  expect(await run("Data Ops")).toMatchObject({
    code: 0,
    stdout: "0 of 3 were missing, 3 are members\n",
  });
  const roles = sandbox.organizations()[0]?.members.map(({ role }) => role);
  const predefined = (name: string) => ({ type: "predefined", name });
  expect(roles).toHaveLength(3);
  expect(roles).toEqual(
    expect.arrayContaining([predefined("annotator"), predefined("annotator"), predefined("member")]),
  );
});

test("onboarding stops when its journal cannot be written, and names everybody whose password is lost", async () => {
  const people = 40;
  const input = lines(people, (index) => `user${index}@example.com,User ${index},member`);
  const { sandbox, file, env } = await openJob("onboard.ts", input, {
    organizations: [{ name: "Data Ops" }],
  });
  // No file may have more than 512 bytes: five entries.
  const script = nodeArguments("examples/jobs/onboard.ts", { args: [file, "Data Ops"] });
  const { code, stdout } = await finished(
    spawn("sh", ["-c", 'ulimit -f 1 && exec "$@"', "sh", process.execPath, ...script], {
      env: environment({ ...env, NODE_DISABLE_COMPILE_CACHE: "1" }),
    }),
  );
  expect(code).toBe(1);
  const whole = (await readFile(`${file}.journal`, "utf8")).split("\n").slice(0, -1);
  const kept = whole.map((line) => JSON.parse(line));
  const lost = [...stdout.matchAll(/^(.*): created, but the password is lost: Error: EFBIG/gm)];
  const created = sandbox.users().map(({ email }) => email);
  expect(created.length).toBeLessThan(people);
  expect([...kept.map(({ email }) => email), ...lost.map(([, email]) => email)].sort()).toEqual(
    created.sort(),
  );
  expect(lost.length).toBeGreaterThan(0);
  expect(stdout.match(/: not attempted: /g)).toHaveLength(people - created.length);
  expect(sandbox.organizations()[0]?.members).toHaveLength(kept.length);
});

test.each([
  [
    "onboard.ts",
    ["Data Ops"],
    "max@example.com,Max,member\r\neve@example.com,Eve,admin\r\n",
    "2 of 2 were missing, 2 are members\n",
  ],
  [
    "offboard.ts",
    [],
    "ada@example.com\r\ngrace@example.com\r\n",
    "remove ada@example.com, Ada, member\nremove grace@example.com, Grace, member\n" +
      "2 users would be removed; run it again with --yes\n",
  ],
  [
    "nightly-sync.ts",
    [],
    "email,name\r\nada@example.com,Ada\r\ngrace@example.com,Grace\r\n",
    "not in the directory: katherine@example.com\n",
  ],
])("%s reads a file with line ends of Windows", async (name, args, input, stdout) => {
  const { run } = await openJob(name, input, { users: USERS, organizations: [{ name: "Data Ops" }] });
  expect(await run(...args)).toEqual({ code: 0, stdout, stderr: "" });
});

const USERS = [
  { id: "a", email: "ada@example.com", name: "Ada" },
  { id: "g", email: "grace@example.com", name: "Grace" },
  { id: "k", email: "katherine@example.com", name: "Katherine" },
];

test("off-boarding shows whom it would remove, and removes them when that is confirmed", async () => {
  const input = "ada@example.com\ngrace@example.com\nnobody@example.com\n";
  const { sandbox, run } = await openJob("offboard.ts", input, { users: USERS });
  const preview =
    "remove ada@example.com, Ada, member\nremove grace@example.com, Grace, member\nno user: nobody@example.com\n";
  expect(await run()).toMatchObject({
    code: 0,
    stdout: `${preview}2 users would be removed; run it again with --yes\n`,
  });
  expect(sandbox.users()).toHaveLength(3);
  sandbox.fail({ method: "DELETE", path: "/v2/users/g", status: 403 });
  const { code, stdout } = await run("--yes");
  expect(code).toBe(1);
  expect(stdout.startsWith(preview)).toBe(true);
  expect(stdout).toMatch(/ada@example\.com: deleted\n/);
  expect(stdout).toMatch(/grace@example\.com: not_applied: .*HTTP 403/);
  expect(stdout).toMatch(/1 removed, 0 not found, 1 left\n$/);
  expect(sandbox.removedUsers().map(({ id }) => id)).toEqual(["a"]);
});

test("the nightly sync renames whom the directory names otherwise, and reports the differences", async () => {
  const input = "email,name\nADA@example.com,Ada King\ngrace@example.com,Grace\nedsger@example.com,Edsger\n";
  const { sandbox, run } = await openJob("nightly-sync.ts", input, { users: USERS });
  expect(await run()).toMatchObject({
    code: 0,
    stdout:
      "not in the directory: katherine@example.com\nnot in the account: edsger@example.com\n" +
      "renamed: ada@example.com to Ada King\n",
  });
  expect(sandbox.requests.filter(({ method }) => method === "PATCH")).toHaveLength(1);
});

test("the nightly sync reads names and addresses as a spreadsheet writes them", async () => {
  const input =
    'email,name\nada@example.com,"King, Ada"\n grace@example.com , Grace \n\nkatherine@example.com,\n';
  const { sandbox, run } = await openJob("nightly-sync.ts", input, { users: USERS });
  expect(await run()).toMatchObject({ code: 0, stdout: "renamed: ada@example.com to King, Ada\n" });
  expect(await run()).toMatchObject({ code: 0, stdout: "" });
  expect(sandbox.users().map(({ name }) => name)).toEqual(["King, Ada", "Grace", "Katherine"]);
});

test.each([
  ["blank lines", "\nada@example.com\r\n\r\n grace@example.com\n\n", 2],
  ["no line", "", 0],
])("off-boarding reads a file with %s", async (_, input, count) => {
  const { sandbox, run } = await openJob("offboard.ts", input, { users: USERS });
  const { code, stdout } = await run("--yes");
  expect(code).toBe(0);
  expect(stdout).toMatch(new RegExp(`(^|\n)${count} removed, 0 not found, 0 left\n$`));
  expect(sandbox.removedUsers()).toHaveLength(count);
});

test("off-boarding says so if nobody was removed", async () => {
  const { sandbox, file, env, run } = await openJob("offboard.ts", "ada@example.com\n", { users: USERS });
  await writeFile(file, "ada at example.com\n");
  expect(await run("--yes")).toMatchObject({
    code: 1,
    stdout: expect.stringMatching(/^Nobody was removed: ValidationError: .*"ada at example\.com"\n$/),
    stderr: "",
  });
  // Ctrl+C while it looks up the addresses.
  await writeFile(file, "ada@example.com\n");
  sandbox.fail({ method: "GET", path: "/v2/users", socket: "stall" });
  const child = startScript("examples/jobs/offboard.ts", { args: [file, "--yes"], env });
  const end = finished(child);
  await vi.waitFor(() => expect(sandbox.requests.length).toBeGreaterThan(0), 20_000);
  child.kill("SIGINT");
  expect(await end).toEqual({ code: 1, stdout: "Nobody was removed: Error: Ctrl+C\n", stderr: "" });
  expect(sandbox.removedUsers()).toEqual([]);
});

test("off-boarding counts people who are gone already", async () => {
  const { sandbox, run } = await openJob("offboard.ts", "ada@example.com\ngrace@example.com\n", {
    users: USERS,
  });
  sandbox.fail({
    method: "DELETE",
    path: "/v2/users/a",
    status: 404,
    headers: { "content-type": "application/problem+json" },
    body: { type: "about:blank", title: "User not found", status: 404 },
  });
  const { code, stdout } = await run("--yes");
  expect(stdout).toMatch(/ada@example\.com: not_found\n/);
  expect(stdout).toMatch(/1 removed, 1 not found, 0 left\n$/);
  expect(code).toBe(0);
});
