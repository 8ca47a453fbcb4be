import { AppendOnlyFile } from "./append-only.ts";
import { absolutePath, cannotWrite, decode, readIfThere } from "./files.ts";
import { startsAlike } from "./lines.ts";
import { lockFile } from "./lock.ts";
import { JournalError } from "./types.ts";

const FIRST = '{"email":';

/**
 * The temporary password of a person that a plan created.
 *
 * @example
 * import { applyPlan, planRoster, type TemporaryPassword } from "ax-users/roster";
 *
 * const given: TemporaryPassword[] = [];
 * const rows = [{ email: "alan@example.com", name: "Alan Turing", invite_mode: "temporary_password" }];
 * await applyPlan(client, await planRoster(client, rows), { passwords: (one) => void given.push(one) });
 * console.log(given.length); // 1
 */
export interface TemporaryPassword {
  /** The person's address. */
  email: string;
  /** The person's ID; empty if a malformed response did not show it. */
  userId: string;
  /** The person must change it at the first login. The API returns it only once. */
  temporaryPassword: string;
}

/**
 * A store for temporary passwords.
 *
 * @example
 * import { applyPlan, type PasswordStore, planRoster } from "ax-users/roster";
 *
 * const vault = new Map<string, string>();
 * const passwords: PasswordStore = {
 *   add: async ({ userId, temporaryPassword }) => void vault.set(userId, temporaryPassword),
 *   has: async (userId) => vault.has(userId),
 * };
 * const rows = [{ email: "alan@example.com", name: "Alan Turing", invite_mode: "temporary_password" }];
 * await applyPlan(client, await planRoster(client, rows), { passwords });
 * console.log(vault.size); // 1
 */
export interface PasswordStore {
  /** The absolute path of the file. The journal contains it, so that {@link resumePlan} appends to the same file. */
  readonly path?: string;
  /** Called before the first request. Rejects if the store cannot be used. */
  open?(options: {
    /** Whether a run is resumed. Then the store may already contain passwords. */
    isResumed: boolean;
  }): Promise<void>;
  /** Stores a password. It is durable once this resolves. */
  add(password: TemporaryPassword): Promise<void> | void;
  /** Whether the password of this user has been stored. After a crash, it may be lost. May be called before `open`. */
  has?(userId: string): Promise<boolean>;
  /** Called at the end of the run, once per `open`. */
  close?(): Promise<void>;
}

/**
 * A file for temporary passwords: JSON Lines of `{ email, userId, temporaryPassword }`. Only its owner can read it, and it is
 * flushed after each password. {@link applyPlan} rejects a file that exists; {@link resumePlan} appends to it. Several calls
 * of `applyChange` at the same time must share one store: a lock file next to the file keeps all other stores out. Works in Node
 * and in runtimes with Node's file system.
 *
 * @example
 * import { applyPlan, passwordFile, planRoster } from "ax-users/roster";
 *
 * const rows = [{ email: "alan@example.com", name: "Alan Turing", invite_mode: "temporary_password" }];
 * const plan = await planRoster(client, rows);
 * await applyPlan(client, plan, { passwords: passwordFile("passwords.jsonl") });
 */
export function passwordFile(path: string): PasswordStore {
  const absolute = absolutePath(path);
  let current: OpenFile | undefined;
  let opens = 0;
  // Opening and closing wait for each other.
  let last: Promise<void> = Promise.resolve();
  const inTurn = (step: () => Promise<void>): Promise<void> => {
    const next = last.then(step);
    last = next.catch(() => {});
    return next;
  };
  return {
    path: absolute,
    open: ({ isResumed }) =>
      inTurn(async () => {
        if (!current) current = await openFile(absolute, isResumed);
        else if (!isResumed) throw alreadyExists(absolute);
        // After a failed write, the file takes no more passwords.
        else await current.file.append("");
        opens += 1;
      }),
    async add({ email, userId, temporaryPassword }) {
      if (!current) throw new JournalError(`${absolute} is not open.`);
      await current.file.append(`${JSON.stringify({ email, userId, temporaryPassword })}\n`);
    },
    async has(userId) {
      const lines = decode(await readIfThere(absolute)).split("\n");
      return lines.some((line) => userIdIn(line) === userId);
    },
    close: () =>
      inTurn(async () => {
        if (!current) return;
        opens -= 1;
        if (opens > 0) return;
        const closing = current;
        current = undefined;
        await closeFile(absolute, closing);
      }),
  };
}

/** A file for passwords, with its lock. */
interface OpenFile {
  readonly file: AppendOnlyFile;
  readonly isNew: boolean;
  readonly unlock: () => Promise<void>;
}

async function openFile(path: string, isResumed: boolean): Promise<OpenFile> {
  const unlock = await lockFile(`${path}.lock`, path).catch(cannotWrite(`${path}.lock`));
  let file: AppendOnlyFile | undefined;
  try {
    const { length, isWhole, isNew } = await inspect(path, isResumed);
    file = new AppendOnlyFile(path, length);
    // Find out that the file cannot be written before there is a password.
    await file.append(isWhole ? "\n" : "");
    return { file, isNew, unlock };
  } catch (error) {
    await file?.close().catch(() => {});
    await unlock();
    throw error;
  }
}

/** Finds how much of a file to keep, and whether its last line is whole although its newline is missing. */
async function inspect(path: string, isResumed: boolean) {
  const bytes = await readIfThere(path);
  if (bytes && !isResumed) throw alreadyExists(path);
  const text = decode(bytes);
  // Half of a first line belongs to a run that gave no password.
  if (!startsAlike(text, FIRST))
    throw new JournalError(`${path} is not a file for passwords: name a new one.`);
  // An editor may have dropped the last newline. Half a line belongs to a password that was never reported as stored.
  const isWhole = userIdIn(text.slice(text.lastIndexOf("\n") + 1)) !== undefined;
  const complete = (bytes?.lastIndexOf(0x0a) ?? -1) + 1;
  return { length: isWhole ? (bytes?.length ?? 0) : complete, isWhole, isNew: bytes === undefined };
}

async function closeFile(path: string, { file, isNew, unlock }: OpenFile): Promise<void> {
  try {
    await file.close();
    if (isNew) await removeIfEmpty(path);
  } finally {
    await unlock();
  }
}

/** An empty file would only block the next run. */
async function removeIfEmpty(path: string): Promise<void> {
  const { rm } = await import("node:fs/promises");
  if ((await readIfThere(path))?.length === 0) await rm(path);
}

const alreadyExists = (path: string) =>
  new JournalError(`${path} already exists: name a new file for passwords.`);

/** Nothing for half a line, and for a line that somebody else wrote. */
function userIdIn(line: string): unknown {
  try {
    return JSON.parse(line)?.userId;
  } catch {
    return undefined;
  }
}
