/** A lock between processes: a file next to the journal that names the owner process. */
import type * as fs from "node:fs/promises";
import { JournalError } from "./types.ts";

/** The content of a lock file. The nonce distinguishes two locks of one process. */
interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly nonce: string;
}

/** The locks of this process. In a container, a new process may have the ID of the dead one. */
const held = new Set<string>();

/**
 * Acquires the lock, and takes it over from a process that no longer runs. Returns a function that releases it.
 *
 * @throws {JournalError} if another run has the lock.
 */
export async function lockFile(path: string): Promise<() => Promise<void>> {
  const fs = await import("node:fs/promises");
  const { hostname } = await import("node:os");
  const { pid } = await import("node:process");
  const own: Holder = { pid, host: hostname(), nonce: crypto.randomUUID() };
  // Write the whole file before giving it its name, so that nobody reads half a lock.
  const draft = `${path}.${own.nonce}`;
  try {
    await fs.writeFile(draft, JSON.stringify(own), { mode: 0o600, flag: "wx" });
    if (!(await linked(fs, draft, path))) await takeOver(fs, path, draft, own);
  } finally {
    await fs.rm(draft, { force: true });
  }
  held.add(own.nonce);
  return async () => {
    held.delete(own.nonce);
    const now = await readHolder(fs, path);
    if (now?.nonce === own.nonce) await fs.rm(path, { force: true });
  };
}

async function linked(files: typeof fs, draft: string, path: string): Promise<boolean> {
  try {
    await files.link(draft, path);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

/**
 * If several processes see a dead lock, only one can create the claim that is named after it. A process that comes too late,
 * after the lock was taken over, finds another nonce in it.
 */
async function takeOver(files: typeof fs, path: string, draft: string, own: Holder): Promise<void> {
  const before = await readHolder(files, path);
  if (!before || isAlive(before, own)) throw lockedBy(path, before);
  const claim = `${path}.${before.nonce}.claim`;
  if (!(await linked(files, draft, claim))) throw lockedBy(claim, before);
  try {
    const now = await readHolder(files, path);
    if (now?.nonce !== before.nonce) throw lockedBy(path, now);
    await files.rename(draft, path);
  } finally {
    await files.rm(claim, { force: true });
  }
}

function lockedBy(path: string, holder: Holder | undefined): JournalError {
  const who = holder ? `process ${holder.pid} on ${holder.host}` : "another process";
  return new JournalError(
    `Another run has this journal open (${who}). If that run has ended, delete ${path} and start again.`,
  );
}

async function readHolder(files: typeof fs, path: string): Promise<Holder | undefined> {
  try {
    const { pid, host, nonce } = JSON.parse(await files.readFile(path, "utf8"));
    return typeof pid === "number" && typeof nonce === "string"
      ? { pid, host: String(host), nonce }
      : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the process of a lock may still be running. For another machine, this cannot be known. */
function isAlive(holder: Holder, own: Holder): boolean {
  if (holder.host !== own.host) return true;
  if (holder.pid === own.pid) return held.has(holder.nonce);
  try {
    // Signal 0 only checks whether the process exists.
    return process.kill(holder.pid, 0);
  } catch (error) {
    return codeOf(error) !== "ESRCH";
  }
}

const codeOf = (error: unknown): unknown =>
  typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
