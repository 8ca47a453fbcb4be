import { guard } from "../../errors/identity.ts";
import { ArizeError } from "../../index.ts";
import type { Plan } from "../plan/types.ts";
import type { ChangeResult } from "./results.ts";

/**
 * One entry of a journal: the plan, which comes first; the intent to send a request; or the result of a change.
 *
 * @example
 * import { applyPlan, type JournalEntry, memoryJournal, planRoster } from "ax-users/roster";
 *
 * const describe = (entry: JournalEntry) => (entry.type === "plan" ? "plan" : `${entry.type} ${entry.id}`);
 * const journal = memoryJournal();
 * const plan = await planRoster(client, [{ email: "grace@example.com", name: "Rear Admiral Hopper" }]);
 * await applyPlan(client, plan, { journal });
 * console.log(journal.entries.map(describe));
 */
export type JournalEntry =
  | {
      /** The first entry. A resumed run with another file for temporary passwords appends it again. */
      type: "plan";
      /** The plan. */
      plan: Plan;
      /** The file for temporary passwords. */
      passwords?: string;
    }
  | {
      /** Written before a change's first request. */
      type: "intent";
      /** The change's ID. */
      id: string;
      /** The time, in RFC 3339. */
      at: string;
    }
  | ({
      /** Written after the response. */
      type: "result";
      /** The time, in RFC 3339. */
      at: string;
    } & ChangeResult);

/**
 * Records each step of {@link applyPlan} and its result. Use {@link memoryJournal} or {@link fileJournal}, or implement your
 * own with any store that can append durably.
 *
 * @example
 * import { applyPlan, type Journal, type JournalEntry, planRoster } from "ax-users/roster";
 *
 * const stored: JournalEntry[] = [];
 * const journal: Journal = {
 *   open: async () => stored.slice(),
 *   append: async (entry) => void stored.push(entry),
 *   close: async () => {},
 * };
 * const plan = await planRoster(client, [{ email: "grace@example.com", name: "Rear Admiral Hopper" }]);
 * await applyPlan(client, plan, { journal });
 * console.log(stored.length); // 3
 */
export interface Journal {
  /** Locks the journal, and reads its entries. Rejects if another run has it open. */
  open(): Promise<readonly JournalEntry[]>;
  /** Appends an entry. It is durable once this resolves. If this rejects, the run sends nothing more. */
  append(entry: JournalEntry): Promise<void>;
  /** Unlocks the journal. */
  close(): Promise<void>;
}

/**
 * A journal cannot be used: another run has it open, it already exists, it is not a journal, or it cannot be written.
 *
 * @example
 * import { applyPlan, JournalError, memoryJournal, planRoster } from "ax-users/roster";
 *
 * const journal = memoryJournal();
 * const plan = await planRoster(client, [{ email: "grace@example.com", name: "Rear Admiral Hopper" }]);
 * await applyPlan(client, plan, { journal });
 * await applyPlan(client, plan, { journal }).catch((error) => {
 *   if (!(error instanceof JournalError)) throw error;
 *   console.log(error.message); // names resumePlan
 * });
 */
export class JournalError extends ArizeError {
  static override readonly is: (value: unknown) => value is JournalError = guard("JournalError");
  declare readonly name: "JournalError";
}
