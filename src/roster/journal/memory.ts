import { type Journal, type JournalEntry, JournalError } from "./types.ts";

/**
 * A journal in memory.
 *
 * @example
 * import { memoryJournal, type MemoryJournal } from "ax-users/roster";
 *
 * const journal: MemoryJournal = memoryJournal();
 * console.log(journal.entries.length); // 0
 */
export interface MemoryJournal extends Journal {
  /** The entries so far. */
  readonly entries: readonly JournalEntry[];
}

/**
 * Creates a journal that is lost when the process ends. Use it in tests, or if the results alone are enough.
 *
 * @param entries Its initial entries, such as those of another journal.
 * @example
 * import { applyPlan, memoryJournal, planRoster } from "ax-users/roster";
 *
 * const journal = memoryJournal();
 * const plan = await planRoster(client, [{ email: "grace@example.com", name: "Rear Admiral Hopper" }]);
 * await applyPlan(client, plan, { journal });
 * console.log(journal.entries.length); // 3
 */
export function memoryJournal(entries: readonly JournalEntry[] = []): MemoryJournal {
  // Copies: recorded entries must not change if the run changes its objects.
  const kept = entries.map((entry) => structuredClone(entry));
  let isOpen = false;
  return {
    get entries() {
      return kept.map((entry) => structuredClone(entry));
    },
    async open() {
      if (isOpen) throw new JournalError("Another run has this journal open.");
      isOpen = true;
      return kept.map((entry) => structuredClone(entry));
    },
    async append(entry) {
      kept.push(structuredClone(entry));
    },
    async close() {
      isOpen = false;
    },
  };
}
