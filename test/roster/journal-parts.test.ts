/** The parts of a journal, each by itself: its lines, its lock, its files. */
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { fileJournal, JournalError, memoryJournal, passwordFile } from "ax-users/roster";
import { expect, onTestFinished, test } from "vitest";
import { AppendOnlyFile } from "../../src/roster/journal/append-only.ts";
import { readLines, toLine } from "../../src/roster/journal/lines.ts";
import { lockFile } from "../../src/roster/journal/lock.ts";
import { about, summarizeResults } from "../../src/roster/journal/results.ts";
import { journalState } from "../../src/roster/journal/state.ts";
import { rejection } from "../helpers/server.ts";
import { change, intent, planOf, result } from "./fake-account.ts";

async function openFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "ax-users-journal-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

const PLAN = planOf([change("delete", "ada")]);
const HEAD = toLine({ type: "plan", plan: PLAN });

test("a text without its last half line is its entries", () => {
  expect(readLines(`${HEAD}${toLine(intent("a"))}{"type":"inte`, "j")).toEqual({
    entries: [{ type: "plan", plan: PLAN }, intent("a")],
    length: HEAD.length + toLine(intent("a")).length,
  });
  expect(readLines(HEAD, "j")).toEqual({ entries: [{ type: "plan", plan: PLAN }], length: HEAD.length });
  for (const half of ["", "{", '{"type":"plan"', '{"type":"plan","plan":{'])
    expect(readLines(half, "j")).toEqual({ entries: [], length: 0 });
});

test.each(["x", "{}", '{"type":"plam"', '{"type":"intent"', ' {"type":"plan"', "\n", `\n${HEAD}`, "[]\n"])(
  "%j is not a journal",
  (text) => {
    expect(() => readLines(text, "j.jsonl")).toThrow(new JournalError("j.jsonl is not a journal."));
  },
);

test.each([
  ["{", "is not JSON"],
  ["", "is not JSON"],
  ["null", "is not an entry of a journal"],
  ["7", "is not an entry of a journal"],
  ['"type"', "is not an entry of a journal"],
  ["[]", "is not an entry of a journal"],
  ["{}", "is not an entry of a journal"],
  ['{"type":"note","id":"a"}', "is not an entry of a journal"],
  ['{"type":"plan"}', "is not an entry of a journal"],
  ['{"type":"intent"}', "is not an entry of a journal"],
  ['{"type":"result","id":7}', "is not an entry of a journal"],
])("the line %j is damaged", (line, why) => {
  const thrown = () => readLines(`${HEAD}${line}\n`, "j.jsonl");
  expect(thrown).toThrow(new JournalError(`j.jsonl, line 2 is damaged: it ${why}.`));
  try {
    thrown();
  } catch (error) {
    expect(error instanceof Error && error.cause).toEqual(
      why === "is not JSON" ? expect.any(SyntaxError) : undefined,
    );
  }
});

test("the state of a journal is that of its last entries", () => {
  const [only = change("delete", "ada")] = PLAN.changes;
  const head = { type: "plan", plan: PLAN } as const;
  expect(() => journalState([])).toThrow(
    "The journal has no plan. If it is the right journal, nothing was sent: apply the plan.",
  );
  expect(() => journalState([intent("a")])).toThrow(JournalError);
  expect(journalState([head])).toStrictEqual({
    plan: PLAN,
    passwordFiles: [],
    results: new Map(),
    open: new Set(),
    attempted: new Set(),
  });
  const files = [{ ...head, passwords: "p" }, intent("a"), head, { ...head, passwords: "q" }];
  expect(journalState(files)).toMatchObject({ passwords: "q", passwordFiles: ["p", "q"] });
  const state = journalState([
    head,
    intent(only.id),
    result(only, { status: "failed" }),
    result(only, {}),
    intent("b"),
    head,
  ]);
  expect(state.open).toEqual(new Set(["b"]));
  expect(state.attempted).toEqual(new Set([only.id, "b"]));
  expect([...state.results]).toStrictEqual([
    [only.id, { id: only.id, kind: "delete", email: "ada@example.com", status: "done" }],
  ]);
});

