import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { PassThrough } from "node:stream";
import type { SandboxOptions } from "ax-users/testing";
import { expect, test } from "vitest";
import { linesOf, openCli } from "./run-cli.ts";

const role = (name: "admin" | "member") => ({ type: "predefined" as const, name });

const USERS = [
  { id: "root", email: "root@example.com", name: "Root", role: role("admin") },
  { id: "ada", email: "ada@example.com", name: "Ada", role: role("member") },
  { id: "bob", email: "bob@example.com", name: "Bob", role: role("member") },
  { id: "eve", email: "eve@example.com", name: "Eve", status: "expired" as const, role: role("member") },
];

const CSV = [
  "email,name,state,organization",
  "new@example.com,New,,Data Ops",
  "ada@example.com,Ada King,,",
  "bob@example.com,,absent,",
  "",
].join("\n");

/** An account, and a roster of it with its plan. */
async function openPlan(csv = CSV, argv: readonly string[] = [], options: SandboxOptions = {}) {
  const opened = await openCli({ users: USERS, organizations: [{ name: "Data Ops" }], ...options });
  const roster = opened.file("people.csv");
  const plan = opened.file("plan.json");
  writeFileSync(roster, csv);
  const planned = await opened.run(["plan", roster, "-o", plan, ...argv]);
  const read = () => JSON.parse(readFileSync(plan, "utf8"));
  return { ...opened, roster, plan, planned, read, journal: `${plan}.journal.jsonl` };
}

test("plan shows and writes the changes, and sends only reads", async () => {
  const { planned, plan, read, writes, run, roster } = await openPlan();
  expect(planned.code).toBe(0);
  expect(planned.stdout).toMatch(/create {2,}new@example\.com {2,}New, member, email_link/);
  expect(planned.stdout).toMatch(/update {2,}ada@example\.com {2,}name: Ada → Ada King/);
  expect(planned.stdout).toMatch(/ensure member {2,}new@example\.com {2,}Data Ops as member/);
  expect(planned.stdout).toMatch(/delete {2,}bob@example\.com {2,}Bob, active, member/);
  expect(planned.stderr).toContain("1 create, 1 update, 1 ensure member, 1 delete");
  expect(planned.stderr).toContain(`ax-users apply ${plan}`);
  expect(statSync(plan).mode & 0o777).toBe(0o600);
  const json = await run(["plan", roster, "--json"]);
  expect(JSON.parse(json.stdout).changes).toEqual(read().changes);
  expect(writes()).toEqual([]);
});

test("plan --detailed-exitcode is 10 where there are changes, and 0 where not", async () => {
  const { run, roster, file } = await openPlan();
  expect((await run(["plan", roster, "--detailed-exitcode"])).code).toBe(10);
  writeFileSync(file("same.csv"), "email\nada@example.com\n");
  expect((await run(["plan", file("same.csv"), "--detailed-exitcode"])).code).toBe(0);
});

test("plan reads standard input, in the format that is given or that it looks like", async () => {
  const { run } = await openPlan();
  const row = { email: "n@example.com", name: "N" };
  for (const [stdin, argv] of [
    ["email,name\nn@example.com,N\n", []],
    [JSON.stringify([row]), []],
    [JSON.stringify(row), ["--format", "jsonl"]],
    ["- email: n@example.com\n  name: N\n", ["--format", "yaml"]],
    ["email\tname\nn@example.com\tN\n", ["--format", "tsv"]],
  ] as const) {
    const { stdout, code } = await run(["plan", "-", "--json", ...argv], { stdin });
    expect(code).toBe(0);
    expect(JSON.parse(stdout).counts).toMatchObject({ create: 1 });
  }
  expect((await run(["plan", "-", "--key-stdin"], { stdin: "k" })).code).toBe(2);
});

