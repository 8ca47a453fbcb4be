/** A lock between runs: a file next to the one that it protects. It names the process that holds it. */
import type * as fs from "node:fs/promises";
import { JournalError } from "./types.ts";

/** The content of a lock file. */
interface Holder {
  readonly pid: number;
  /** When the process started. After a crash in a container, a new process may have the ID of the dead one. */
  readonly start: number | undefined;
  readonly host: string;
  /** Distinguishes two locks of one process, which may have worker threads and several copies of this module. */
  readonly nonce: string;
}

/** A lock to acquire. */
interface Attempt {
  readonly files: typeof fs;
  readonly path: string;
  /** What the lock protects, for messages: `this journal`. */
  readonly what: string;
  readonly own: Holder;
  /** A complete lock under another name, so that nobody reads half a lock. */
  readonly draft: string;
}

/** The nonces of locks that this process released, but could not remove. */
const released = new Set<string>();

/**
 * Acquires the lock, and takes it over from a process that no longer runs. Returns a function that releases it. `what` is
 * what it protects, for messages.
 *
 * @throws {JournalError} if another run has the lock.
 */
export async function lockFile(path: string, what: string): Promise<() => Promise<void>> {
  const files = await import("node:fs/promises");
  const { hostname } = await import("node:os");
  const { performance } = await import("node:perf_hooks");
  const { pid } = await import("node:process");
  const own = { pid, start: performance.timeOrigin, host: hostname(), nonce: crypto.randomUUID() };
  const attempt = { files, path, what, own, draft: `${path}.${own.nonce}` };
  try {
    await acquire(attempt);
  } catch (error) {
    await release(attempt).catch(() => {});
    throw error;
  }
  return () => release(attempt);
}

async function acquire(attempt: Attempt): Promise<void> {
  const { files, path, own, draft } = attempt;
  try {
    await files.writeFile(draft, JSON.stringify(own), { mode: 0o600, flag: "wx" });
    if (!(await linked(files, draft, path))) await takeOver(attempt);
  } finally {
    await files.rm(draft, { force: true });
  }
}

/** Removes the lock if it is ours. */
async function release({ files, path, own }: Attempt): Promise<void> {
  try {
    const now = await readHolder(files, path);
    if (now?.nonce === own.nonce) await files.rm(path, { force: true });
  } catch (error) {
    released.add(own.nonce);
    throw error;
  }
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
 * If several runs see a dead lock, only one can create the claim that is named after it. A run that comes too late, after the
 * lock was taken over, finds another nonce in it.
 */
async function takeOver({ files, path, what, own, draft }: Attempt): Promise<void> {
  const before = await readHolder(files, path);
  if (!before || isAlive(before, own)) throw lockedBy(what, path, before);
  const claim = `${path}.${before.nonce}.claim`;
  if (!(await linked(files, draft, claim))) throw lockedBy(what, claim, before);
  try {
    const now = await readHolder(files, path);
    if (now?.nonce !== before.nonce) throw lockedBy(what, path, now);
    await files.rename(draft, path);
  } finally {
    await files.rm(claim, { force: true });
  }
}

function lockedBy(what: string, path: string, holder: Holder | undefined): JournalError {
  const who = holder ? `process ${holder.pid} on ${holder.host}` : "another process";
  return new JournalError(
    `Another run has ${what} open (${who}). If that run has ended, delete ${path} and start again.`,
  );
}

async function readHolder(files: typeof fs, path: string): Promise<Holder | undefined> {
  try {
    const { pid, start, host, nonce } = JSON.parse(await files.readFile(path, "utf8"));
    return typeof pid === "number" && typeof nonce === "string"
      ? { pid, start, host: String(host), nonce }
      : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the process of a lock may still be running. For another machine, this cannot be known. */
function isAlive(holder: Holder, own: Holder): boolean {
  if (holder.host !== own.host) return true;
  if (holder.pid === own.pid) return holder.start === own.start && !released.has(holder.nonce);
  try {
    // Signal 0 only checks whether the process exists.
    return process.kill(holder.pid, 0);
  } catch (error) {
    return codeOf(error) !== "ESRCH";
  }
}

const codeOf = (error: unknown): unknown =>
  typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
