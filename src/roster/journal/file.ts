import { AppendOnlyFile } from "./append-only.ts";
import { readLines, toLine } from "./lines.ts";
import { lockFile } from "./lock.ts";
import { type Journal, type JournalEntry, JournalError } from "./types.ts";

/**
 * A journal in a file: JSON Lines, readable by its owner only, appended to and flushed to disk before each request. A lock
 * file beside it keeps two runs off one journal; that of a process which is gone is taken over. A torn last line, which a
 * crash may leave, is dropped. Runs in Node and in runtimes with Node's file system.
 *
 * @example
 * import { applyPlan, fileJournal, planRoster } from "ax-users/roster";
 *
 * const plan = await planRoster(client, [{ email: "grace@example.com", name: "Rear Admiral Hopper" }]);
 * await applyPlan(client, plan, { journal: fileJournal("roster.journal.jsonl") });
 */
export function fileJournal(path: string): Journal {
  let file: AppendOnlyFile | undefined;
  let unlock = async () => {};
  return {
    async open() {
      unlock = await lockFile(`${path}.lock`).catch(cannotWrite(`${path}.lock`));
      try {
        const { entries, length } = await readJournalFile(path);
        file = new AppendOnlyFile(path, length);
        return entries;
      } catch (error) {
        await unlock();
        throw error;
      }
    },
    async append(entry) {
      if (!file) throw new JournalError(`${path} is not open.`);
      await file.append(toLine(entry)).catch(cannotWrite(path));
    },
    async close() {
      await file?.close();
      file = undefined;
      await unlock();
    },
  };
}

/** Names the file. That another run has the lock is an error that says so itself. */
const cannotWrite =
  (path: string) =>
  (cause: unknown): never => {
    if (cause instanceof JournalError) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new JournalError(`${path} cannot be written: ${why}`, { cause });
  };

/** None where there is no such file yet. */
async function readJournalFile(path: string): Promise<{ entries: JournalEntry[]; length: number }> {
  const { readFile } = await import("node:fs/promises");
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT")
      return { entries: [], length: 0 };
    throw error;
  }
  // Only whole lines are text for certain: the last one may end within a character.
  const end = bytes.lastIndexOf(0x0a) + 1;
  const decode = (part: Uint8Array) => new TextDecoder().decode(part);
  const { entries } = readLines(decode(bytes.subarray(0, end)) + decode(bytes.subarray(end)), path);
  return { entries, length: end };
}
