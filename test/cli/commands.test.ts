/** What each command prints and asks, where the other tests only look at what it does. */
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { relative } from "node:path";
import { PassThrough } from "node:stream";
import type { SeedUser } from "ax-users/testing";
import { describe, expect, test } from "vitest";
import { completionScript, SHELLS } from "../../src/cli/args/completion.ts";
import { withFlags } from "../../src/cli/args/flags.ts";
import { commandHelp, overview } from "../../src/cli/args/help.ts";
import { parse } from "../../src/cli/args/parse.ts";
import { codeOfFailures, distinct, roleOf, roleText } from "../../src/cli/commands/shared.ts";
import { COMMANDS } from "../../src/cli/commands.ts";
import { UsageError } from "../../src/cli/exit.ts";
import { linesOf, openCli, type Surroundings } from "./run-cli.ts";

const role = (name: "admin" | "member") => ({ type: "predefined" as const, name });
const USERS: SeedUser[] = [
  { id: "root", email: "root@example.com", name: "Root", role: role("admin") },
  { id: "ada", email: "ada@example.com", name: "Ada", role: role("member") },
  { id: "bob", email: "bob@example.com", name: "Bob", role: { type: "custom", id: "r1", name: "Ops" } },
];
const open = (users = USERS) =>
  openCli({ users, organizations: [{ id: "org1", name: "Ops", description: "Pipelines" }] });
const forbidden = { status: 403, body: { title: "Forbidden", status: 403 } };
const rejected = { status: 401, body: { title: "Authentication required", status: 401 } };
const cells = (line = "") => line.trim().split(/ {2,}/);

test("the help of all commands", async () => {
  const help = [overview(COMMANDS), ...COMMANDS.map(commandHelp)].join("\n\n");
  await expect(help).toMatchFileSnapshot("printed/help.txt");
});

test.each(SHELLS)("the completion script of %s", async (shell) => {
  await expect(completionScript(shell, COMMANDS)).toMatchFileSnapshot(`printed/completion.${shell}`);
});

test.each<[words: string[], names: string[], message: string]>([
  [["a"], [], "Too many arguments: expected none."],
  [["a", "b", "c"], ["ONE", "TWO"], "Too many arguments: expected ONE TWO."],
  [["a"], ["ONE", "TWO"], "TWO is missing."],
  [[], ["USER..."], "USER... is missing."],
  [["a", ""], ["USER..."], "An argument is empty."],
  [["a", ""], ["ONE", "[TWO]"], "An argument is empty."],
  [["--lim", "3"], [], "Unknown option --lim."],
  [["--limits"], [], "Unknown option --limits; did you mean limit?"],
  [["--emitl"], [], "Unknown option --emitl."],
  [["--invitemodes"], [], "Unknown option --invitemodes; did you mean invite-mode?"],
])("the words %j are refused where %j are expected", (words, names, message) => {
  const options = { limit: { value: "N", help: "" }, "invite-mode": { value: "M", help: "" } };
  expect(() => parse(words, options, names)).toThrow(new UsageError(message));
});

test("words that are expected are taken, in any order with options", () => {
  const options = {
    limit: { value: "N", help: "" },
    status: { value: "S", help: "", multiple: true },
    yes: { help: "" },
  };
  const args = parse(["a", "--limit", "123456789", "b", "--status", "x", "--status=", "--yes"], options, [
    "USER...",
  ]);
  expect(args.positionals).toEqual(["a", "b"]);
  expect([args.whole("limit", 1), args.list("status"), args.text("status"), args.flag("yes")]).toEqual([
    123_456_789,
    ["x", ""],
    "",
    true,
  ]);
  expect(parse(["a"], {}, ["ONE", "[TWO]"]).positionals).toEqual(["a"]);
  expect(parse(["a", "b"], {}, ["ONE", "[TWO]"]).positionals).toEqual(["a", "b"]);
  expect(parse([], {}, ["[ONE]"]).positionals).toEqual([]);
  for (const limit of ["1234567890", "1x", "x1", "-1"])
    expect(() => parse([`--limit=${limit}`], options, []).whole("limit", 0)).toThrow("whole number");
});

test("a message of the library names options of the command", () => {
  expect(withFlags("(maxRemovals: 10%), or maxRemovals; removeAdmins (see renew), or pass format")).toBe(
    "(--max-removals 10%), or --max-removals; --remove-admins (see --renew), or pass --format",
  );
});

