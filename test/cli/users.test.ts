import { readFileSync, statSync } from "node:fs";
import { expect, test, vi } from "vitest";
import { linesOf, openCli } from "./run-cli.ts";

const role = (name: "admin" | "member") => ({ type: "predefined" as const, name });

const USERS = [
  { id: "root", email: "root@example.com", name: "Root", role: role("admin") },
  { id: "ada", email: "ada@example.com", name: "Ada, Countess", role: role("member") },
  { id: "kat", email: "kat@example.com", name: "=Kat", status: "invited" as const, role: role("member") },
  { id: "esc", email: "esc@example.com", name: "Evil \u001b[31mRed\u202e", role: role("member") },
];

test("list prints all pages unless there is a limit", async () => {
  const { run } = await openCli({ users: 230 });
  const all = await run(["list", "--json"]);
  expect(all).toMatchObject({ code: 0, stderr: "" });
  const users = JSON.parse(all.stdout);
  expect(users).toHaveLength(230);
  expect(Object.keys(users[0])).toEqual([
    "id",
    "name",
    "email",
    "createdAt",
    "status",
    "role",
    "isDeveloper",
  ]);
  expect(JSON.parse((await run(["list", "--json", "--limit", "7"])).stdout)).toHaveLength(7);
  expect(linesOf((await run(["list", "--output", "jsonl", "--limit", "3"])).stdout)).toHaveLength(3);
});

test("list takes filters, and an empty list is one in each format", async () => {
  const { run } = await openCli({ users: USERS });
  const emails = async (...argv: string[]) =>
    JSON.parse((await run(["list", "--json", ...argv])).stdout).map(({ email }: { email: string }) => email);
  expect(await emails("--email", "ADA")).toEqual(["ada@example.com"]);
  expect(await emails("--status", "invited", "--status", "expired")).toEqual(["kat@example.com"]);
  expect(await run(["list", "--json", "--email", "nobody"])).toMatchObject({ code: 0, stdout: "[]\n" });
  expect(await run(["list", "--output", "jsonl", "--email", "nobody"])).toMatchObject({
    code: 0,
    stdout: "",
  });
  expect(await run(["list", "--email", "nobody"])).toMatchObject({ code: 0, stdout: "", stderr: "None.\n" });
});

test("tables have no colour, no control characters, and are never cut off a terminal", async () => {
  const { run } = await openCli({ users: USERS });
  const { stdout } = await run(["list"], { columns: 20 });
  expect(stdout).not.toMatch(/[^\P{Cc}\n]|\u202e/u);
  expect(stdout).toContain("Evil \\u001b[31mRed\\u202e");
  expect(stdout.split("\n")[2]).toMatch(
    /^root@example\.com {2,}Root {2,}active {2,}admin {2,}yes {2,}\d{4}-\d\d-\d\d {2}root$/,
  );
});

test("CSV is guarded against formulas, and quoted", async () => {
  const { run } = await openCli({ users: USERS });
  const { stdout } = await run(["list", "--output", "csv"]);
  expect(stdout.split("\r\n")[0]).toBe("email,name,status,role,developer,created,id");
  expect(stdout).toContain('ada@example.com,"Ada, Countess",active');
  expect(stdout).toContain("kat@example.com,'=Kat,invited");
});

test("get prints those whom it found, and exits with 1 where somebody is missing", async () => {
  const { run } = await openCli({ users: USERS });
  const found = await run(["get", "ada", "ROOT@example.com", "--json"]);
  expect(found).toMatchObject({ code: 0, stderr: "" });
  expect(JSON.parse(found.stdout).map(({ id }: { id: string }) => id)).toEqual(["ada", "root"]);
  const some = await run(["get", "nobody@example.com", "ada", "--json"]);
  expect(some.code).toBe(1);
  expect(JSON.parse(some.stdout)).toHaveLength(1);
  expect(some.stderr).toBe("nobody@example.com is not in the account.\n");
  const none = await run(["get", "nobody@example.com", "--json"]);
  expect(none.code).toBe(1);
  expect(JSON.parse(none.stdout)).toMatchObject({ error: { name: "NotFoundError", outcome: "not_applied" } });
});

test("create is idempotent, and a password goes to its file and nowhere else", async () => {
  const { run, file, sandbox } = await openCli({ users: USERS });
  const argv = ["create", "--name", "New", "--email", "new@example.com", "--json"];
  const passwords = file("passwords.jsonl");
  const given = await run([...argv, "--invite-mode", "temporary_password", "--passwords", passwords]);
  expect(given).toMatchObject({ code: 0, stderr: "" });
  const user = JSON.parse(given.stdout);
  expect(user).toMatchObject({ email: "new@example.com", outcome: "created", role: { name: "member" } });
  const [kept] = linesOf(readFileSync(passwords, "utf8"));
  expect(kept).toEqual({ email: "new@example.com", userId: user.id, temporaryPassword: expect.any(String) });
  expect(statSync(passwords).mode & 0o777).toBe(0o600);
  expect(given.stdout).not.toContain(String(kept?.["temporaryPassword"]));
  const again = await run(argv);
  expect(JSON.parse(again.stdout)).toMatchObject({ id: user.id, outcome: "existing" });
  expect(sandbox.users()).toHaveLength(5);
});

test("a password in a malformed response goes to the file, too", async () => {
  const { run, file } = await openCli({ users: USERS });
  const send = globalThis.fetch;
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    const response = await send(url, init);
    return response.status === 201
      ? Response.json({ data: [await response.json()] }, { status: 201 })
      : response;
  });
  const passwords = file("passwords.jsonl");
  const argv = ["create", "--name", "New", "--email", "new@example.com", "--invite-mode"];
  const given = await run([...argv, "temporary_password", "--passwords", passwords]);
  expect(given).toMatchObject({ code: 3, stdout: "" });
  const [kept] = linesOf(readFileSync(passwords, "utf8"));
  expect(kept).toEqual({ email: "new@example.com", userId: "", temporaryPassword: expect.any(String) });
  expect(given.stderr).not.toContain(String(kept?.["temporaryPassword"]));
});

