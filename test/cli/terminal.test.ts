/** The command on a terminal: prompts, colours, the progress bar, a narrow window. */
import { readFileSync, writeFileSync } from "node:fs";
import { PassThrough } from "node:stream";
import type { SeedUser } from "ax-users/testing";
import { expect, test } from "vitest";
import { openCli, type Surroundings } from "./run-cli.ts";

const ESC = "\u001b";
/** Colours, and whatever else ends with an m. */
const COLOUR = new RegExp(`${ESC}\\[[\\d;]*m`);

const USERS = ["ada", "bob", "kat"].map((id) => ({
  id,
  email: `${id}@example.com`,
  name: id === "ada" ? "Ada with a name that is longer than any narrow window has room for" : id,
  role: { type: "predefined" as const, name: "member" as const },
}));

async function openTerminal() {
  const opened = await openCli({ users: USERS });
  /** Answers the question that ends with `: ` or `] `; nothing is the end of the input. */
  const on = (argv: readonly string[], answer?: string, more: Surroundings = {}) => {
    const stdin = new PassThrough();
    let isAsked = false;
    const onWrite = (text: string) => {
      if (isAsked || !/(: |\] )$/.test(text)) return;
      isAsked = true;
      setImmediate(() => (answer === undefined ? stdin.end() : stdin.write(`${answer}\n`)));
    };
    return opened.run(argv, { isTerminal: true, stdin, onWrite, ...more });
  };
  const planOf = async (csv: string) => {
    writeFileSync(opened.file("r.csv"), csv);
    await opened.run(["plan", opened.file("r.csv"), "-o", opened.file("plan.json")]);
    return opened.file("plan.json");
  };
  return { ...opened, on, planOf };
}

const TWO_LEAVE =
  "email,name,state\nbob@example.com,,absent\nkat@example.com,,absent\nada@example.com,Ada,\n";

test("removals are shown, and made once their number is typed", async () => {
  const { on, planOf, sandbox } = await openTerminal();
  const plan = await planOf(TWO_LEAVE);
  for (const answer of ["", "y", "yes", "3", "1", undefined]) {
    const refused = await on(["apply", plan], answer);
    expect(refused).toMatchObject({ code: 2, stdout: "" });
    expect(refused.stderr).toMatch(
      /2 people will be removed for good:\n {2}bob@example\.com {2}bob, active, member/,
    );
    expect(refused.stderr).toContain("Not confirmed: nothing was sent.");
  }
  expect(sandbox.users()).toHaveLength(3);
  const done = await on(["apply", plan], " 2 ");
  expect(done.code).toBe(0);
  expect(sandbox.users().map(({ id }) => id)).toEqual(["ada"]);
});

test("--yes is no answer to removals, --confirm-removals is; --no-input never asks", async () => {
  const { on, planOf, sandbox } = await openTerminal();
  const plan = await planOf(TWO_LEAVE);
  expect((await on(["apply", plan, "--yes"], "no")).stderr).toContain("Type the number of people");
  const silent = await on(["apply", plan, "--no-input", "--yes"], "2");
  expect(silent).toMatchObject({ code: 2, stderr: expect.stringContaining("--confirm-removals 2") });
  expect(silent.stderr).not.toContain("Type");
  expect(sandbox.users()).toHaveLength(3);
  const { code, stderr } = await on(["apply", plan, "--confirm-removals", "2"]);
  expect(code).toBe(0);
  expect(stderr).not.toContain("Type");
});

test("what can be undone asks for a yes, and --yes is one", async () => {
  const { on, planOf, sandbox } = await openTerminal();
  const plan = await planOf("email,name\nbob@example.com,Robert\n");
  expect((await on(["apply", plan], "n")).code).toBe(2);
  expect((await on(["apply", plan], "")).code).toBe(2);
  expect((await on(["apply", plan], "y")).code).toBe(0);
  expect(sandbox.users().find(({ id }) => id === "bob")?.name).toBe("Robert");
});