test("results are counted by their status", () => {
  const one = (status: "done" | "unchanged" | "failed" | "unknown" | "stale" | "not_attempted") => ({
    ...about(change("delete", "a")),
    status,
  });
  expect(
    summarizeResults([
      one("done"),
      one("unchanged"),
      one("failed"),
      one("unknown"),
      one("unknown"),
      one("stale"),
      one("not_attempted"),
    ]),
  ).toEqual({
    ...{ done: 1, unchanged: 1, failed: 1, unknown: 2, stale: 1, notAttempted: 1 },
  });
  const { userId: _, ...nobody } = change("create", "a");
  expect(about(nobody)).toStrictEqual({ id: "create a", kind: "create", email: "a@example.com" });
  expect(about(change("delete", "a"))).toStrictEqual({
    id: "delete a",
    kind: "delete",
    email: "a@example.com",
    userId: "a",
  });
});

test("a journal in memory is open once, and gives copies", async () => {
  const journal = memoryJournal([intent("a")]);
  const entries = await journal.open();
  expect(entries).toEqual([intent("a")]);
  expect(await rejection(journal.open())).toEqual(new JournalError("Another run has this journal open."));
  Object.assign(entries[0] ?? {}, { id: "b" });
  expect(journal.entries).toEqual([intent("a")]);
  await journal.close();
  expect(await journal.open()).toEqual([intent("a")]);
});

test("a journal that is not open is not written, and can be closed", async () => {
  const path = join(await openFolder(), "j.jsonl");
  const journal = fileJournal(path);
  await journal.close();
  expect(await rejection(journal.append(intent("a")))).toEqual(new JournalError(`${path} is not open.`));
  await journal.open();
  await journal.append({ type: "plan", plan: PLAN });
  await journal.close();
  expect(await rejection(journal.append(intent("a")))).toEqual(new JournalError(`${path} is not open.`));
  expect(readFileSync(path, "utf8")).toBe(HEAD);
  expect(await journal.open()).toEqual([{ type: "plan", plan: PLAN }]);
  await journal.close();
});

test("a journal whose folder is missing, or that is a folder, says so", async () => {
  const folder = await openFolder();
  const nowhere = join(folder, "no", "j.jsonl");
  const error = await rejection(fileJournal(nowhere).open());
  expect(error).toBeInstanceOf(JournalError);
  expect(error).toMatchObject({
    message: expect.stringMatching(/j\.jsonl\.lock cannot be written: ENOENT/),
    cause: { code: "ENOENT" },
  });
  const path = join(folder, "inner");
  await mkdir(path);
  expect(await rejection(fileJournal(path).open())).toMatchObject({
    name: "JournalError",
    message: expect.stringMatching(/^\S+inner cannot be read: EISDIR/),
    cause: { code: "EISDIR" },
  });
  // The lock is released.
  expect(readdirSync(folder)).toEqual(["inner"]);
  const journal = fileJournal(join(folder, "j"));
  await journal.open();
  await mkdir(join(folder, "j"));
  expect(await rejection(journal.append(intent("a")))).toMatchObject({
    name: "JournalError",
    message: expect.stringMatching(/^\S+j cannot be written: EISDIR/),
  });
  await journal.close();
});

test("half a line is dropped before the next one, by bytes", async () => {
  const path = join(await openFolder(), "j.jsonl");
  const torn = Buffer.from('{"type":"intent","id":"\u00e9');
  writeFileSync(path, Buffer.concat([Buffer.from(HEAD), torn.subarray(0, -1)]));
  const journal = fileJournal(path);
  expect(await journal.open()).toHaveLength(1);
  await journal.append(intent("a"));
  await journal.close();
  expect(readFileSync(path, "utf8")).toBe(HEAD + toLine(intent("a")));
});