test.each([
  ["an unknown column", "email,nmae\na@example.com,A\n", /line 1.*nmae/],
  ["a ragged row", "email,name\na@example.com,A,B\n", /line 2 has 3 cells/],
  ["no address", "email,name\n,A\n", /line 2, email/],
  [
    "two rows that disagree",
    "email,name\na@example.com,A\nA@example.com,B\n",
    /line 3, name disagrees with line 2/,
  ],
  [
    "an unknown organization",
    "email,organization\nada@example.com,Nowhere\n",
    /line 2, organization is unknown/,
  ],
  ["nobody's name", "email\nnew@example.com\n", /line 2, name is required/],
])("a bad roster is refused whole with 2: %s", async (_, csv, message) => {
  const { planned, plan, writes } = await openPlan(csv, ["--json"]);
  expect(planned).toMatchObject({ code: 2, stderr: expect.stringMatching(message) });
  expect(JSON.parse(planned.stdout)).toMatchObject({
    error: { name: "ValidationError", outcome: "not_applied" },
  });
  expect(existsSync(plan)).toBe(false);
  expect(writes()).toEqual([]);
});

test.each([
  ["people.csv", "", 2],
  ["people.json", "", 2],
  ["people.csv", "email\n", 5],
  ["people.json", "[]", 5],
])("an empty roster removes nobody: %s with %j is %d", async (name, text, code) => {
  const { run, file } = await openPlan();
  writeFileSync(file(name), text);
  expect(await run(["plan", file(name), "--remove-absent"])).toMatchObject({ code, stdout: "" });
});

test("a plan that breaks a limit is refused with 5 and not written; the message names the option", async () => {
  const users = Array.from({ length: 80 }, (_, index) => ({
    email: `u${index}@example.com`,
    role: role("member"),
  }));
  const csv = `email\n${users
    .slice(0, 60)
    .map(({ email }) => email)
    .join("\n")}\n`;
  const { planned, plan, run, roster } = await openPlan(csv, ["--remove-absent"], { users });
  expect(planned).toMatchObject({ code: 5, stderr: expect.stringContaining("--max-removals 20") });
  expect(existsSync(plan)).toBe(false);
  const argv = ["plan", roster, "--remove-absent", "--json"];
  expect(planned.stderr).toContain("--max-removals 10%");
  expect(planned.stderr).not.toContain("maxRemovals");
  expect(await run([...argv, "--max-removals", "50%"])).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/^[^:]*: --max-removals must be a number/),
  });
  const protect = ["--protect", "u70@example.com", "--protect", "u71@example.com"];
  const more = await run([...argv, "--max-removals", "20", ...protect]);
  expect(JSON.parse(more.stdout).counts).toMatchObject({ delete: 18 });
  expect((await run([...argv, "--only", "create", "--only", "update"])).code).toBe(0);
});

test("a person to remove who is not in the account is shown, and cannot be confirmed", async () => {
  const { run, file, writes } = await openPlan();
  writeFileSync(file("typo.csv"), "email,state\nbobb@example.com,absent\nada@example.com,\n");
  const planned = await run(["plan", file("typo.csv"), "-o", file("typo.json")]);
  expect(planned.stdout).toMatch(/unchanged +bobb@example\.com +not in the account/);
  expect(await run(["apply", file("typo.json"), "--confirm-removals", "1"])).toMatchObject({
    code: 2,
    stderr: "--confirm-removals is 1, but the number of people to remove is 0.\n",
  });
  expect(await run(["apply", file("typo.json"), "--confirm-removals", "0"])).toMatchObject({ code: 0 });
  expect(writes()).toEqual([]);
});

test("a plan without changes has no empty table", async () => {
  const { run, file } = await openPlan();
  writeFileSync(file("same.csv"), "email\nada@example.com\n");
  const { stdout, stderr } = await run(["plan", file("same.csv")]);
  expect({ stdout, stderr }).toEqual({ stdout: "", stderr: "Plan: 1 unchanged.\n" });
  const csv = await run(["plan", file("same.csv"), "--output", "csv"]);
  expect(csv.stdout.trim()).toBe("change,email,details");
});