test("delete shows who is meant", async () => {
  const { on, sandbox } = await openTerminal();
  const { stderr } = await on(["delete", "bob", "cat@example.com", "cat"], "no");
  expect(stderr).toContain(
    "Removes these people for good. They can never be invited again:\n" +
      "  bob  bob, active, member\n  cat@example.com  not in the account\n  cat  not in the account\n",
  );
  expect(stderr).toContain("Type the number of people named: ");
  expect(sandbox.users()).toHaveLength(3);
  expect(await on(["delete", "bob", "kat@example.com"], "2")).toMatchObject({ code: 0 });
  expect(sandbox.users()).toHaveLength(1);
});

const ALL_LEAVE = `email,state\n${USERS.map(({ email }) => `${email},absent\n`).join("")}`;

test("resume wants the number that it shows, and --confirm-removals that of the whole plan", async () => {
  const { on, planOf, file, sandbox } = await openTerminal();
  const plan = JSON.parse(readFileSync(await planOf(ALL_LEAVE), "utf8"));
  const [{ id, kind, email }] = plan.changes;
  const result = { type: "result", at: plan.createdAt, id, kind, email, status: "done" };
  const entries = [{ type: "plan", at: plan.createdAt, plan }, result];
  writeFileSync(file("j"), entries.map((entry) => `${JSON.stringify(entry)}\n`).join(""));
  const refused = await on(["resume", file("j")], "3");
  expect(refused).toMatchObject({ code: 2, stdout: "" });
  expect(refused.stderr).toMatch(
    /^2 people will be removed for good:\n.*\n.*\nType the number of people to remove: Not confirmed/,
  );
  expect((await on(["resume", file("j"), "--no-input"])).stderr).toBe(
    "Without a terminal, pass --confirm-removals 3 to remove 2 people for good. Nothing was sent.\n",
  );
  expect((await on(["resume", file("j"), "--confirm-removals", "2"])).stderr).toBe(
    "--confirm-removals is 2, but the number of people to remove in the whole plan is 3.\n",
  );
  expect(sandbox.users()).toHaveLength(3);
  expect((await on(["resume", file("j")], "2")).code).toBe(0);
  expect(sandbox.users().map(({ email }) => email)).toEqual([email]);
});

const EVIL = `Evil${ESC}[1A${ESC}[2K\r\u202e\n  nobody`;
const SHOWN = "Evil\\u001b[1A\\u001b[2K\\u000d\\u202e\\u000a  nobody";

test("what is shown before the question has no control characters", async () => {
  const users = [...USERS, { id: "evil", email: "evil@example.com", name: EVIL, role: USERS[0]?.role }];
  const { run, file } = await openCli({ users: users.map((user) => ({ ...user })) as SeedUser[] });
  const asked = async (argv: string[]) => {
    const stdin = new PassThrough();
    stdin.end("no\n");
    return (await run(argv, { stdin, isTerminal: true })).stderr;
  };
  expect(await asked(["delete", "evil", "bob"])).toBe(
    "Removes these people for good. They can never be invited again:\n" +
      `  evil  ${SHOWN}, active, member\n  bob  bob, active, member\n` +
      "Type the number of people named: Not confirmed: nothing was sent.\n",
  );
  writeFileSync(file("r.csv"), "email,state\nevil@example.com,absent\n");
  await run(["plan", file("r.csv"), "-o", file("plan.json")]);
  expect(await asked(["apply", file("plan.json")])).toBe(
    `1 person will be removed for good:\n  evil@example.com  ${SHOWN}, active, member\n` +
      "Type the number of people to remove: Not confirmed: nothing was sent.\n",
  );
});

