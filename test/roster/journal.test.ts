import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  applyPlan,
  fileJournal,
  type Journal,
  type JournalEntry,
  JournalError,
  memoryJournal,
  type Plan,
  passwordFile,
  planRoster,
  readJournal,
  resumePlan,
} from "ax-users/roster";
import { expect, onTestFinished, test } from "vitest";
import { AppendOnlyFile } from "../../src/roster/journal/append-only.ts";
import { IS_FULL_RUN } from "../helpers/full.ts";
import { openAccount } from "../helpers/sandbox.ts";
import { rejection } from "../helpers/server.ts";

async function tempFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "ax-users-roster-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

const openRoster = async () => {
  const { client, sandbox } = await openAccount({
    users: [{ id: "ada", email: "ada@example.com", name: "Ada" }],
  });
  const rows = [
    { email: "ada@example.com", name: "Ada King" },
    { email: "alan@example.com", name: "Alän Turing", invite_mode: "temporary_password" },
  ];
  return { client, sandbox, plan: await planRoster(client, rows) };
};

const entriesOf = async (path: string): Promise<JournalEntry[]> =>
  (await readFile(path, "utf8"))
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));

test("a journal has the plan, then an intent before each request and a result after its response", async () => {
  const { client, sandbox, plan } = await openRoster();
  const path = join(await tempFolder(), "run.jsonl");
  const journal = fileJournal(path);
  const order: string[] = [];
  const watched: Journal = {
    open: () => journal.open(),
    append: async (entry) => {
      await journal.append(entry);
      order.push(
        `${entry.type} after ${sandbox.requests.filter(({ method }) => method !== "GET").length} writes`,
      );
    },
    close: () => journal.close(),
  };
  const one: Plan = await planRoster(client, [{ email: "ada@example.com", name: "Ada King" }]);
  const [result] = await applyPlan(client, one, { journal: watched });
  expect(order).toEqual(["plan after 0 writes", "intent after 0 writes", "result after 1 writes"]);
  const entries = await entriesOf(path);
  expect(entries[0]).toEqual({ type: "plan", plan: one });
  const id = one.changes[0]?.id;
  expect(entries[1]).toEqual({ type: "intent", id, at: expect.stringMatching(/^\d{4}-.*Z$/) });
  expect(entries[2]).toEqual({ ...result, type: "result", id, status: "done", at: expect.any(String) });
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(plan.changes).toHaveLength(2);
});

test("a journal that exists is not taken by apply, which names resumePlan", async () => {
  const { client, sandbox, plan } = await openRoster();
  const journal = fileJournal(join(await tempFolder(), "run.jsonl"));
  const passwords = () => {};
  await applyPlan(client, plan, { journal, passwords });
  const sent = sandbox.requests.length;
  expect(await rejection(applyPlan(client, plan, { journal, passwords }))).toMatchObject({
    name: "JournalError",
    message: expect.stringContaining("resumePlan"),
  });
  expect(sandbox.requests.length).toBe(sent);
});

test.each(["hello\n", "hello", '{"type":"intent","id":"x"}\n'])(
  "a file that is no journal is left alone: %j",
  async (text) => {
    const { client, plan } = await openRoster();
    const path = join(await tempFolder(), "notes.txt");
    await writeFile(path, text);
    const error = await rejection(
      applyPlan(client, plan, { journal: fileJournal(path), passwords: () => {} }),
    );
    expect(error).toMatchObject({ name: "JournalError", message: `${path} is not a journal.` });
    expect(await readFile(path, "utf8")).toBe(text);
  },
);

test("a damaged line is an error that names it, and is not skipped", async () => {
  const { client, plan } = await openRoster();
  const path = join(await tempFolder(), "run.jsonl");
  await applyPlan(client, plan, { journal: fileJournal(path), passwords: () => {} });
  const lines = (await readFile(path, "utf8")).split("\n");
  lines[2] = lines[2]?.slice(5) ?? "";
  await writeFile(path, lines.join("\n"));
  const error = await rejection(resumePlan(client, fileJournal(path)));
  expect(error).toMatchObject({
    name: "JournalError",
    message: expect.stringMatching(/run\.jsonl, line 3 is damaged/),
  });
});