describe("organizations", () => {
  test("in a table have a date, and their results have columns", async () => {
    const { run } = await open();
    const [head, , first] = (await run(["orgs", "list"])).stdout.split("\n");
    expect(cells(head)).toEqual(["name", "description", "created", "id"]);
    expect(cells(first)).toEqual(["Ops", "Pipelines", expect.stringMatching(/^\d{4}-\d\d-\d\d$/), "org1"]);
    const csv = async (...argv: string[]) => (await run([...argv, "--output", "csv"])).stdout;
    expect(await csv("orgs", "add-user", "Ops", "ada@example.com")).toBe(
      "organization,user,role\r\nOps,ada@example.com,member\r\n",
    );
    expect(await csv("orgs", "add-user", "Ops", "ada", "--role", "Custom:r1")).toBe(
      "organization,user,role\r\nOps,ada,custom:r1\r\n",
    );
    expect(await csv("orgs", "remove-user", "Ops", "ada")).toBe(
      "organization,user,status\r\nOps,ada,removed\r\n",
    );
    expect(await csv("orgs", "delete", "Ops", "--yes")).toBe("organization,status\r\nOps,deleted\r\n");
  });

  test("are as many as the limit says", async () => {
    const { run } = await openCli({ organizations: 5 });
    expect(JSON.parse((await run(["orgs", "list", "--limit", "2", "--json"])).stdout)).toHaveLength(2);
    expect((await run(["orgs", "list", "--limit", "0"])).code).toBe(2);
  });

  test("are changed in what is named, and nothing else", async () => {
    const { run, sandbox, writes } = await open();
    expect(await run(["orgs", "update", "Ops"])).toEqual({
      ...{ code: 2, stdout: "", stderr: "Nothing to change: pass --name or --description.\n" },
    });
    expect(writes()).toEqual([]);
    await run(["orgs", "update", "Ops", "--description", "New"]);
    expect(sandbox.organizations()[0]).toMatchObject({ name: "Ops", description: "New" });
    await run(["orgs", "update", "Ops", "--name", "Dev"]);
    expect(sandbox.organizations()[0]).toMatchObject({ name: "Dev", description: "New" });
    await run(["orgs", "create", "Lab"]);
    expect(sandbox.organizations()[1]).toMatchObject({ name: "Lab", description: "" });
  });

  test("are not deleted before a yes, which says what goes with them", async () => {
    const { run, writes } = await open();
    const stdin = new PassThrough();
    stdin.write("n\n");
    const { code, stderr } = await run(["orgs", "delete", "Ops"], { stdin, isTerminal: true });
    expect(code).toBe(2);
    expect(stderr).toBe(
      "This also deletes its spaces and everything in them, its integrations and its API keys.\n" +
        "Do you want to delete the organization Ops for good? [y/N] Not confirmed: nothing was sent.\n",
    );
    expect(writes()).toEqual([]);
  });
});

test("roles are written as in a roster", () => {
  expect(["member", "Admin", "custom:r1:x", "CUSTOM:r1", "xcustom:r1"].map(roleOf)).toEqual([
    { type: "predefined", name: "member" },
    { type: "predefined", name: "admin" },
    { type: "custom", id: "r1:x" },
    { type: "custom", id: "r1" },
    { type: "predefined", name: "xcustom:r1" },
  ]);
  expect([roleText({ type: "custom", id: "r1" }), roleText({ type: "predefined", name: "admin" })]).toEqual([
    "custom:r1",
    "admin",
  ]);
  expect([
    codeOfFailures([], false),
    codeOfFailures([new Error("no")], false),
    codeOfFailures([], true),
  ]).toEqual([0, 1, 130]);
});

