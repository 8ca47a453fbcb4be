import { AppendOnlyFile } from "./append-only.ts";
import { cannotRead, cannotWrite, decode, readIfThere } from "./files.ts";
import { readLines, toLine } from "./lines.ts";
import { lockFile } from "./lock.ts";
import { type Journal, type JournalEntry, JournalError } from "./types.ts";

/**
 * A journal in a file. It contains JSON Lines, only its owner can read it, and it is flushed to disk before each request. A
 * lock file next to it prevents two runs from using the same journal. If the process of a lock no longer runs, the next run
 * takes the lock over, but only on a host of the same name. A container that restarts may have a new name; the error then
 * names the lock file to delete. If a crash left half of the last line, that line is dropped. Works in Node and in runtimes
 * with Node's file system.
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
      unlock = await lockFile(`${path}.lock`, "this journal").catch(cannotWrite(`${path}.lock`));
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
      const open = file;
      file = undefined;
      try {
        await open?.close();
      } finally {
        await unlock();
      }
    },
  };
}

/** Returns no entries if the file does not exist yet. */
async function readJournalFile(path: string): Promise<{ entries: JournalEntry[]; length: number }> {
  const bytes = await readIfThere(path).catch(cannotRead(path));
  if (!bytes) return { entries: [], length: 0 };
  // Decode only complete lines: the last one may end in the middle of a character.
  const end = bytes.lastIndexOf(0x0a) + 1;
  const { entries } = readLines(decode(bytes.subarray(0, end)) + decode(bytes.subarray(end)), path);
  return { entries, length: end };
}
