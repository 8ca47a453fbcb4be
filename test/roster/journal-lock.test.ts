/** A lock keeps two runs apart, also two of one process. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import fs from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { fileJournal, JournalError } from "ax-users/roster";
import { expect, onTestFinished, test, vi } from "vitest";
import { AppendOnlyFile } from "../../src/roster/journal/append-only.ts";
import { lockFile } from "../../src/roster/journal/lock.ts";
import { rejection } from "../helpers/server.ts";
import { intent } from "./fake-account.ts";

async function tempFolder(): Promise<string> {
  const folder = await fs.mkdtemp(join(tmpdir(), "ax-users-lock-"));
  onTestFinished(() => fs.rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Calls `step` instead of removing the next file. */
function insteadOfRemoving(step: (...args: Parameters<typeof fs.rm>) => Promise<void>): void {
  const { rm } = fs;
  const set = (one: typeof rm) => {
    fs.rm = one;
    syncBuiltinESMExports();
  };
  set((...args) => {
    set(rm);
    return step(...args);
  });
}

test("a lock is held from the moment that its file has its name", async () => {
  const path = join(await tempFolder(), "j.lock");
  let second: unknown;
  insteadOfRemoving(async (draft, options) => {
    second = await lockFile(path, "this journal").catch((error: unknown) => error);
    await fs.rm(draft, options);
  });
  const unlock = await lockFile(path, "this journal");
  expect(second).toBeInstanceOf(JournalError);
  await unlock();
});

test("of several runs that open a journal at the same time, one gets it", async () => {
  const folder = await tempFolder();
  const opened: number[] = [];
  for (let round = 0; round < 60; round += 1) {
    const journals = [0, 1, 2].map(() => fileJournal(join(folder, `${round}.jsonl`)));
    const results = await Promise.allSettled(journals.map((journal) => journal.open()));
    opened.push(results.filter(({ status }) => status === "fulfilled").length);
    for (const [index, journal] of journals.entries())
      if (results[index]?.status === "fulfilled") await journal.close();
  }
  expect(new Set(opened)).toEqual(new Set([1]));
  expect(readdirSync(folder)).toEqual([]);
});

test("another copy of the package in this process does not take a lock over", async () => {
  const path = join(await tempFolder(), "j.lock");
  const unlock = await lockFile(path, "this journal");
  vi.resetModules();
  const copy: typeof import("../../src/roster/journal/lock.ts") = await import(
    "../../src/roster/journal/lock.ts"
  );
  expect(copy.lockFile).not.toBe(lockFile);
  expect(await rejection(copy.lockFile(path, "this journal"))).toMatchObject({
    name: "JournalError",
    message: expect.stringContaining(`process ${process.pid} on ${hostname()}`),
  });
  await unlock();
  await (await copy.lockFile(path, "this journal"))();
});

test("a lock has the time at which its process started, which is the same in a worker thread", async () => {
  const path = join(await tempFolder(), "j.lock");
  const unlock = await lockFile(path, "this journal");
  const { start } = JSON.parse(readFileSync(path, "utf8"));
  await unlock();
  const program =
    "require('node:worker_threads').parentPort.postMessage(require('node:perf_hooks').performance.timeOrigin)";
  const origin = await new Promise((resolve, reject) => {
    new Worker(program, { eval: true }).on("message", resolve).on("error", reject);
  });
  expect(start).toBe(origin);
});

test.each([
  ["another start", (own: object) => ({ ...own, start: 1 }), true],
  ["no start", ({ start: _, ...own }: { start?: number }) => own, true],
  ["our start", (own: object) => own, false],
] as const)("the lock of a process with our ID and %s", async (_, change, isTakenOver) => {
  const path = join(await tempFolder(), "j.lock");
  const unlock = await lockFile(path, "this journal");
  const own = JSON.parse(readFileSync(path, "utf8"));
  await unlock();
  writeFileSync(path, JSON.stringify({ ...change(own), nonce: "of somebody else" }));
  const again = lockFile(path, "this journal");
  if (isTakenOver) await (await again)();
  else expect(await rejection(again)).toBeInstanceOf(JournalError);
});

test("a lock that was released but could not be removed is taken over by the next run", async () => {
  const path = join(await tempFolder(), "j.lock");
  const unlock = await lockFile(path, "this journal");
  insteadOfRemoving(() => Promise.reject(new Error("busy")));
  expect(await rejection(unlock())).toEqual(new Error("busy"));
  const again = await lockFile(path, "this journal");
  await again();
});

test("a journal whose file cannot be closed is unlocked", async () => {
  const folder = await tempFolder();
  const journal = fileJournal(join(folder, "j.jsonl"));
  await journal.open();
  const close = vi.spyOn(AppendOnlyFile.prototype, "close").mockRejectedValueOnce(new Error("EIO"));
  onTestFinished(() => close.mockRestore());
  expect(await rejection(journal.close())).toEqual(new Error("EIO"));
  expect(readdirSync(folder)).toEqual([]);
  expect(await rejection(journal.append(intent("a")))).toMatchObject({ name: "JournalError" });
});