test("the command to apply a plan is complete, for a shell, and for npx if npx runs this one", async () => {
  const { run, file, env } = await openPlan();
  writeFileSync(file("new.csv"), "email,name,invite_mode\nn@example.com,N,temporary_password\n");
  const argv = ["plan", file("new.csv"), "-o", file("a plan.json")];
  expect((await run(argv)).stderr).toContain(
    `To apply it: ax-users apply '${file("a plan.json")}' --passwords FILE --yes\n`,
  );
  const byNpx = await run(argv, { env: { ...env, npm_command: "exec" } });
  expect(byNpx.stderr).toContain("To apply it: npx ax-users apply ");
});

test("renewals, admins: only when asked for", async () => {
  const { run, file } = await openPlan();
  writeFileSync(file("r.csv"), "email,state\neve@example.com,\nroot@example.com,absent\nada@example.com,\n");
  const counts = async (...argv: string[]) =>
    JSON.parse((await run(["plan", file("r.csv"), "--json", ...argv])).stdout).counts;
  expect(await counts()).toMatchObject({ renew: 0, pending: 1, delete: 0 });
  expect(await counts("--renew")).toMatchObject({ renew: 1 });
  const { stdout } = await run(["plan", file("r.csv")]);
  expect(stdout).toContain("kept: an account admin (see --remove-admins)");
  expect(stdout).toContain("the invitation has expired (see --renew)");
  // The last active admin is never removed.
  expect(await counts("--remove-admins")).toMatchObject({ delete: 0 });
});

test("apply does what the plan says, a line for each change, and 0 again with nothing to do", async () => {
  const { run, plan, sandbox, journal, roster, file } = await openPlan();
  const applied = await run(["apply", plan, "--confirm-removals", "1"]);
  expect(applied).toMatchObject({ code: 0, stderr: "" });
  expect(applied.stdout.split("\n").sort()).toEqual(
    [
      "",
      "Summary: 4 done.",
      "done  create  new@example.com",
      "done  delete  bob@example.com",
      "done  ensure member  new@example.com",
      "done  update  ada@example.com",
    ].sort(),
  );
  expect(sandbox.users().map(({ email }) => email)).not.toContain("bob@example.com");
  expect(statSync(journal).mode & 0o777).toBe(0o600);
  expect(existsSync(`${journal}.lock`)).toBe(false);
  writeFileSync(roster, "email\nada@example.com\n");
  await run(["plan", roster, "-o", file("nothing.json")]);
  const nothing = await run(["apply", file("nothing.json")]);
  expect(nothing).toMatchObject({ code: 0, stdout: "Summary: nothing to do.\n" });
});

