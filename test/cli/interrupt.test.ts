/** The first Ctrl-C: nothing new is sent, and what was sent is awaited and reported. */
import { readFileSync, writeFileSync } from "node:fs";
import { PassThrough } from "node:stream";
import { expect, onTestFinished, test, vi } from "vitest";
import { explainInterrupt } from "../../src/cli/io/interrupt.ts";
import { eventually } from "../helpers/eventually.ts";
import { openContext, TERMINAL } from "./context.ts";
import { linesOf, openCli, type Surroundings } from "./run-cli.ts";

const USERS = ["ada", "bob"].map((id) => ({ id, email: `${id}@example.com`, name: id }));

const CREATE = ["create", "--name", "N", "--email", "n@example.com"];

/** Runs a command, and interrupts it when the sandbox has a request of this kind. */
async function interrupted(argv: readonly string[], isTime: (method: string) => boolean, latencyMs = 50) {
  const opened = await openCli({
    users: USERS.map((user) => ({ ...user, status: argv[0] === "resend-invitation" ? "invited" : "active" })),
    organizations: [{ id: "T3JnYW5pemF0aW9uOjE=", name: "Ops", members: [{ userId: "bob" }] }],
    latencyMs,
  });
  const controller = new AbortController();
  const ended = opened.run(argv, { signal: controller.signal });
  await eventually(() => expect(opened.sandbox.requests.some(({ method }) => isTime(method))).toBe(true));
  controller.abort(new DOMException("interrupted", "AbortError"));
  return { ...opened, ...(await ended) };
}

const isWrite = (method: string) => method !== "GET";
const isRead = (method: string) => method === "GET";

test.each([
  [CREATE, "created"],
  [["update", "ada@example.com", "--name", "Lady"], "Lady"],
  [["resend-invitation", "ada@example.com"], "sent"],
  [["reset-password", "ada"], "sent"],
  [["orgs", "create", "Lab"], "Lab"],
  [["orgs", "update", "Ops", "--name", "Dev"], "Dev"],
  [["orgs", "delete", "Ops", "--yes"], "deleted"],
  [["orgs", "add-user", "Ops", "ada@example.com"], "member"],
  [["orgs", "remove-user", "Ops", "bob@example.com"], "removed"],
])("interrupted after its request was sent, it reports the result: %j", async (argv, shown) => {
  const { code, stdout, stderr, writes } = await interrupted([...argv, "--output", "csv"], isWrite);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toContain(shown);
  expect(writes()).toHaveLength(1);
});

test.each([
  [["update", "ada@example.com", "--name", "Lady"]],
  [["orgs", "update", "Ops", "--name", "Dev"]],
  [["orgs", "delete", "Ops", "--yes"]],
  [["orgs", "add-user", "Ops", "ada@example.com"]],
  [["orgs", "remove-user", "Ops", "bob@example.com"]],
])("interrupted before, it sends nothing: %j", async (argv) => {
  const { code, stdout, stderr, writes } = await interrupted(argv, isRead);
  expect({ code, stdout, stderr }).toEqual({ code: 130, stdout: "", stderr: "Interrupted.\n" });
  expect(writes()).toEqual([]);
});

const WAITING = "Waiting for the requests that were sent. A second signal ends the command at once.\n";

test.each<[what: string, argv: string[], stderr: string]>([
  ["a command that writes says what it waits for", CREATE, WAITING],
  ["not with --quiet", [...CREATE, "--quiet"], ""],
])("interrupted for more than a second, %s", async (_, argv, stderr) => {
  expect(await interrupted(argv, isWrite, 1500)).toMatchObject({ code: 0, stderr });
});

/** Explains an interrupt, and runs `act` with the controllers of both signals. */
function explained(act: (first: AbortController, second: AbortController) => void, words: string[] = []) {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const [first, second] = [new AbortController(), new AbortController()];
  const surroundings = { signal: first.signal, secondSignal: second.signal };
  const { context, written } = openContext(words, surroundings);
  const stop = explainInterrupt(context.io, context.output);
  act(first, second);
  stop();
  vi.runAllTimers();
  second.abort();
  return written.stderr;
}

test("the wait is explained after a second, unless the command has ended", () => {
  const after = (ms: number, reason?: unknown) =>
    explained((first) => {
      first.abort(reason);
      vi.advanceTimersByTime(ms);
    });
  expect([after(999), after(1000), after(60_000)]).toEqual(["", WAITING, WAITING]);
  // Output that cannot be written ends a command as well.
  expect(after(60_000, new Error("no space left"))).toBe("");
});

test("a second signal says what is unknown, also with --quiet", () => {
  const unknown = "The outcome of any request in flight is unknown.\n";
  for (const words of [[], ["--quiet"]]) {
    const shown = explained((first, second) => {
      first.abort();
      second.abort();
    }, words);
    expect(shown).toBe(unknown);
  }
});

