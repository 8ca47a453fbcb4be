import type { Plan } from "../plan/types.ts";
import type { ChangeResult } from "./results.ts";
import { type Journal, type JournalEntry, JournalError } from "./types.ts";

/**
 * The state of a plan, according to its journal.
 *
 * @example
 * import { fileJournal, type JournalState, readJournal } from "ax-users/roster";
 *
 * const describe = ({ results, open }: JournalState) => `${results.size} settled, ${open.size} open`;
 * await readJournal(fileJournal("none.journal.jsonl")).then(describe).catch((error) => console.log(error.message));
 */
export interface JournalState {
  /** The plan. */
  plan: Plan;
  /** The file for temporary passwords, the latest one if there are several. */
  passwords?: string;
  /** All files for temporary passwords that runs of the plan have used, in order. */
  passwordFiles: string[];
  /** The last result of each change, by the change's ID. */
  results: Map<string, ChangeResult>;
  /** The IDs of changes with an intent but no later result. Their requests may have taken effect. */
  open: Set<string>;
  /** The IDs of all changes that have an intent. */
  attempted: Set<string>;
}

/**
 * Computes the state from entries.
 *
 * @throws {JournalError} if the first entry is not a plan.
 */
export function journalState(entries: readonly JournalEntry[]): JournalState {
  const [first, ...others] = entries;
  if (first?.type !== "plan")
    throw new JournalError(
      "The journal has no plan. If it is the right journal, nothing was sent: apply the plan.",
    );
  const state: JournalState = {
    plan: first.plan,
    passwordFiles: [],
    results: new Map(),
    open: new Set(),
    attempted: new Set(),
  };
  for (const entry of [first, ...others]) {
    if (entry.type === "plan") {
      if (entry.passwords === undefined) continue;
      state.passwords = entry.passwords;
      state.passwordFiles.push(entry.passwords);
    } else if (entry.type === "intent") {
      state.open.add(entry.id);
      state.attempted.add(entry.id);
    } else {
      const { type: _, at: __, ...result } = entry;
      state.open.delete(entry.id);
      state.results.set(entry.id, result);
    }
  }
  return state;
}

/**
 * Reads the state of a plan from its journal. Sends no request, and does not change the journal.
 *
 * @throws a {@link JournalError} if another run has it open, or if it contains no plan.
 * @example
 * import { applyPlan, memoryJournal, planRoster, readJournal } from "ax-users/roster";
 *
 * const journal = memoryJournal();
 * const plan = await planRoster(client, [{ email: "grace@example.com", name: "Rear Admiral Hopper" }]);
 * await applyPlan(client, plan, { journal });
 * console.log((await readJournal(journal)).results.size); // 1
 */
export async function readJournal(journal: Journal): Promise<JournalState> {
  const entries = await journal.open();
  try {
    return journalState(entries);
  } finally {
    await journal.close();
  }
}