test("apply --json is JSON Lines: a result as each settles, and the summary", async () => {
  const { run, plan } = await openPlan();
  const { stdout, stderr, code } = await run(["apply", plan, "--confirm-removals", "1", "--json"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const lines = linesOf(stdout);
  expect(lines).toHaveLength(5);
  expect(lines[0]).toEqual({
    type: "result",
    id: expect.stringMatching(/^[\da-f]{32}$/),
    kind: "create",
    email: "new@example.com",
    status: "done",
    userId: expect.any(String),
    outcome: "created",
    requestId: expect.stringMatching(/^req_/),
  });
  expect(lines.at(-1)).toEqual({
    ...{ type: "summary", done: 4, unchanged: 0, failed: 0, unknown: 0, stale: 0, notAttempted: 0 },
  });
});

test("without a terminal nothing is applied unconfirmed", async () => {
  const { run, plan, writes, journal, roster, file } = await openPlan();
  for (const argv of [[], ["--yes"], ["--confirm-removals", "2"], ["--confirm-removals", "0", "--yes"]]) {
    const refused = await run(["apply", plan, ...argv]);
    expect(refused).toMatchObject({ code: 2, stdout: "" });
    expect(refused.stderr).toMatch(/--confirm-removals/);
  }
  expect(existsSync(journal)).toBe(false);
  writeFileSync(roster, "email,name\nada@example.com,Ada King\n");
  await run(["plan", roster, "-o", file("update.json")]);
  expect(await run(["apply", file("update.json")])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("--yes"),
  });
  expect(writes()).toEqual([]);
  expect((await run(["apply", file("update.json"), "--yes"])).code).toBe(0);
});

test("a plan that was edited, or of another account or address, is refused with 5", async () => {
  const { run, plan, read, writes, file } = await openPlan();
  const edited = { ...read(), changes: read().changes.slice(0, -1) };
  writeFileSync(file("edited.json"), JSON.stringify(edited));
  const refused = await run(["apply", file("edited.json"), "--yes", "--json"]);
  expect(refused.code).toBe(5);
  expect(JSON.parse(refused.stdout)).toMatchObject({ error: { name: "PlanRefusedError" } });
  const other = await openCli({ users: [{ id: "x", email: "x@example.com" }] });
  expect((await run(["apply", plan, "--confirm-removals", "1"], { env: other.env })).code).toBe(5);
  expect(writes()).toEqual([]);
  expect(other.writes()).toEqual([]);
  for (const text of ["", "{}", "[]", "email\nada@example.com\n"]) {
    writeFileSync(file("no.json"), text);
    expect((await run(["apply", file("no.json"), "--yes"])).code).toBe(2);
  }
  expect((await run(["apply", file("missing.json"), "--yes"])).code).toBe(2);
});

test("who has changed since is stale, 1; nothing is sent for them", async () => {
  const { run, plan, writes } = await openPlan(
    "email,name,state\nada@example.com,Ada King,\nbob@example.com,,absent\n",
  );
  await run(["update", "bob", "--name", "Robert"]);
  const before = writes().length;
  const { code, stdout, stderr } = await run(["apply", plan, "--confirm-removals", "1"]);
  expect(code).toBe(1);
  expect(stdout).toContain("stale  delete  bob@example.com: the name is Robert, the plan saw Bob");
  expect(stderr).toContain("Make a new plan");
  expect(writes().slice(before)).toEqual(["PATCH /v2/users/ada"]);
});

test("a failed change is 1 and names --retry-failed, which repeats it", async () => {
  const { run, plan, sandbox, journal } = await openPlan();
  sandbox.fail({ method: "PATCH", status: 403 });
  const { code, stdout, stderr } = await run(["apply", plan, "--confirm-removals", "1"]);
  expect(code).toBe(1);
  expect(stdout).toMatch(/failed {2}update {2}ada@example\.com: .*403/);
  expect(stderr).toContain(`If you can fix the cause, retry them: ax-users resume ${journal} --retry-failed`);
  expect(await run(["resume", journal])).toMatchObject({ code: 1 });
  expect(await run(["resume", journal, "--retry-failed"])).toMatchObject({ code: 2 });
  const retried = await run(["resume", journal, "--retry-failed", "--yes", "--json"]);
  expect(retried.code).toBe(0);
  expect(linesOf(retried.stdout)).toMatchObject([
    { kind: "update", status: "done" },
    { type: "summary", done: 4 },
  ]);
});

test("an unknown outcome is 3, and resume settles it", async () => {
  const { run, plan, sandbox, journal } = await openPlan("email,name\nada@example.com,Ada King\n");
  sandbox.fail({ method: "PATCH", status: 500, when: "after", times: 9 });
  sandbox.fail({ method: "GET", path: "/v2/users/ada", status: 501, times: 9 });
  const { code, stderr } = await run(["apply", plan, "--yes"]);
  expect(code).toBe(3);
  expect(stderr).toContain(`ax-users resume ${journal}`);
  const resumed = await run(["resume", journal, "--yes", "--json"]);
  expect(resumed.code).toBe(0);
  expect(linesOf(resumed.stdout)[0]).toMatchObject({ status: "done", outcome: "recovered" });
});

test("a refused key is 4, before and in a run, and the run goes on with another key", async () => {
  const { run, plan, sandbox, journal, writes } = await openPlan();
  expect((await run(["apply", plan, "--confirm-removals", "1"], { env: { ARIZE_API_KEY: "no" } })).code).toBe(
    4,
  );
  expect(existsSync(journal)).toBe(false);
  sandbox.fail({ method: "PATCH", status: 401 });
  const { code, stderr, stdout } = await run(["apply", plan, "--confirm-removals", "1"]);
  expect(code).toBe(4);
  expect(stderr).toContain(`ax-users resume ${journal}`);
  expect(stdout).toContain("not attempted");
  const before = writes().length;
  expect((await run(["resume", journal, "--yes"])).code).toBe(2);
  expect(writes()).toHaveLength(before);
  expect((await run(["resume", journal, "--confirm-removals", "1"])).code).toBe(0);
});

test("a lost password is 3, and the command that the advice names mails a link", async () => {
  const csv = "email,name,invite_mode\nnew@example.com,New,temporary_password\n";
  const { run, plan, sandbox, file, journal } = await openPlan(csv);
  sandbox.fail({ method: "POST", path: "/v2/users", socket: "drop", when: "after" });
  await run(["apply", plan, "--yes", "--passwords", file("passwords")]);
  const resumed = await run(["resume", journal, "--yes"]);
  expect(resumed.code).toBe(3);
  const [, advice = ""] = /Email a link instead: ax-users (.*)/.exec(resumed.stderr) ?? [];
  expect(await run(advice.split(" "))).toMatchObject({ code: 0 });
  expect(sandbox.mails.map(({ to, kind }) => [to, kind])).toEqual([["new@example.com", "invitation"]]);
});

test("passwords go to a new file, nowhere else, and one that exists is not taken", async () => {
  const rows = Array.from({ length: 12 }, (_, index) => `n${index}@example.com,N${index},temporary_password`);
  const { run, plan, file, writes, journal } = await openPlan(`email,name,invite_mode\n${rows.join("\n")}\n`);
  expect(await run(["apply", plan, "--yes"])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("--passwords FILE"),
  });
  writeFileSync(file("taken"), "");
  expect((await run(["apply", plan, "--yes", "--passwords", file("taken")])).code).toBe(2);
  expect(writes()).toEqual([]);
  const { code, stdout, stderr } = await run([
    "apply",
    plan,
    "--yes",
    "--passwords",
    file("new"),
    "--json",
    "--verbose",
  ]);
  expect(code).toBe(0);
  const passwords = linesOf(readFileSync(file("new"), "utf8"));
  expect(passwords).toHaveLength(12);
  expect(statSync(file("new")).mode & 0o777).toBe(0o600);
  const elsewhere = stdout + stderr + readFileSync(journal, "utf8") + readFileSync(plan, "utf8");
  for (const { temporaryPassword } of passwords) expect(elsewhere).not.toContain(String(temporaryPassword));
});