test("on a terminal, a line begins after ^C and after a bar", async () => {
  const { journal, run } = await openJournal();
  const [first, second] = [new AbortController(), new AbortController()];
  const surroundings = { isTerminal: TERMINAL, env: { NO_COLOR: "1" }, signal: first.signal };
  const onWrite = (text: string) => {
    if (!text.includes("0/1")) return;
    first.abort(new DOMException("interrupted", "AbortError"));
    second.abort();
  };
  const { stderr } = await run(["resume", journal, "--yes"], {
    ...{ ...surroundings, secondSignal: second.signal, onWrite },
  });
  expect(stderr).toContain("\nThe outcome of any request in flight is unknown.\n");
  expect(stderr).toMatch(/\nInterrupted\. The journal has everything that was sent\. To continue: .*\n/);
});

test("mails: the one that was sent is reported, the others are not attempted", async () => {
  const first = await interrupted(["reset-password", "ada", "bob", "--json"], isWrite);
  expect(first.code).toBe(130);
  expect(JSON.parse(first.stdout)).toEqual([
    { user: "ada", status: "sent" },
    { user: "bob", status: "not_attempted" },
  ]);
  const before = await interrupted(["reset-password", "ada@example.com", "bob", "--json"], isRead);
  expect(before.code).toBe(130);
  expect(JSON.parse(before.stdout)).toEqual([
    { user: "ada@example.com", status: "not_attempted" },
    { user: "bob", status: "not_attempted" },
  ]);
  expect([first.writes(), before.writes()]).toEqual([["POST /v2/users/ada/reset-password"], []]);
});

test("a temporary password that was on its way is stored", async () => {
  const { file } = await openCli();
  const passwords = file("passwords.jsonl");
  const argv = [...CREATE, "--invite-mode", "temporary_password", "--passwords", passwords, "--json"];
  const { code, stdout } = await interrupted(argv, isWrite);
  expect(code).toBe(0);
  expect(linesOf(readFileSync(passwords, "utf8"))).toEqual([
    { email: "n@example.com", userId: JSON.parse(stdout).id, temporaryPassword: expect.any(String) },
  ]);
});

test("a failure that was on its way is reported: 130; it is not retried", async () => {
  for (const [status, message] of [
    [403, /^POST \/v2\/users: HTTP 403 Forbidden\./],
    [429, /^POST \/v2\/users: HTTP 429 Too Many Requests\./],
    [500, /^Interrupted\.$/],
  ] as const) {
    const { run, sandbox, writes } = await openCli({ latencyMs: 50 });
    sandbox.fail({ method: "POST", status, times: 9 });
    const controller = new AbortController();
    const ended = run(CREATE, { signal: controller.signal });
    await eventually(() => expect(writes()).toHaveLength(1));
    controller.abort(new DOMException("interrupted", "AbortError"));
    const { code, stderr } = await ended;
    expect({ code, stderr: stderr.trim() }).toEqual({ code: 130, stderr: expect.stringMatching(message) });
    expect(writes()).toHaveLength(1);
  }
});

test.each<[what: string, argv: string[]]>([
  ["a roster", ["plan", "-"]],
  ["a key", ["list", "--key-stdin"]],
])("it ends the wait for %s on standard input", async (_, argv) => {
  const { run } = await openCli();
  const controller = new AbortController();
  const stdin = new PassThrough();
  let ended: unknown;
  run(argv, { stdin, signal: controller.signal }).then((finished) => {
    ended = finished;
  });
  stdin.write("email\n");
  await expect.poll(() => stdin.readableLength).toBe(0);
  controller.abort(new DOMException("interrupted", "AbortError"));
  await expect.poll(() => ended).toEqual({ code: 130, stdout: "", stderr: "Interrupted.\n" });
});

/** A plan with a change whose key was rejected. */
async function openJournal() {
  const opened = await openCli({ users: USERS, latencyMs: 50 });
  writeFileSync(opened.file("people.csv"), "email,name\nada@example.com,Lady\n");
  const plan = opened.file("plan.json");
  await opened.run(["plan", opened.file("people.csv"), "-o", plan]);
  const fault = opened.sandbox.fail({ method: "PATCH", status: 401, times: 9 });
  expect((await opened.run(["apply", plan, "--yes"])).code).toBe(4);
  fault.remove();
  return { ...opened, journal: `${plan}.journal.jsonl` };
}

test.each([[[]], [["--json"]]])(
  "resume prints how it continues, also before it sends: %j",
  async (options) => {
    const { run, journal, sandbox } = await openJournal();
    const controller = new AbortController();
    const before = sandbox.requests.length;
    const surroundings: Surroundings = { signal: controller.signal };
    const ended = run(["resume", journal, "--yes", ...options], surroundings);
    await eventually(() => expect(sandbox.requests.length).toBe(before + 1));
    controller.abort(new DOMException("interrupted", "AbortError"));
    const message = `Interrupted. The journal has everything that was sent. To continue: ax-users resume ${journal}`;
    const { code, stdout, stderr } = await ended;
    expect({ code, stderr }).toEqual({ code: 130, stderr: `${message}\n` });
    expect(stdout && JSON.parse(stdout)).toEqual(
      options.length > 0 ? { error: { name: "AbortError", message, outcome: "not_applied" } } : "",
    );
  },
);