describe("users", () => {
  test("in a table have their role, developer permission and date", async () => {
    const { run } = await open();
    expect(cells((await run(["get", "bob"])).stdout.split("\n")[2])).toEqual([
      ...[
        "bob@example.com",
        "Bob",
        "active",
        "custom:r1",
        expect.stringMatching(/^(yes|no)$/),
        expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
        "bob",
      ],
    ]);
    expect(cells((await run(["update", "bob", "--no-developer"])).stdout.split("\n")[2])[4]).toBe("no");
    const created = await run([
      "create",
      "--name",
      "N",
      "--email",
      "n@example.com",
      "--role",
      "admin",
      "--output",
      "csv",
    ]);
    expect(created.stdout.split("\r\n")[0]).toBe("email,name,status,role,developer,created,id,outcome");
    expect(created.stdout.split("\r\n")[1]).toMatch(/^n@example\.com,N,invited,admin,(yes|no),.*,created$/);
  });

  test("are changed in what is named, and nothing else", async () => {
    const { run, sandbox, writes } = await open();
    expect(await run(["update", "ada"])).toEqual({
      ...{ code: 2, stdout: "", stderr: "Nothing to change: pass --name, --developer or --no-developer.\n" },
    });
    expect((await run(["update", "ada", "--developer", "--no-developer"])).stderr).toBe(
      "--developer and --no-developer cannot be combined.\n",
    );
    expect(writes()).toEqual([]);
    const ada = () => sandbox.users().find(({ id }) => id === "ada");
    await run(["update", "ada", "--no-developer"]);
    expect(ada()).toMatchObject({ name: "Ada", isDeveloper: false });
    await run(["update", "ada@example.com", "--name", "Lady"]);
    expect(ada()).toMatchObject({ name: "Lady", isDeveloper: false });
    await run(["update", "ada", "--developer"]);
    expect(ada()).toMatchObject({ name: "Lady", isDeveloper: true });
    expect(sandbox.requests.filter(({ method }) => method === "GET")).toHaveLength(1);
  });

  test("a failure that is not a missing user ends get", async () => {
    const { run, sandbox } = await open();
    sandbox.fail({ method: "GET", path: "/v2/users/ada", ...rejected });
    expect(await run(["get", "ada", "root"])).toMatchObject({ code: 4, stdout: "" });
  });

  test("--passwords needs temporary passwords", async () => {
    const { run, file } = await open();
    const argv = ["create", "--name", "N", "--email", "n@example.com", "--passwords", file("p.jsonl")];
    expect((await run(argv)).stderr).toBe("--passwords is only for --invite-mode temporary_password.\n");
  });

  test("are deleted with a result for each", async () => {
    const { run, sandbox } = await open();
    sandbox.fail({ method: "DELETE", path: "/v2/users/bob", ...forbidden });
    const argv = ["delete", "ada@example.com", "bob", "nobody@example.com", "--confirm-removals", "3"];
    const { code, stdout } = await run([...argv, "--output", "jsonl"]);
    expect(code).toBe(1);
    expect(linesOf(stdout)).toStrictEqual([
      {
        user: "bob",
        userId: "bob",
        status: "failed",
        error: expect.stringMatching(/Forbidden/),
        outcome: "not_applied",
      },
      { user: "ada@example.com", email: "ada@example.com", userId: "ada", status: "deleted" },
      {
        user: "nobody@example.com",
        email: "nobody@example.com",
        status: "not_found",
        error: expect.stringMatching(/^no user has/),
      },
    ]);
    const absent = await run(["delete", "zoe", "--confirm-removals", "1", "--output", "csv"]);
    expect(absent.stdout).toMatch(/^user,status,error\r\nzoe,not_found,"?no user has .*\r\n$/);
  });

  test("are shown before they are deleted", async () => {
    const { run, writes } = await open();
    const stdin = new PassThrough();
    stdin.write("no\n");
    const { code, stderr } = await run(
      ["delete", "ada", " ADA@example.com ", "ada@example.com", "bob", "no@example.com", "a b@example.com"],
      { stdin, isTerminal: true },
    );
    expect(code).toBe(2);
    expect(stderr).toBe(
      [
        "Removes these people for good. They can never be invited again:",
        "  ada  Ada, active, member",
        "  ada@example.com  Ada, active, member",
        "  bob  Bob, active, custom:r1",
        "  no@example.com  not in the account",
        "  a b@example.com  not a valid address or ID",
        "Type the number of people named: Not confirmed: nothing was sent.",
        "",
      ].join("\n"),
    );
    expect(writes()).toEqual([]);
    expect((await run(["delete", "ada", "bob"])).stderr).toContain("to remove the 2 people named for good.");
  });

  test("that cannot be shown are not deleted", async () => {
    const { run, sandbox, writes } = await open();
    sandbox.fail({ method: "GET", ...rejected });
    expect(await run(["delete", "ada"], { isTerminal: true })).toMatchObject({ code: 4 });
    expect(writes()).toEqual([]);
  });

  test("a bar shows how many are deleted, and how many failed", async () => {
    const { run, sandbox } = await open();
    sandbox.fail({ method: "DELETE", path: "/v2/users/bob", ...forbidden });
    const argv = ["delete", "ada", "bob", "--confirm-removals", "2"];
    const { stderr } = await run(argv, { isTerminal: true, env: { NO_COLOR: "1" } });
    expect(stderr).toMatch(/2\/2 {2}1 failed/);
    expect(
      (await run(["delete", "zoe", "--confirm-removals", "1", "--quiet"], { isTerminal: true })).stderr,
    ).toBe("");
  });
});

const NOT_SENT = { status: "not_attempted" };

describe("mails", () => {
  test.each(["reset-password", "resend-invitation"])("%s sends one to each person", async (command) => {
    const status = command === "reset-password" ? "active" : "invited";
    const { run, sandbox } = await open(USERS.map((user) => ({ ...user, status })));
    const ada = ["ADA@example.com", " ada@example.com ", "ada@example.com", "ada"];
    const { code, stdout } = await run([command, "bob", ...ada, "bob@example.com", "root", "bob", "--json"]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual([
      { user: "bob", status: "sent" },
      { user: "ada@example.com", status: "sent" },
      { user: "root", status: "sent" },
    ]);
    expect(sandbox.mails.map(({ to }) => to)).toEqual(
      ["bob", "ada", "root"].map((id) => `${id}@example.com`),
    );
  });

  test("a failure is reported once for a person, and is not tried again", async () => {
    const { run, sandbox, writes } = await open();
    sandbox.fail({ method: "POST", ...forbidden });
    const { code, stdout } = await run(["reset-password", "ada@example.com", "ada", "--json"]);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject([{ user: "ada@example.com", status: "failed" }]);
    expect(writes()).toHaveLength(1);
  });

  test("addresses that differ in the case of other letters than A to Z are two, and so are IDs", () => {
    const users = ["Ä@example.com", "ä@example.com", "Ada", "ada", "B@example.com", "ada", "b@example.com"];
    expect(distinct(users)).toEqual(["Ä@example.com", "ä@example.com", "Ada", "ada", "b@example.com"]);
  });

  test.each(["reset-password", "resend-invitation"])("after a 401, %s sends no more", async (command) => {
    const { run, sandbox } = await open(USERS.map((user) => ({ ...user, status: "invited" as const })));
    sandbox.fail({ method: "POST", skip: command === "reset-password" ? 0 : 1, ...rejected });
    const { code, stdout } = await run([command, "root", "ada", "bob", "--json"]);
    expect(code).toBe(4);
    const failed = { status: "failed", outcome: "not_applied", error: expect.any(String) };
    expect(JSON.parse(stdout)).toEqual(
      command === "reset-password"
        ? [
            { user: "root", ...failed },
            { user: "ada", ...NOT_SENT },
            { user: "bob", ...NOT_SENT },
          ]
        : [
            { user: "root", status: "sent" },
            { user: "ada", ...failed },
            { user: "bob", ...NOT_SENT },
          ],
    );
  });

  test("an interrupt sends no more: 130", async () => {
    const { run } = await open(USERS.map((user) => ({ ...user, status: "invited" as const })));
    const controller = new AbortController();
    const { signal } = controller;
    const onWrite = (text: string) => text.startsWith("response ") && controller.abort();
    const argv = ["resend-invitation", "root", "ada", "bob", "--json", "--verbose"];
    const { code, stdout } = await run(argv, { signal, onWrite });
    expect(code).toBe(130);
    expect(JSON.parse(stdout).at(-1)).toEqual({ user: "bob", ...NOT_SENT });
    expect(await run(["resend-invitation", "root", "--json"], { signal })).toMatchObject({
      ...{ code: 130, stdout: expect.stringContaining("not_attempted") },
    });
  });
});

/** A folder with a roster, or a plan of it. */
async function withRoster(rows: object[], users = USERS) {
  const opened = await open(users);
  const roster = opened.file("people.json");
  const plan = opened.file("plan.json");
  writeFileSync(roster, JSON.stringify(rows));
  return { ...opened, roster, plan, make: () => opened.run(["plan", roster, "-o", plan]) };
}

const RENAME = { email: "ada@example.com", name: "Lady" };
const LEAVES = { email: "bob@example.com", state: "absent" };

describe("plan", () => {
  test("says how it is applied, or how to keep it", async () => {
    const { run, roster, plan } = await withRoster([RENAME, LEAVES, { email: " " }, null as never]);
    const seen = await run(["plan", roster]);
    expect(seen.stderr).toBe(
      "Blank rows skipped: 2.\nPlan: 1 update, 1 delete.\nTo apply it, write it to a file with -o PLAN.\n",
    );
    const kept = await run(["plan", roster, "-o", plan]);
    expect(kept.stderr).toBe(
      `Blank rows skipped: 2.\nPlan: 1 update, 1 delete.\nWritten to ${plan}. To apply it: ax-users apply ${plan} --confirm-removals 1\n`,
    );
    const asked = await run(["plan", roster, "-o", plan], { isTerminal: true });
    expect(asked.stderr).toMatch(/To apply it: ax-users apply \S+\n$/);
    expect((await run(["plan", roster, "--json"])).stderr).not.toContain("-o PLAN");
    const line = await run(["plan", roster, "--output", "jsonl"]);
    expect(linesOf(line.stdout)).toMatchObject([{ version: 1, counts: { delete: 1 } }]);
    const csv = await run(["plan", roster, "--output", "csv"]);
    expect(csv.stdout).toBe(
      'change,email,details\r\nupdate,ada@example.com,name: Ada → Lady\r\ndelete,bob@example.com,"Bob, active, custom:r1"\r\n',
    );
  });

  test("names what it cannot know of memberships, and what an apply needs", async () => {
    const rows = [
      { ...RENAME, name: "Ada", organization: "Ops" },
      { email: "n@example.com", name: "N", invite_mode: "temporary_password" },
    ];
    const { make, plan } = await withRoster(rows);
    const { stderr } = await make();
    expect(stderr).toContain("The API does not list the members of an organization. So memberships");
    expect(stderr).not.toContain("Blank rows");
    expect(stderr).toMatch(new RegExp(`ax-users apply ${plan} --passwords FILE --yes\n$`));
  });

  test.each([
    ["0", 5],
    ["1", 0],
    ["5%", 0],
    ["x1", 2],
    ["1x", 2],
  ])("with --max-removals %s ends with %d", async (most, code) => {
    const { run, roster } = await withRoster([LEAVES]);
    expect((await run(["plan", roster, "--max-removals", most])).code).toBe(code);
  });

  test("removes an admin only with --remove-admins, and makes only the kinds that are named", async () => {
    const { run, roster } = await withRoster(
      [RENAME, { email: "root@example.com", state: "absent" }],
      [...USERS, { email: "r2@example.com", role: role("admin") }],
    );
    const counts = async (...argv: string[]) =>
      JSON.parse((await run(["plan", roster, "--json", ...argv])).stdout).counts;
    expect(await counts()).toMatchObject({ update: 1, delete: 0 });
    expect(await counts("--remove-admins")).toMatchObject({ update: 1, delete: 1 });
    expect(await counts("--only", "create", "--only", "update")).toMatchObject({ update: 1, delete: 0 });
    expect(await counts("--only", "delete")).toMatchObject({ update: 0, delete: 0 });
  });

  test("takes the roster and the key from two places", async () => {
    const { run } = await open();
    expect(await run(["plan", "-", "--key-stdin"], { stdin: "[]" })).toEqual({
      ...{ code: 2, stdout: "", stderr: "Standard input cannot contain both the roster and the key.\n" },
    });
    expect((await run(["plan", "-"], { stdin: "[7]" })).stderr).toMatch(
      /^standard input: row 1 must be an object/,
    );
  });
});

describe("plan -o", () => {
  test("overwrites neither the roster nor a file that is not a plan, and sends nothing", async () => {
    const { run, make, roster, plan, file, sandbox } = await withRoster([RENAME]);
    await make();
    expect((await run(["apply", plan, "--yes"])).code).toBe(0);
    writeFileSync(file("text"), "hello\n");
    writeFileSync(file("data.json"), '{"version":1,"changes":[]}');
    const others = [`${plan}.journal.jsonl`, file("text"), file("data.json")];
    const before = [roster, ...others].map((path) => readFileSync(path, "utf8"));
    const requests = sandbox.requests.length;
    for (const path of others) {
      expect(await run(["plan", roster, "-o", path])).toEqual({
        code: 2,
        stdout: "",
        stderr: `${path} exists and is not a plan: it is not overwritten. Pass another file with -o PLAN.\n`,
      });
    }
    const same = relative(process.cwd(), roster);
    expect(await run(["plan", roster, "-o", same])).toEqual({
      code: 2,
      stdout: "",
      stderr: `ROSTER and --out are the same file: ${same}. Name two files.\n`,
    });
    symlinkSync(roster, file("link"));
    expect((await run(["plan", roster, "-o", file("link")])).code).toBe(2);
    expect([roster, ...others].map((path) => readFileSync(path, "utf8"))).toEqual(before);
    expect(sandbox.requests).toHaveLength(requests);
  });

  test("writes to an empty file, as mktemp makes it", async () => {
    const { run, roster, file } = await withRoster([RENAME]);
    writeFileSync(file("empty"), "");
    expect((await run(["plan", roster, "-o", file("empty")])).code).toBe(0);
    expect(JSON.parse(readFileSync(file("empty"), "utf8"))).toMatchObject({ version: 1 });
  });

  test("overwrites an older plan", async () => {
    const { make, plan } = await withRoster([RENAME]);
    await make();
    const older = readFileSync(plan, "utf8");
    expect((await make()).code).toBe(0);
    expect(readFileSync(plan, "utf8")).not.toBe(older);
  });

  test("names the file that cannot be written, and leaves no other", async () => {
    const { run, roster, file } = await withRoster([RENAME]);
    mkdirSync(file("folder"));
    for (const [name, reason] of [
      ["folder", "illegal operation on a directory (EISDIR)"],
      ["none/plan.json", "no such file or directory (ENOENT)"],
      ["people.json/plan.json", "not a directory (ENOTDIR)"],
    ] as const) {
      const stderr = `${file(name)}: ${reason}\n`;
      expect(await run(["plan", roster, "-o", file(name)])).toEqual({ code: 2, stdout: "", stderr });
    }
    expect(readdirSync(file("")).sort()).toEqual(["folder", "people.json"]);
  });

  test("leaves nothing where the plan cannot get its name", async () => {
    const { run, roster, file } = await withRoster([RENAME]);
    const makeFolder = () => mkdirSync(file("plan.json"), { recursive: true });
    const argv = ["plan", roster, "-o", file("plan.json"), "--verbose"];
    const { code, stderr } = await run(argv, { onWrite: makeFolder });
    expect({ code, last: stderr.trim().split("\n").at(-1) }).toEqual({
      code: 2,
      last: expect.stringMatching(
        new RegExp(`^${file("plan.json")}: [a-z ]+ \\((EISDIR|ENOTEMPTY|EEXIST)\\)$`),
      ),
    });
    expect(readdirSync(file("")).sort()).toEqual(["people.json", "plan.json"]);
  });
});

describe("apply", () => {
  test.each([
    ["{", " is not a plan: it is not JSON. Make a plan with ax-users plan -o PLAN.\n"],
    ["null", " is not a plan. Make a plan with ax-users plan -o PLAN.\n"],
    ["7", " is not a plan. Make a plan with ax-users plan -o PLAN.\n"],
    ['"changes"', " is not a plan. Make a plan with ax-users plan -o PLAN.\n"],
    ["{}", " is not a plan. Make a plan with ax-users plan -o PLAN.\n"],
    ['{"changes":{}}', " is not a plan. Make a plan with ax-users plan -o PLAN.\n"],
    ['{"changes":[null]}', " is not a plan. Make a plan with ax-users plan -o PLAN.\n"],
    ['{"changes":[]}', " is not a plan. Make a plan with ax-users plan -o PLAN.\n"],
    ['{"changes":[{},7]}', " is not a plan. Make a plan with ax-users plan -o PLAN.\n"],
  ])("takes no other file: %s", async (text, message) => {
    const { run, file } = await open();
    writeFileSync(file("plan.json"), text);
    expect(await run(["apply", file("plan.json")])).toEqual({
      code: 2,
      stdout: "",
      stderr: file("plan.json") + message,
    });
  });

  test.each<[rows: object[], what: string]>([
    [[RENAME], "Without a terminal, pass --yes to make 1 change. Nothing was sent.\n"],
    [
      [RENAME, { email: "root@example.com", name: "R" }],
      "Without a terminal, pass --yes to make 2 changes. Nothing was sent.\n",
    ],
    [
      [LEAVES],
      "Without a terminal, pass --confirm-removals 1 to remove 1 person for good. Nothing was sent.\n",
    ],
    [
      [LEAVES, RENAME],
      "Without a terminal, pass --confirm-removals 1 to make 1 change and remove 1 person for good. Nothing was sent.\n",
    ],
  ])("says what it would do: %j", async (rows, stderr) => {
    const { run, make, plan, writes } = await withRoster(rows);
    await make();
    expect(await run(["apply", plan])).toEqual({ code: 2, stdout: "", stderr });
    expect(writes()).toEqual([]);
  });

  test("of nothing asks nothing, unless a number is named that is not right", async () => {
    const { run, make, plan } = await withRoster([{ ...RENAME, name: "Ada" }]);
    await make();
    expect(await run(["apply", plan])).toEqual({ code: 0, stdout: "Summary: nothing to do.\n", stderr: "" });
    expect((await run(["apply", plan, "--confirm-removals", "1", "--journal", `${plan}.j`])).code).toBe(2);
    expect((await run(["apply", plan, "--confirm-removals", "0", "--journal", `${plan}.k`])).code).toBe(0);
  });

  test("takes no journal that exists", async () => {
    const { run, make, plan, file } = await withRoster([RENAME]);
    await make();
    await run(["apply", plan, "--yes"]);
    const { code, stderr } = await run(["apply", plan, "--yes"]);
    expect(code).toBe(2);
    expect(stderr).toBe(
      `${plan}.journal.jsonl already exists. To continue its plan: ax-users resume ${plan}.journal.jsonl\n` +
        "For a new plan, pass a new file with --journal FILE.\n",
    );
    writeFileSync(file("text"), "hello\n");
    expect((await run(["apply", plan, "--yes", "--journal", file("text")])).stderr).not.toContain(
      "already exists. To continue",
    );
  });

  test("with temporary passwords needs a file", async () => {
    const { run, make, plan, file } = await withRoster([
      { email: "n@example.com", name: "N", invite_mode: "temporary_password" },
    ]);
    await make();
    const wanted = "The plan creates temporary passwords: pass a new file for them with --passwords FILE.\n";
    expect(await run(["apply", plan, "--yes"])).toEqual({ code: 2, stdout: "", stderr: wanted });
    const journal = file("j.jsonl");
    const passwords = file("p.jsonl");
    expect((await run(["apply", plan, "--yes", "--journal", journal, "--passwords", passwords])).code).toBe(
      0,
    );
    const lines = readFileSync(journal, "utf8").split("\n");
    writeFileSync(journal, `${lines[0]}\n`);
    expect((await run(["resume", journal, "--yes"])).code).toBe(0);
    const { passwords: _, ...head } = JSON.parse(lines[0] ?? "");
    writeFileSync(journal, `${JSON.stringify(head)}\n`);
    expect(await run(["resume", journal, "--yes"])).toEqual({ code: 2, stdout: "", stderr: wanted });
    expect((await run(["resume", journal, "--yes", "--passwords", file("q.jsonl")])).code).toBe(0);
  });
});

test("journal and passwords are two files", async () => {
  const { run, make, plan, file } = await withRoster([
    { email: "n@example.com", name: "N", invite_mode: "temporary_password" },
  ]);
  await make();
  const journal = file("run.jsonl");
  const same = relative(process.cwd(), journal);
  const apply = ["apply", plan, "--yes"];
  const message = `--journal and --passwords are the same file: ${same}. Name two files.\n`;
  const argv = [...apply, "--journal", journal, "--passwords", same];
  expect(await run(argv)).toEqual({ code: 2, stdout: "", stderr: message });
  const byDefault = await run([...apply, "--passwords", `${plan}.journal.jsonl`]);
  expect(byDefault.stderr).toMatch(/^--journal and --passwords are the same file: /);
  expect([journal, `${plan}.journal.jsonl`].filter((path) => existsSync(path))).toEqual([]);
  expect((await run([...apply, "--passwords", file("passwords.jsonl")])).code).toBe(0);
  const before = readFileSync(`${plan}.journal.jsonl`, "utf8");
  expect(
    await run(["resume", `${plan}.journal.jsonl`, "--yes", "--passwords", `${plan}.journal.jsonl`]),
  ).toEqual({
    code: 2,
    stdout: "",
    stderr: `JOURNAL and --passwords are the same file: ${plan}.journal.jsonl. Name two files.\n`,
  });
  expect(readFileSync(`${plan}.journal.jsonl`, "utf8")).toBe(before);
});

test("resume of a journal that does not exist says so, and leaves none", async () => {
  const { run, file } = await open();
  for (const name of ["none.jsonl", "no/folder/none.jsonl"]) {
    const stderr = `${file(name)}: no such file or directory (ENOENT)\n`;
    expect(await run(["resume", file(name), "--yes"])).toEqual({ code: 2, stdout: "", stderr });
    expect(existsSync(file(name))).toBe(false);
  }
});

test("the sandbox names a port that it cannot have", async () => {
  const { run, sandbox } = await open();
  const { port } = new URL(sandbox.baseUrl);
  const reason = `listen EADDRINUSE: address already in use 127.0.0.1:${port}`;
  expect(await run(["sandbox", "--port", port])).toEqual({
    ...{ code: 2, stdout: "", stderr: `--port ${port} cannot be used: ${reason}.\n` },
  });
  for (const wrong of ["65536", "99999"]) {
    const { code, stderr } = await run(["sandbox", "--port", wrong]);
    const message = `--port must be a whole number from 0 to 65535, received "${wrong}".\n`;
    expect({ code, stderr }).toEqual({ code: 2, stderr: message });
  }
});

describe("resume", () => {
  /** The journal of a plan whose changes have these results. */
  async function resumed(results: object[], argv: string[], surroundings: Surroundings = {}) {
    const { run, make, plan, file, writes } = await withRoster([RENAME, LEAVES]);
    await make();
    const made = JSON.parse(readFileSync(plan, "utf8"));
    const at = "2026-01-01T00:00:00Z";
    const entries = [
      { type: "plan", at, plan: made },
      ...results.map((result, index) => {
        const { id, kind, email } = made.changes[index];
        return { type: "result", at, id, kind, email, ...result };
      }),
    ];
    writeFileSync(file("j.jsonl"), entries.map((entry) => `${JSON.stringify(entry)}\n`).join(""));
    const finished = await run(["resume", file("j.jsonl"), ...argv], surroundings);
    return { ...finished, writes: writes() };
  }

  const done = { status: "done" };
  const failed = {
    status: "failed",
    outcome: "not_applied",
    error: { name: "ForbiddenError", message: "no" },
  };

  test.each<[results: object[], asks: string]>([
    [[done], "--confirm-removals 1 to remove 1 person for good"],
    [[done, { status: "not_attempted" }], "--confirm-removals 1 to remove 1 person for good"],
    [[done, { status: "unknown", outcome: "unknown" }], "--confirm-removals 1 to remove 1 person for good"],
    [
      [done, { ...failed, error: { name: "AuthenticationError", message: "no" } }],
      "--confirm-removals 1 to remove 1 person for good",
    ],
    [[{ status: "not_attempted" }, done], "--yes to make 1 change"],
  ])("asks for what remains of %j", async (results, asks) => {
    expect(await resumed(results, [])).toMatchObject({
      code: 2,
      stderr: `Without a terminal, pass ${asks}. Nothing was sent.\n`,
      writes: [],
    });
  });

  test("asks nothing where nothing remains, and takes the number of the whole plan", async () => {
    expect(await resumed([done, done], [])).toMatchObject({ code: 0, writes: [] });
    expect(await resumed([done, failed], [])).toMatchObject({ code: 1, writes: [] });
    expect(await resumed([failed, done], ["--retry-failed"])).toMatchObject({ code: 2, writes: [] });
    expect(await resumed([failed, done], ["--retry-failed", "--yes"])).toMatchObject({
      code: 0,
      writes: ["PATCH /v2/users/ada"],
    });
    expect(await resumed([{ status: "not_attempted" }, done], ["--confirm-removals", "1"])).toMatchObject({
      code: 0,
      writes: ["PATCH /v2/users/ada"],
    });
    expect(await resumed([{ status: "not_attempted" }, done], ["--confirm-removals", "2"])).toMatchObject({
      code: 2,
      writes: [],
    });
  });
});

test("--verbose has a line for each event, without addresses", async () => {
  const { run, sandbox } = await open();
  sandbox.fail({ method: "GET", status: 429, headers: { "retry-after": "0" } });
  const waited = await run(["get", "ada", "--verbose"]);
  expect(waited.stderr).toMatch(/^request GET \/v2\/users\/\{user_id\} #1\n/m);
  expect(waited.stderr).toMatch(/^response GET .* #1: HTTP 429, \d+ ms \S*\n/m);
  expect(waited.stderr).toMatch(/^(rate_limited|retry) GET .*: waits \d+(\.\d+)? ms\n/m);
  sandbox.fail({ method: "POST", socket: "drop", times: 9 });
  const lost = await run(["reset-password", "ada", "--verbose"]);
  expect(lost.stderr).toMatch(/^failed POST .* #1: ConnectionError, unknown\n/m);
});

test.each([
  [[], "alpha"],
  [["--dialect", "current"], "current"],
  [["--dialect", "alpha", "--users", "3", "--port", "0"], "alpha"],
])("the sandbox speaks the dialect that is asked for: %j", async (argv, dialect) => {
  const { run } = await open();
  const controller = new AbortController();
  let first = "";
  const onWrite = (text: string) => {
    first ||= text;
  };
  const ended = run(["sandbox", ...argv], { signal: controller.signal, onWrite });
  await expect.poll(() => first).not.toBe("");
  const { baseUrl, apiKey } = JSON.parse(first);
  const response = await fetch(`${baseUrl}/v2/users?limit=1`, {
    headers: { authorization: `Bearer ${apiKey}` },
  });
  const { users } = (await response.json()) as { users: { status: string }[] };
  expect(/[A-Z]/.test(String(users[0]?.status))).toBe(dialect === "current");
  controller.abort();
  expect(await ended).toMatchObject({
    code: 0,
    stderr: `The sandbox runs until you stop it (Ctrl-C). To use it in another terminal:\nexport ARIZE_BASE_URL=${baseUrl} ARIZE_API_KEY=${apiKey}\n`,
  });
});