test("apply takes no journal that exists, and names the command that goes on", async () => {
  const { run, plan, journal, writes } = await openPlan();
  expect((await run(["apply", plan, "--confirm-removals", "1"])).code).toBe(0);
  const before = writes().length;
  const again = await run(["apply", plan, "--confirm-removals", "1"]);
  expect(again).toMatchObject({ code: 2, stderr: expect.stringContaining(`ax-users resume ${journal}`) });
  expect(writes()).toHaveLength(before);
  expect(await run(["resume", journal, "--json"])).toMatchObject({ code: 0 });
  expect((await run(["resume", `${journal}.none`])).code).toBe(2);
});

test("an interrupt sends nothing new, and prints the command that goes on: 130", async () => {
  const rows = Array.from({ length: 60 }, (_, index) => `n${index}@example.com,N${index}`);
  const { run, plan, journal, sandbox } = await openPlan(`email,name\n${rows.join("\n")}\n`);
  const controller = new AbortController();
  const onWrite = () => controller.abort(new DOMException("interrupted", "AbortError"));
  const { code, stdout, stderr } = await run(["apply", plan, "--yes", "--json"], {
    signal: controller.signal,
    onWrite,
  });
  expect(code).toBe(130);
  expect(stderr).toContain(`ax-users resume ${journal}`);
  const done = linesOf(stdout).filter(({ status }) => status === "done");
  expect(sandbox.users()).toHaveLength(USERS.length + done.length);
  expect(done.length).toBeLessThan(60);
  const resumed = await run(["resume", journal, "--yes", "--json"]);
  expect(resumed.code).toBe(0);
  expect(linesOf(resumed.stdout).at(-1)).toMatchObject({ done: 60 });
  expect(sandbox.mails).toHaveLength(60);
});