test("a journal that ends at any byte can be resumed, or its plan applied anew", async () => {
  const { client, plan } = await openRoster();
  const folder = await tempFolder();
  const whole = join(folder, "whole.jsonl");
  await applyPlan(client, plan, { journal: fileJournal(whole), passwords: () => {} });
  const bytes = await readFile(whole);
  const path = join(folder, "torn.jsonl");
  const firstLine = bytes.indexOf(0x0a) + 1;
  for (let length = 0; length <= bytes.length; length += IS_FULL_RUN ? 1 : 13) {
    await writeFile(path, bytes.subarray(0, length));
    const kept = bytes.subarray(0, length).lastIndexOf(0x0a) + 1;
    const state = await readJournal(fileJournal(path)).catch((error: unknown) => error);
    if (length < firstLine) expect(state).toMatchObject({ message: expect.stringMatching(/has no plan\./) });
    else expect(state).toMatchObject({ plan: { digest: plan.digest } });
    // What is appended next begins a line of its own.
    const journal = fileJournal(path);
    const entries = await journal.open();
    expect(entries.length).toBe(bytes.subarray(0, kept).toString().split("\n").length - 1);
    if (length % 97 === 0) {
      await journal.append({ type: "intent", id: "next", at: "now" });
      expect(await readFile(path, "utf8")).toBe(
        `${bytes.subarray(0, kept).toString()}{"type":"intent","id":"next","at":"now"}\n`,
      );
    }
    await journal.close();
  }
});

test("two runs cannot have one journal open, in one process or in two", async () => {
  const { client, plan } = await openRoster();
  const path = join(await tempFolder(), "run.jsonl");
  const first = fileJournal(path);
  await first.open();
  const error = await rejection(applyPlan(client, plan, { journal: fileJournal(path), passwords: () => {} }));
  expect(error).toMatchObject({
    name: "JournalError",
    message: expect.stringMatching(/Another run has this journal open \(process \d+ on .*run\.jsonl\.lock/),
  });
  await first.close();
  expect(await fileJournal(path).open()).toEqual([]);
});

/** A process that ends only when it is told, and its ID. */
async function startProcess() {
  const child = spawn(process.execPath, ["--eval", "process.stdin.resume()"], {
    stdio: ["pipe", "ignore", "ignore"],
  });
  await once(child, "spawn");
  const end = async () => {
    const ended = once(child, "exit");
    child.stdin.end();
    await ended;
  };
  return { pid: child.pid ?? 0, end };
}

test("the lock of a process that is gone is taken over, by one of many", async () => {
  const { hostname } = await import("node:os");
  const folder = await tempFolder();
  const path = join(folder, "run.jsonl");
  const { pid, end } = await startProcess();
  await writeFile(`${path}.lock`, JSON.stringify({ pid, host: hostname(), nonce: "n" }));
  expect(await rejection(fileJournal(path).open())).toBeInstanceOf(JournalError);
  await end();
  const all = Array.from({ length: 12 }, () => fileJournal(path));
  const opened = await Promise.allSettled(all.map((journal) => journal.open()));
  expect(opened.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  await all[opened.findIndex(({ status }) => status === "fulfilled")]?.close();
  expect(await readdir(folder)).toEqual([]);
});

test("the lock of a process with our ID that is not ours is taken over, as in a new container", async () => {
  const { hostname } = await import("node:os");
  const path = join(await tempFolder(), "run.jsonl");
  await writeFile(
    `${path}.lock`,
    JSON.stringify({ pid: process.pid, host: hostname(), nonce: "of the one before" }),
  );
  const journal = fileJournal(path);
  expect(await journal.open()).toEqual([]);
  await journal.close();
});

test("the lock of another machine is not taken over", async () => {
  const path = join(await tempFolder(), "run.jsonl");
  await writeFile(`${path}.lock`, JSON.stringify({ pid: 1, host: "elsewhere", nonce: "n" }));
  expect(String(await rejection(fileJournal(path).open()))).toMatch(
    /process 1 on elsewhere\).*delete .*run\.jsonl\.lock/,
  );
});

test("passwords go to a new file of mode 0600, and nowhere else", async () => {
  const { client, plan } = await openRoster();
  const folder = await tempFolder();
  const path = join(folder, "passwords.jsonl");
  const journal = join(folder, "run.jsonl");
  const results = await applyPlan(client, plan, {
    journal: fileJournal(journal),
    passwords: passwordFile(path),
  });
  const [line, rest] = (await readFile(path, "utf8")).split("\n");
  const { email, userId, temporaryPassword } = JSON.parse(line ?? "");
  expect([email, userId]).toEqual(["alan@example.com", results[0]?.userId]);
  expect(temporaryPassword.length).toBeGreaterThan(5);
  expect(rest).toBe("");
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await readFile(journal, "utf8")).not.toContain(temporaryPassword);
  expect(JSON.stringify(results)).not.toContain(temporaryPassword);
  expect((await entriesOf(journal))[0]).toMatchObject({ passwords: path });
});

