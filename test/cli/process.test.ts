/** The command as a process: signals, pipes, kills, a lock between processes, a pseudo-terminal. */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { environment, finished, nodeArguments, startScript } from "../examples/run-script.ts";
import { eventually } from "../helpers/eventually.ts";
import { CHANGES, MAIN, openPlan, ROSTER, USERS } from "./open-plan.ts";
import { linesOf, openCli } from "./run-cli.ts";

test("a process prints, and exits with the code", async () => {
  const { env } = await openCli({ users: 3 });
  const list = await finished(startScript(MAIN, { args: ["list", "--json"], env }));
  expect(list).toMatchObject({ code: 0, stderr: "" });
  expect(JSON.parse(list.stdout)).toHaveLength(3);
  expect(await finished(startScript(MAIN, { args: ["list"] }))).toMatchObject({ code: 4, stdout: "" });
  const piped = startScript(MAIN, { args: ["plan", "-", "--json"], env });
  piped.stdin.end("email,name\nn@example.com,N\n");
  expect(JSON.parse((await finished(piped)).stdout).counts).toMatchObject({ create: 1 });
});

test("a reader that closes the pipe is no error, and ends no run", async () => {
  const { env } = await openCli({ users: 3000 });
  const list = startScript(MAIN, { args: ["list", "--output", "jsonl"], env });
  list.stdout.once("data", () => list.stdout.destroy());
  expect(await finished(list)).toMatchObject({ code: 0, stderr: "" });
  const { start, apply, sandbox } = await openPlan(ROSTER, { latencyMs: 5 });
  const run = start(apply);
  run.stdout.once("data", () => run.stdout.destroy());
  expect(await finished(run)).toMatchObject({ code: 0, stderr: "" });
  expect(sandbox.users()).toHaveLength(USERS.length + 12 - 4);
});

/** Runs the command with a stream that cannot be written. */
function startFull(redirection: string, args: readonly string[], env: Readonly<Record<string, string>>) {
  const node = [process.execPath, ...nodeArguments(MAIN, { args })];
  return finished(spawn("sh", ["-c", `exec "$@" ${redirection}`, "sh", ...node], { env: environment(env) }));
}

const FULL = "standard output cannot be written: no space left on device (ENOSPC)\n";

describe.runIf(existsSync("/dev/full"))("on a full disk", () => {
  test("standard output ends a run, which loses no password and can be resumed", async () => {
    const { apply, env, journal, passwords, run, sandbox } = await openPlan(ROSTER, { latencyMs: 30 });
    const { code, stderr } = await startFull("> /dev/full", apply, env);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `${FULL}Interrupted. The journal has everything that was sent. To continue: ax-users resume ${journal}\n`,
    });
    const people = () => sandbox.users().filter(({ email }) => email.startsWith("p"));
    const stored = () => linesOf(readFileSync(passwords, "utf8"));
    expect(stored()).toHaveLength(people().length);
    const resumed = await run(["resume", journal, "--confirm-removals", "4", "--json"]);
    expect(resumed.code).toBe(0);
    expect(linesOf(resumed.stdout).at(-1)).toMatchObject({ done: CHANGES });
    expect(stored()).toHaveLength(4);
  });

  test("standard output gives 1, unless the code is larger; standard error changes nothing", async () => {
    const { env } = await openCli({ users: 3 });
    expect(await startFull("> /dev/full", ["list"], env)).toEqual({ code: 1, stdout: "", stderr: FULL });
    const unknown = await startFull("> /dev/full", ["list", "--bogus", "--json"], env);
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toContain(FULL);
    const silent = await startFull("2> /dev/full", ["list", "--json", "--verbose"], env);
    expect({ code: silent.code, users: JSON.parse(silent.stdout).length }).toEqual({ code: 0, users: 3 });
    expect(await startFull("> /dev/full 2>&1", ["list"], env)).toMatchObject({ code: 1 });
  });
});

test.each(["SIGINT", "SIGTERM"] as const)(
  "%s: what was sent is awaited and recorded; resume goes on",
  async (signal) => {
    const { start, apply, journal, run, sandbox } = await openPlan(ROSTER, { latencyMs: 300 });
    const child = start(apply);
    child.stdout.once("data", () => child.kill(signal));
    const { code, stdout, stderr } = await finished(child);
    expect(code).toBe(130);
    expect(stderr).toContain(`ax-users resume ${journal}`);
    const lines = linesOf(stdout);
    const { done, notAttempted } = lines.at(-1) as { done: number; notAttempted: number };
    expect(done + notAttempted).toBe(CHANGES);
    expect(notAttempted).toBeGreaterThan(0);
    const resumed = await run(["resume", journal, "--confirm-removals", "4", "--json"]);
    expect(resumed.code).toBe(0);
    expect(linesOf(resumed.stdout).at(-1)).toMatchObject({ done: CHANGES });
    expect(new Set(sandbox.mails.map(({ to }) => to)).size).toBe(sandbox.mails.length);
  },
);

