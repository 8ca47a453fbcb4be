import { AppendOnlyFile } from "./append-only.ts";
import { startsAlike } from "./lines.ts";
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
  /** The path of the file. The journal contains it, so that {@link resumePlan} appends to the same file. */
  readonly path?: string;
  /** Called before the first request. Rejects if the store cannot be used. */
  open?(options: {
    /** Whether a run is resumed. Then the store may already contain passwords. */
    isResumed: boolean;
  }): Promise<void>;
  /** Stores a password. It is durable once this resolves. */
  add(password: TemporaryPassword): Promise<void> | void;
  /** Whether the password of this user has been stored. After a crash, it may be lost. */
  has?(userId: string): Promise<boolean>;
  /** Called at the end of the run. */
  close?(): Promise<void>;
}

/**
 * A file for temporary passwords: JSON Lines of `{ email, userId, temporaryPassword }`. Only its owner can read it, and it is
 * flushed after each password. {@link applyPlan} rejects a file that exists; {@link resumePlan} appends to it. Works in Node
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
  let file: AppendOnlyFile | undefined;
  let isNew = false;
  return {
    path,
    async open({ isResumed }) {
      const bytes = await readIfThere(path);
      if (bytes && !isResumed)
        throw new JournalError(`${path} already exists: name a new file for passwords.`);
      const text = decode(bytes);
      // Half of a first line belongs to a run that gave no password.
      if (!startsAlike(text, FIRST))
        throw new JournalError(`${path} is not a file for passwords: name a new one.`);
      // An editor may have dropped the last newline. Half a line belongs to a password that was never reported as stored.
      const isWhole = userIdIn(text.slice(text.lastIndexOf("\n") + 1)) !== undefined;
      const complete = (bytes?.lastIndexOf(0x0a) ?? -1) + 1;
      file = new AppendOnlyFile(path, isWhole ? (bytes?.length ?? 0) : complete);
      // Find out that the file cannot be written before there is a password.
      await file.append(isWhole ? "\n" : "");
      isNew = bytes === undefined;
    },
    async add({ email, userId, temporaryPassword }) {
      if (!file) throw new JournalError(`${path} is not open.`);
      isNew = false;
      await file.append(`${JSON.stringify({ email, userId, temporaryPassword })}\n`);
    },
    async has(userId) {
      const lines = decode(await readIfThere(path)).split("\n");
      return lines.some((line) => userIdIn(line) === userId);
    },
    async close() {
      await file?.close();
      file = undefined;
      if (isNew) await removeFile(path);
    },
  };
}

/** Nothing for half a line, and for a line that somebody else wrote. */
function userIdIn(line: string): unknown {
  try {
    return JSON.parse(line)?.userId;
  } catch {
    return undefined;
  }
}

const decode = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);

/** An empty file would only block the next run. */
async function removeFile(path: string): Promise<void> {
  const { rm } = await import("node:fs/promises");
  await rm(path, { force: true });
}

async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  const { readFile } = await import("node:fs/promises");
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