test("apply takes no password file that exists, resume appends to the one that the journal names", async () => {
  const { client, sandbox, plan } = await openRoster();
  const folder = await tempFolder();
  const path = join(folder, "passwords.jsonl");
  await writeFile(path, "kept\n");
  const refused = applyPlan(client, plan, { passwords: passwordFile(path) });
  expect(String(await rejection(refused))).toMatch(/passwords\.jsonl already exists/);
  expect(sandbox.requests.every(({ method }) => method === "GET")).toBe(true);
  await rm(path);
  const journal = fileJournal(join(folder, "run.jsonl"));
  sandbox.fail({ method: "POST", status: 401, body: { title: "Authentication required", status: 401 } });
  await applyPlan(client, plan, { journal, passwords: passwordFile(path) });
  await appendFile(path, '{"email":"x","userId":"y"}\n{"torn');
  const results = await resumePlan(client, journal);
  expect(results.map(({ status }) => status)).toEqual(["done", "done"]);
  const lines = (await readFile(path, "utf8")).trim().split("\n");
  expect(lines.map((text) => JSON.parse(text).email)).toEqual(["x", "alan@example.com"]);
});

test("a password that the file of the first run has is not lost where the second run has another file", async () => {
  const { client, plan } = await openRoster();
  const folder = await tempFolder();
  const [path, journal] = [join(folder, "first.jsonl"), join(folder, "run.jsonl")];
  await applyPlan(client, plan, { journal: fileJournal(journal), passwords: passwordFile(path) });
  const [first, intent] = (await readFile(journal, "utf8")).split("\n");
  await writeFile(journal, `${first}\n${intent}\n`);
  const results = await resumePlan(client, fileJournal(journal), {
    passwords: passwordFile(join(folder, "second.jsonl")),
  });
  expect(results[0]).toMatchObject({ status: "done", outcome: "recovered" });
  expect(results[0]).not.toHaveProperty("passwordLost");
});

test("all files for passwords that runs have used are searched, and the latest one is appended to", async () => {
  const { client, sandbox, plan } = await openRoster();
  const folder = await tempFolder();
  const [first, second, run] = ["first", "second", "run"].map((name) => join(folder, `${name}.jsonl`)) as [
    string,
    string,
    string,
  ];
  const unauthorized = { status: 401, body: { title: "Authentication required", status: 401 } };
  const fault = sandbox.fail({ method: "POST", times: 9, ...unauthorized });
  await applyPlan(client, plan, { journal: fileJournal(run), passwords: passwordFile(first) });
  fault.remove();
  await resumePlan(client, fileJournal(run), { passwords: passwordFile(second) });
  const state = await readJournal(fileJournal(run));
  expect(state).toMatchObject({ passwords: second, passwordFiles: [first, second] });
  // As if the run had been killed before it recorded the results.
  const kept = (await readFile(run, "utf8"))
    .trimEnd()
    .split("\n")
    .filter((line) => !line.startsWith('{"type":"result"'));
  await writeFile(run, `${kept.join("\n")}\n`);
  const [result] = await resumePlan(client, fileJournal(run));
  expect(result).toMatchObject({ email: "alan@example.com", status: "done", outcome: "recovered" });
  expect(result).not.toHaveProperty("passwordLost");
  expect((await readJournal(fileJournal(run))).passwordFiles).toEqual([first, second]);
});