test("writes at the same time are all written, in their order", async () => {
  const path = join(await openFolder(), "f");
  writeFileSync(path, "kept, dropped");
  const file = new AppendOnlyFile(path, 4);
  await Promise.all(["a", "b", "c"].map((text) => file.append(text)));
  await file.append("d");
  const last = file.append("e");
  await file.close();
  await last;
  expect(readFileSync(path, "utf8")).toBe("keptabcde");
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

const holder = (more: object = {}) =>
  JSON.stringify({ pid: 2 ** 22 + 1, host: hostname(), nonce: "dead", ...more });

test("a lock is a file of its owner, and gone when it is released", async () => {
  const folder = await openFolder();
  const path = join(folder, "j.lock");
  const unlock = await lockFile(path, "this journal");
  expect(readdirSync(folder)).toEqual(["j.lock"]);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(JSON.parse(readFileSync(path, "utf8"))).toEqual({
    pid: process.pid,
    start: performance.timeOrigin,
    host: hostname(),
    nonce: expect.any(String),
  });
  const error = await rejection(lockFile(path, "this journal"));
  expect(error).toEqual(
    new JournalError(
      `Another run has this journal open (process ${process.pid} on ${hostname()}). If that run has ended, delete ${path} and start again.`,
    ),
  );
  await unlock();
  expect(readdirSync(folder)).toEqual([]);
  await (await lockFile(path, "this journal"))();
});

test("a lock that somebody else took by now is not released", async () => {
  const path = join(await openFolder(), "j.lock");
  const unlock = await lockFile(path, "this journal");
  writeFileSync(path, holder());
  await unlock();
  expect(readFileSync(path, "utf8")).toBe(holder());
  const again = await lockFile(path, "this journal");
  await rm(path);
  await again();
});

test.each([
  ["not JSON", "{", /\(another process\)/],
  ["without a nonce", JSON.stringify({ pid: 1, host: hostname() }), /\(another process\)/],
  ["without a process", JSON.stringify({ nonce: "n", host: hostname() }), /\(another process\)/],
  ["of another machine", holder({ host: "elsewhere" }), /\(process 4194305 on elsewhere\)/],
  ["of a process that runs", holder({ pid: process.ppid }), /\(process \d+ on /],
])("a lock that is %s is not taken over", async (_, text, message) => {
  const folder = await openFolder();
  const path = join(folder, "j.lock");
  writeFileSync(path, text);
  const error = await rejection(lockFile(path, "this journal"));
  expect(error).toBeInstanceOf(JournalError);
  expect((error as Error).message).toMatch(message);
  expect(readdirSync(folder)).toEqual(["j.lock"]);
  expect(readFileSync(path, "utf8")).toBe(text);
});

test("the lock of a process that is gone is taken over, unless another one is doing so", async () => {
  const folder = await openFolder();
  const path = join(folder, "j.lock");
  writeFileSync(path, holder());
  writeFileSync(`${path}.dead.claim`, "");
  expect(String(await rejection(lockFile(path, "this journal")))).toContain(`delete ${path}.dead.claim`);
  await rm(`${path}.dead.claim`);
  const unlock = await lockFile(path, "this journal");
  expect(readdirSync(folder)).toEqual(["j.lock"]);
  expect(JSON.parse(readFileSync(path, "utf8"))).toMatchObject({ pid: process.pid });
  await unlock();
  expect(await rejection(lockFile(join(folder, "no", "j.lock"), "this journal"))).toMatchObject({
    code: "ENOENT",
  });
});

const password = { email: "ada@example.com", userId: "u1", temporaryPassword: "pw" };

test("a file for passwords is there from the start, and gone if none was given", async () => {
  const folder = await openFolder();
  const path = join(folder, "p.jsonl");
  const store = passwordFile(path);
  expect(store.path).toBe(path);
  expect(String(await rejection(Promise.resolve().then(() => store.add(password))))).toBe(
    `JournalError: ${path} is not open.`,
  );
  await store.open?.({ isResumed: false });
  expect(readdirSync(folder)).toEqual(["p.jsonl", "p.jsonl.lock"]);
  await store.close?.();
  expect(readdirSync(folder)).toEqual([]);
  await store.close?.();
  await store.open?.({ isResumed: false });
  await store.add({ ...password, more: "x" } as typeof password);
  await store.close?.();
  expect(readFileSync(path, "utf8")).toBe(`${JSON.stringify(password)}\n`);
  expect(await rejection(store.open?.({ isResumed: false }) ?? Promise.resolve())).toEqual(
    new JournalError(`${path} already exists: name a new file for passwords.`),
  );
  await store.open?.({ isResumed: true });
  await store.close?.();
  expect(readdirSync(folder)).toEqual(["p.jsonl"]);
});

test.each([
  ["half a line is dropped", (line: string) => `${line}{"email":"x","us`, 1],
  ["the last newline is missing", (line: string) => line.trim(), 1],
  ["an editor has added a mark and carriage returns", (line: string) => `\uFEFF${line.trim()}\r\n`, 1],
  ["nothing is in it yet", () => "", 0],
  ["half of its first line is in it", () => '{"ema', 0],
  ["a line in the middle is not UTF-8", (line: string) => Buffer.from(`${line}\xff\n${line}`, "latin1"), 3],
] as const)("a resumed run appends to its file for passwords: %s", async (_, textOf, before) => {
  const path = join(await openFolder(), "p.jsonl");
  const line = `${JSON.stringify(password)}\n`;
  writeFileSync(path, textOf(line));
  const store = passwordFile(path);
  await store.open?.({ isResumed: true });
  await store.add({ ...password, userId: "u9" });
  await store.close?.();
  const lines = readFileSync(path, "utf8").replace("\uFEFF", "").split("\n");
  expect(lines).toHaveLength(before + 2);
  expect(JSON.parse(lines[before] ?? "")).toEqual({ ...password, userId: "u9" });
  if (before > 0) expect(JSON.parse(lines[0] ?? "")).toEqual(password);
});

test("a resumed run takes no file that is not for passwords", async () => {
  const path = join(await openFolder(), "notes.txt");
  for (const text of ["my only copy", '{"type":"plan"}\n']) {
    writeFileSync(path, text);
    const error = await rejection(passwordFile(path).open?.({ isResumed: true }) ?? Promise.resolve());
    expect(error).toEqual(new JournalError(`${path} is not a file for passwords: name a new one.`));
    expect(readFileSync(path, "utf8")).toBe(text);
  }
});

test("a file knows whose passwords it has, half a line aside", async () => {
  const folder = await openFolder();
  const path = join(folder, "p.jsonl");
  const store = passwordFile(path);
  expect(await store.has?.("u1")).toBe(false);
  const line = (userId: string) => `${JSON.stringify({ ...password, userId })}\n`;
  writeFileSync(path, `${line("u0")}\n${line("u1")}{"userId":"u2"`);
  expect([
    await store.has?.("u0"),
    await store.has?.("u1"),
    await store.has?.("u2"),
    await store.has?.("u3"),
  ]).toEqual([true, true, false, false]);
  writeFileSync(path, `${line("u0")}${line("u2").trim()}`);
  expect(await store.has?.("u2")).toBe(true);
  writeFileSync(path, `u1\nnull\n"u1"\n${line("u1")}`);
  expect([await store.has?.("u1"), await store.has?.("u0")]).toEqual([true, false]);
  writeFileSync(path, "");
  expect(await store.has?.("u1")).toBe(false);
  expect(await rejection(passwordFile(folder).has?.("u1") ?? Promise.resolve())).toMatchObject({
    code: "EISDIR",
  });
  expect(
    await rejection(passwordFile(folder).open?.({ isResumed: true }) ?? Promise.resolve()),
  ).toMatchObject({ code: "EISDIR" });
});