test("a second signal ends it at once", async () => {
  const { start, apply, sandbox, journal } = await openPlan();
  sandbox.fail({ method: "POST", socket: "stall", times: 99 });
  const child = start(apply);
  const end = finished(child);
  let shown = "";
  child.stderr.on("data", (text) => {
    shown += text;
  });
  await eventually(() => expect(sandbox.requests.some(({ method }) => method === "POST")).toBe(true));
  child.kill("SIGINT");
  const waiting = "Waiting for the requests that were sent. A second signal ends the command at once.\n";
  await eventually(() => expect(shown).toBe(waiting));
  child.kill("SIGTERM");
  const { code, stderr } = await end;
  expect({ code, stderr }).toEqual({
    code: 130,
    stderr:
      `${waiting}The outcome of any request in flight is unknown.\n` +
      `Interrupted. The journal has everything that was sent. To continue: ax-users resume ${journal}\n`,
  });
});

/**
 * What a process sent before it was killed is in buffers of this machine, and a few turns of the event loop read all of it. There
 * may be no response to wait for: the sandbox sends none if the client is gone.
 */
async function everythingRead(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await setImmediate();
}

test("killed at any of 25 points and resumed, a run ends as one that was not", async () => {
  const undisturbed = await openPlan();
  expect((await undisturbed.run(undisturbed.apply)).code).toBe(0);
  const expected = undisturbed.state();
  let interrupted = 0;
  for (let point = 0; point < 25; point += 1) {
    const { start, apply, journal, run, state, passwords, writes } = await openPlan(ROSTER, {
      latencyMs: 4,
    });
    const child = start(apply);
    const end = once(child, "exit");
    child.stdout.resume();
    const killer = setInterval(() => {
      if (writes().length >= point + 1) child.kill("SIGKILL");
    }, 1);
    await end.finally(() => clearInterval(killer));
    await everythingRead();
    if (writes().length < CHANGES) interrupted += 1;
    const resumed = existsSync(journal)
      ? await run(["resume", journal, "--confirm-removals", "4", "--json"])
      : await run(apply);
    const lost = linesOf(resumed.stdout).filter(({ passwordLost }) => passwordLost);
    expect(linesOf(resumed.stdout).at(-1), `killed at write ${point}`).toMatchObject({ done: CHANGES });
    expect(resumed.code).toBe(lost.length > 0 ? 3 : 0);
    expect(state(), `killed at write ${point}`).toEqual(expected);
    const kept = linesOf(readFileSync(passwords, "utf8"));
    expect(new Set(kept.map(({ email }) => email)).size).toBe(kept.length);
  }
  expect(interrupted).toBeGreaterThan(5);
});

test("two runs on one journal: the second is refused, until the first is no more", async () => {
  const { start, apply, journal, run, sandbox } = await openPlan();
  sandbox.fail({ method: "DELETE", socket: "stall", times: 4 });
  const child = start(apply);
  const end = once(child, "exit");
  const deletes = () => sandbox.requests.filter(({ method }) => method === "DELETE").length;
  await eventually(() => expect(deletes()).toBe(4));
  const resume = ["resume", journal, "--confirm-removals", "4"];
  for (const argv of [resume, apply]) {
    const second = await run(argv);
    expect(second.code).toBe(2);
    expect(second.stderr).toMatch(/Another run has this journal open \(process \d+/);
  }
  child.kill("SIGKILL");
  await end;
  expect(await run(resume)).toMatchObject({ code: 0 });
  expect(sandbox.users()).toHaveLength(USERS.length + 12 - 4);
});

/** Runs a command in a pseudo-terminal, types `answer` when it sees `question`, and gives what was shown and the code. */
const PTY = `
import os, pty, sys
question, answer, *command = sys.argv[1:]
pid, fd = pty.fork()
if pid == 0: os.execvp(command[0], command)
shown, asked = b"", False
while True:
    try: data = os.read(fd, 65536)
    except OSError: break
    if not data: break
    shown += data
    if not asked and question.encode() in shown:
        asked = True
        os.write(fd, answer.encode().decode("unicode_escape").encode())
sys.stdout.buffer.write(shown)
status = os.waitpid(pid, 0)[1]
sys.exit(os.waitstatus_to_exitcode(status))
`;

const hasPython = (() => {
  try {
    execFileSync("python3", ["-c", "import pty"]);
    return true;
  } catch {
    return false;
  }
})();

test.runIf(hasPython).each([
  ["the number", "4\\n", 0],
  ["another number", "5\\n", 2],
  ["Ctrl-C", "\\x03", 130],
  ["Ctrl-D", "\\x04", 2],
])("in a pseudo-terminal, to the question: %s", async (_, answer, expected) => {
  const { plan, passwords, env, sandbox } = await openPlan();
  const args = ["apply", plan, "--passwords", passwords];
  const node = [process.execPath, ...nodeArguments(MAIN, { args })];
  const child = spawn("python3", ["-c", PTY, "people to remove: ", answer, ...node], {
    env: environment({ ...env, TERM: "xterm" }),
  });
  const { code, stdout } = await finished(child);
  expect({ code, stdout }).toMatchObject({ code: expected });
  expect(stdout).toContain("4 people will be removed for good:");
  expect(sandbox.users()).toHaveLength(expected === 0 ? USERS.length + 12 - 4 : USERS.length);
  if (expected === 0) expect(stdout).toMatch(/█+.* 30\/30/);
});