test("a plan with temporary passwords and no place for them is refused before any request", async () => {
  const { client, sandbox, plan } = await openRoster();
  const sent = sandbox.requests.length;
  const error = await rejection(applyPlan(client, plan));
  expect(String(error)).toMatch(
    /applyPlan: passwords is required, since the plan creates temporary passwords/,
  );
  expect(sandbox.requests.length).toBe(sent);
});

/** A journal whose appends fail from one of them on. */
function failingJournal(failAt: number) {
  const memory = memoryJournal();
  let appends = 0;
  const journal: Journal = {
    open: () => memory.open(),
    append: async (entry) => {
      appends += 1;
      if (appends >= failAt) throw new JournalError("the disk is full");
      await memory.append(entry);
    },
    close: () => memory.close(),
  };
  return { journal, memory };
}

test.each([1, 2, 3, 4, 5])(
  "a journal that cannot be written from entry %i on stops the run before the next request",
  async (failAt) => {
    const { client, sandbox } = await openRoster();
    const plan = await planRoster(client, [
      { email: "ada@example.com", name: "Ada King" },
      { email: "alan@example.com", name: "Alan Turing" },
    ]);
    const { journal, memory } = failingJournal(failAt);
    const applied = applyPlan(client, plan, { journal });
    const writes = () => sandbox.requests.filter(({ method }) => method !== "GET").length;
    if (failAt === 1) {
      expect(String(await rejection(applied))).toMatch(/the disk is full/);
      expect(writes()).toBe(0);
      return;
    }
    const results = await applied;
    const intents = memory.entries.filter(({ type }) => type === "intent").length;
    expect(writes()).toBe(intents);
    expect(results.filter(({ status }) => status === "done")).toHaveLength(intents);
    for (const { status, error } of results) {
      if (status === "not_attempted") expect(error).toMatchObject({ message: "the disk is full" });
    }
    await resumePlan(client, memory);
    expect(
      sandbox
        .users()
        .map(({ name }) => name)
        .sort(),
    ).toEqual(["Ada King", "Alan Turing"]);
  },
);

test("a journal shows its state at any time", async () => {
  const { client, plan } = await openRoster();
  const journal = memoryJournal();
  await applyPlan(client, plan, { journal, passwords: () => {} });
  const cut = memoryJournal(journal.entries.slice(0, -1));
  const state = await readJournal(cut);
  expect(state.plan).toEqual(plan);
  expect([state.results.size, state.open.size, state.attempted.size]).toEqual([1, 1, 2]);
});

test("a file that was readable by others is so no more", async () => {
  const path = join(await tempFolder(), "run.jsonl");
  await writeFile(path, "", { mode: 0o644 });
  const journal = fileJournal(path);
  await journal.open();
  await journal.append({ type: "intent", id: "x", at: "now" });
  await journal.close();
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test("after a failed write nothing more is written, since half a line may be there", async () => {
  const folder = join(await tempFolder(), "inner");
  const path = join(folder, "run.jsonl");
  const file = new AppendOnlyFile(path, 0);
  expect(await rejection(file.append("one\n"))).toMatchObject({ code: "ENOENT" });
  await mkdir(folder);
  for (const line of ["two\n", "three\n", "four\n"])
    expect(await rejection(file.append(line))).toMatchObject({ code: "ENOENT" });
  expect(await readdir(folder)).toEqual([]);
  await file.close();
});