test("an interrupt before anything was sent is 130 as well", async () => {
  const { run, plan, roster, writes } = await openPlan();
  const signal = AbortSignal.abort(new DOMException("interrupted", "AbortError"));
  for (const argv of [["list"], ["plan", roster], ["apply", plan, "--confirm-removals", "1"]]) {
    expect((await run(argv, { signal })).code).toBe(130);
  }
  expect(writes()).toEqual([]);
});

test("the sandbox command gives an address and a key, and runs until it is interrupted", async () => {
  const controller = new AbortController();
  const { run } = await openCli();
  let address = {} as { baseUrl: string; apiKey: string };
  const ended = run(["sandbox", "--users", "4", "--quiet"], {
    signal: controller.signal,
    stdin: new PassThrough(),
    onWrite: (text) => {
      address = JSON.parse(text);
      const env = { ARIZE_API_KEY: address.apiKey, ARIZE_BASE_URL: address.baseUrl };
      run(["list", "--json"], { env })
        .then(({ stdout }) => expect(JSON.parse(stdout)).toHaveLength(4))
        .finally(() => controller.abort());
    },
  });
  expect(await ended).toMatchObject({ code: 0, stderr: "" });
  await expect(fetch(address.baseUrl)).rejects.toThrow();
});

test("the sandbox command has organizations", async () => {
  const controller = new AbortController();
  const { run } = await openCli();
  let names: string[] = [];
  await run(["sandbox", "--quiet"], {
    signal: controller.signal,
    stdin: new PassThrough(),
    onWrite: (text) => {
      const { apiKey, baseUrl } = JSON.parse(text);
      run(["orgs", "list", "--json"], { env: { ARIZE_API_KEY: apiKey, ARIZE_BASE_URL: baseUrl } })
        .then(({ stdout }) => {
          names = JSON.parse(stdout).map(({ name }: { name: string }) => name);
        })
        .finally(() => controller.abort());
    },
  });
  expect(names).toEqual(["Data Ops", "Research"]);
});

test("the sandbox command says how other commands and programs use it", async () => {
  const controller = new AbortController();
  const { run } = await openCli();
  const onWrite = () => controller.abort();
  const { stdout, stderr } = await run(["sandbox"], {
    signal: controller.signal,
    stdin: new PassThrough(),
    onWrite,
  });
  const { baseUrl, apiKey } = JSON.parse(stdout);
  expect(stderr).toContain(`export ARIZE_BASE_URL=${baseUrl} ARIZE_API_KEY=${apiKey}\n`);
});

test("the demo ends by an interrupt: 130", async () => {
  const { run } = await openCli();
  const controller = new AbortController();
  const onWrite = (text: string) => {
    if (text.includes("1. List users")) controller.abort(new DOMException("interrupted", "AbortError"));
  };
  const { code, stdout } = await run(["demo"], { signal: controller.signal, onWrite });
  expect(code).toBe(130);
  expect(stdout).not.toContain("2. Look");
});

test("a server that cannot be reached is 1, and nothing is said to be done", async () => {
  const { run, plan } = await openPlan();
  const env = { ARIZE_BASE_URL: "http://127.0.0.1:9" };
  const { code, stdout } = await run(["list", "--json"], { env });
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({ error: { name: "ConnectionError", outcome: "not_applied" } });
  // The plan is one of another address.
  expect((await run(["apply", plan, "--confirm-removals", "1"], { env })).code).toBe(5);
});