test("a password needs a place that is new and can be written, before anything is sent", async () => {
  const { run, file, writes } = await openCli({ users: USERS });
  const argv = ["create", "--name", "N", "--email", "n@example.com", "--invite-mode", "temporary_password"];
  expect(await run(argv)).toMatchObject({ code: 2, stderr: expect.stringContaining("--passwords FILE") });
  const nowhere = await run([...argv, "--passwords", file("no/such/folder.jsonl")]);
  expect(nowhere.code).toBe(2);
  const kept = [...argv, "--passwords", file("kept.jsonl")];
  expect((await run(kept)).code).toBe(0);
  const before = writes().length;
  const taken = await run(kept);
  expect(taken).toMatchObject({ code: 2, stderr: expect.stringContaining("already exists") });
  expect(writes()).toHaveLength(before);
  const odd = await run([
    "create",
    "--name",
    "N",
    "--email",
    "o@example.com",
    "--passwords",
    file("o.jsonl"),
  ]);
  expect(odd.code).toBe(2);
});

test("update takes an ID or an address", async () => {
  const { run, writes } = await openCli({ users: USERS });
  const named = await run(["update", "ada@example.com", "--name", "Ada King", "--no-developer", "--json"]);
  expect(JSON.parse(named.stdout)).toMatchObject({ id: "ada", name: "Ada King", isDeveloper: false });
  expect((await run(["update", "ada", "--developer", "--json"])).code).toBe(0);
  const before = writes().length;
  expect((await run(["update", "ada"])).code).toBe(2);
  expect((await run(["update", "ada", "--developer", "--no-developer"])).code).toBe(2);
  expect(await run(["update", "nobody@example.com", "--name", "N"])).toMatchObject({ code: 1 });
  expect(writes()).toHaveLength(before);
});

test("delete wants the number, and gives a result for each", async () => {
  const { run, sandbox, writes } = await openCli({ users: USERS });
  for (const options of [[], ["--yes"], ["--confirm-removals", "3"], ["--confirm-removals", "x"]]) {
    const refused = await run(["delete", "ada", "kat@example.com", ...options]);
    expect(refused).toMatchObject({ code: 2, stdout: "" });
  }
  expect((await run(["delete", "ada"])).stderr).toContain("--confirm-removals 1");
  expect(writes()).toEqual([]);
  const done = await run([
    "delete",
    "ada",
    "KAT@example.com",
    "kat@example.com",
    "--confirm-removals",
    "2",
    "--json",
  ]);
  expect(done).toMatchObject({ code: 0, stderr: "" });
  expect(JSON.parse(done.stdout)).toMatchObject([
    { user: "ada", status: "deleted" },
    { status: "deleted", userId: "kat" },
  ]);
  expect(sandbox.users().map(({ id }) => id)).toEqual(["root", "esc"]);
});

test("delete says who was not found, who failed, and what is unknown", async () => {
  const { run, sandbox } = await openCli({ users: USERS });
  const missing = await run(["delete", "nobody@example.com", "kat", "--confirm-removals", "2", "--json"]);
  expect(missing.code).toBe(1);
  expect(JSON.parse(missing.stdout)).toMatchObject([{ status: "deleted" }, { status: "not_found" }]);
  sandbox.fail({ method: "DELETE", status: 403 });
  expect(await run(["delete", "ada", "--confirm-removals", "1", "--json"])).toMatchObject({ code: 1 });
  sandbox.fail({ method: "DELETE", status: 500, times: 99 });
  const unknown = await run(["delete", "ada", "--confirm-removals", "1", "--json"]);
  expect(unknown.code).toBe(3);
  expect(JSON.parse(unknown.stdout)).toMatchObject([{ status: "failed", outcome: "unknown" }]);
});

test("mails are sent to each, and a failure keeps no other from its own", async () => {
  const { run, sandbox } = await openCli({ users: USERS });
  const reset = await run(["reset-password", "ada@example.com", "nobody@example.com", "root", "--json"]);
  expect(reset.code).toBe(1);
  expect(JSON.parse(reset.stdout)).toMatchObject([
    { user: "ada@example.com", status: "sent" },
    { user: "nobody@example.com", status: "failed", outcome: "not_applied" },
    { user: "root", status: "sent" },
  ]);
  expect((await run(["resend-invitation", "kat@example.com"])).code).toBe(0);
  expect(sandbox.mails.map(({ to, kind }) => `${kind} ${to}`)).toEqual([
    "password_reset ada@example.com",
    "password_reset root@example.com",
    "invitation kat@example.com",
  ]);
});

test("a mail that may be on its way is unknown", async () => {
  const { run, sandbox } = await openCli({ users: USERS });
  sandbox.fail({ method: "POST", socket: "drop", when: "after" });
  expect((await run(["reset-password", "ada"])).code).toBe(3);
});

test("export is a roster by which nothing changes", async () => {
  const { run, file } = await openCli({ users: 30 });
  for (const [name, argv] of [
    ["people.csv", ["export"]],
    ["people.json", ["export", "--json"]],
    ["people.jsonl", ["export", "--output", "jsonl"]],
  ] as const) {
    const { stdout, code } = await run(argv);
    expect(code).toBe(0);
    const { writeFileSync } = await import("node:fs");
    writeFileSync(file(name), stdout);
    const plan = await run(["plan", file(name), "--remove-absent", "--detailed-exitcode"]);
    expect(plan, name).toMatchObject({ code: 0 });
  }
});
