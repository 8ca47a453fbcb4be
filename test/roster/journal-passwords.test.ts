/** One file for passwords in several hands: no password is lost. */
import { appendFileSync, readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { JournalError, memoryJournal, openPlan, passwordFile, planRoster } from "ax-users/roster";
import { expect, onTestFinished, test, vi } from "vitest";
import { AppendOnlyFile } from "../../src/roster/journal/append-only.ts";
import { openAccount } from "../helpers/sandbox.ts";
import { rejection } from "../helpers/server.ts";

async function openFile() {
  const folder = await mkdtemp(join(tmpdir(), "ax-users-passwords-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, "p.jsonl");
  return { folder, path, store: passwordFile(path) };
}

const RESUMED = { isResumed: true };
const NEW = { isResumed: false };
const password = (userId: string) => ({ email: `${userId}@example.com`, userId, temporaryPassword: "pw" });
const usersIn = (path: string): string[] =>
  readFileSync(path, "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line).userId);
const reject = async (call: Promise<void> | undefined) => rejection(Promise.resolve(call));

test("a store that is opened several times is open until its last close", async () => {
  const { folder, path, store } = await openFile();
  await Promise.all([store.open?.(RESUMED), store.open?.(RESUMED), store.open?.(RESUMED)]);
  await store.close?.();
  await store.add(password("a"));
  await store.close?.();
  await store.add(password("b"));
  await store.close?.();
  expect(await rejection(Promise.resolve(store.add(password("c"))))).toEqual(
    new JournalError(`${path} is not open.`),
  );
  await store.close?.();
  expect(usersIn(path)).toEqual(["a", "b"]);
  expect(readdirSync(folder)).toEqual(["p.jsonl"]);
});

test("a store can be opened while it closes", async () => {
  const { path, store } = await openFile();
  await store.open?.(NEW);
  await store.add(password("a"));
  await Promise.all([store.close?.(), store.open?.(RESUMED)]);
  await store.add(password("b"));
  await store.close?.();
  expect(usersIn(path)).toEqual(["a", "b"]);
});

test("a new run takes no store that another run has open", async () => {
  const { path, store } = await openFile();
  await store.open?.(NEW);
  expect(await reject(store.open?.(NEW))).toEqual(
    new JournalError(`${path} already exists: name a new file for passwords.`),
  );
  await store.close?.();
});

test("two stores cannot have one file open", async () => {
  const { folder, path, store } = await openFile();
  await store.open?.(NEW);
  const other = passwordFile(path);
  expect(await reject(other.open?.(RESUMED))).toMatchObject({
    name: "JournalError",
    message: expect.stringMatching(
      /^Another run has \S+p\.jsonl open \(process .* delete \S+p\.jsonl\.lock and start again\.$/,
    ),
  });
  await store.add(password("a"));
  await store.close?.();
  await other.open?.(RESUMED);
  await other.add(password("b"));
  await other.close?.();
  expect(usersIn(path)).toEqual(["a", "b"]);
  expect(readdirSync(folder)).toEqual(["p.jsonl"]);
});

test("a new file is removed only if nothing is in it", async () => {
  const { folder, path, store } = await openFile();
  await store.open?.(NEW);
  appendFileSync(path, "from somebody else\n");
  await store.close?.();
  expect(readFileSync(path, "utf8")).toBe("from somebody else\n");
  await rm(path);
  await store.open?.(NEW);
  await rm(path);
  await store.close?.();
  expect(readdirSync(folder)).toEqual([]);
});

test("after a failed write, an open store is not opened again", async () => {
  const { folder, path, store } = await openFile();
  await store.open?.(NEW);
  const append = vi.spyOn(AppendOnlyFile.prototype, "append").mockRejectedValue(new Error("ENOSPC"));
  onTestFinished(() => append.mockRestore());
  expect(await reject(store.open?.(RESUMED))).toEqual(new Error("ENOSPC"));
  append.mockRestore();
  await store.close?.();
  expect(readdirSync(folder)).toEqual([]);
  await store.open?.(NEW);
  await store.add(password("a"));
  await store.close?.();
  expect(usersIn(path)).toEqual(["a"]);
});

test("a file that cannot be written leaves no lock", async () => {
  const { folder, path, store } = await openFile();
  const append = vi.spyOn(AppendOnlyFile.prototype, "append").mockRejectedValueOnce(new Error("ENOSPC"));
  onTestFinished(() => append.mockRestore());
  expect(await reject(store.open?.(NEW))).toEqual(new Error("ENOSPC"));
  expect(readdirSync(folder)).toEqual([]);
  const nowhere = passwordFile(join(path, "no", "p.jsonl"));
  expect(await reject(nowhere.open?.(NEW))).toMatchObject({
    name: "JournalError",
    message: expect.stringMatching(/p\.jsonl\.lock cannot be written: ENOENT/),
  });
});

test("changes that are made at the same time store all passwords in one store", async () => {
  const { path, store } = await openFile();
  const { client } = await openAccount();
  const rows = ["a", "b", "c", "d"].map((name) => ({
    ...{ email: `${name}@example.com`, name, invite_mode: "temporary_password" },
  }));
  const { changes, applyChange } = await openPlan(client, await planRoster(client, rows));
  const results = await Promise.all(
    changes.map(({ id }) => applyChange(id, { journal: memoryJournal(), passwords: store })),
  );
  expect(results.map(({ status, passwordLost }) => [status, passwordLost])).toEqual(
    rows.map(() => ["done", undefined]),
  );
  expect(usersIn(path).sort()).toEqual(results.map(({ userId }) => userId).sort());
});

test("a relative path names the same file after the current folder changes", async () => {
  const { folder } = await openFile();
  const cwd = vi.spyOn(process, "cwd").mockReturnValue(folder);
  onTestFinished(() => cwd.mockRestore());
  const store = passwordFile("p.jsonl");
  cwd.mockRestore();
  expect(store.path).toBe(join(folder, "p.jsonl"));
  await store.open?.(NEW);
  await store.add(password("a"));
  await store.close?.();
  expect(usersIn(join(folder, "p.jsonl"))).toEqual(["a"]);
  expect(await store.has?.("a")).toBe(true);
});

test("a runtime without Node's modules can create a store", () => {
  const { getBuiltinModule } = process;
  onTestFinished(() => void Object.assign(process, { getBuiltinModule }));
  Object.assign(process, { getBuiltinModule: undefined });
  expect(passwordFile("p.jsonl").path).toBe("p.jsonl");
});