test("messages have no control characters, but for the ends of their lines", async () => {
  const { run, sandbox } = await openCli({ users: USERS });
  sandbox.fail({ method: "GET", status: 403, body: { title: `No${ESC}[2J way`, status: 403 } });
  expect((await run(["list"])).stderr).toMatch(/ 403 No\\u001b\[2J way/);
  const missing = await run(["get", `x${ESC}[2J@example.com`, "bob"]);
  expect(missing.stderr).not.toContain(ESC);
  const usage = await run(["list", `--bo${ESC}gus`]);
  expect(usage.stderr).toBe("Unknown option --bo\\u001bgus.\nUsage: ax-users list [options]\n");
});

test("a missing file for passwords is named before the question", async () => {
  const { on, planOf, sandbox } = await openTerminal();
  const plan = await planOf("email,name,invite_mode\nnew@example.com,New,temporary_password\n");
  const { code, stderr } = await on(["apply", plan], "y");
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: "The plan creates temporary passwords: pass a new file for them with --passwords FILE.\n",
  });
  expect(sandbox.users()).toHaveLength(3);
});

test("an interrupt ends the question", async () => {
  const { on, planOf, writes } = await openTerminal();
  const controller = new AbortController();
  const onWrite = (text: string) => {
    if (text.startsWith("Type")) setImmediate(() => controller.abort(new Error("interrupted")));
  };
  const { code } = await on(["apply", await planOf(TWO_LEAVE)], undefined, {
    signal: controller.signal,
    onWrite,
  });
  expect(code).toBe(130);
  expect(writes()).toEqual([]);
});

test("a bar moves on standard error, and standard output has the summary alone", async () => {
  const { on, planOf } = await openTerminal();
  const plan = await planOf(TWO_LEAVE);
  const { stdout, stderr } = await on(["apply", plan, "--confirm-removals", "2"]);
  expect(stderr).toMatch(/█+\S* 3\/3/);
  expect(stdout).toBe("Summary: 3 done.\n");
  const quiet = await on([
    "apply",
    await planOf("email,name\nada@example.com,A\n"),
    "--journal",
    `${plan}.2`,
    "--yes",
    "--quiet",
  ]);
  expect(quiet).toMatchObject({ code: 0, stderr: "" });
});

test("JSON stays JSON, whatever standard error is", async () => {
  const { on, planOf } = await openTerminal();
  const { stdout } = await on(["apply", await planOf(TWO_LEAVE), "--json"], "2");
  const lines = stdout.trimEnd().split("\n");
  expect(lines).toHaveLength(4);
  for (const line of lines) expect(() => JSON.parse(line)).not.toThrow();
  expect(stdout).not.toContain(ESC);
});

test.each([
  ["a terminal", true, {}, true],
  ["no terminal", false, {}, false],
  ["a terminal with NO_COLOR", true, { NO_COLOR: "1" }, false],
  ["an empty NO_COLOR", true, { NO_COLOR: "" }, true],
  ["no terminal with FORCE_COLOR", false, { FORCE_COLOR: "1" }, true],
  ["a terminal with FORCE_COLOR=0", true, { FORCE_COLOR: "0" }, false],
  ["NO_COLOR and FORCE_COLOR", true, { NO_COLOR: "1", FORCE_COLOR: "1" }, false],
  ["a dumb terminal", true, { TERM: "dumb" }, false],
])("colour: %s", async (_, isTerminal, env, hasColour) => {
  const { run } = await openCli({ users: USERS });
  const { stdout } = await run(["list"], { isTerminal, env });
  expect(COLOUR.test(stdout)).toBe(hasColour);
});

test("a table is cut to fit a narrow window, its widest columns first", async () => {
  const { run } = await openCli({ users: USERS });
  const { stdout } = await run(["list"], { isTerminal: true, columns: 84, env: { NO_COLOR: "1" } });
  const lines = stdout.trimEnd().split("\n");
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(84);
  expect(lines[2]).toMatch(/^ada@example\.com {2}Ada with.*… {2}active {2}member/);
});
