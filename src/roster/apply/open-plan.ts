import { type ArizeClient, ValidationError } from "../../index.ts";
import { emailKey } from "../formats/fields.ts";
import { checkOptions } from "../formats/options.ts";
import { shown } from "../formats/problems.ts";
import { memoryJournal } from "../journal/memory.ts";
import type { ChangeResult } from "../journal/results.ts";
import { journalState } from "../journal/state.ts";
import { type Journal, type JournalEntry, JournalError } from "../journal/types.ts";
import type { Change, Plan } from "../plan/types.ts";
import { closeQuietly, firstEntry, NAMES, run, storeOf } from "./apply.ts";
import { checkPlan, writesOf } from "./check.ts";
import { Recorder } from "./recorder.ts";
import { Run } from "./run.ts";
import type { ApplyChangeOptions } from "./types.ts";

/**
 * A checked plan. Make its changes one at a time, from several processes, in your own order.
 *
 * @example
 * import { memoryJournal, type OpenPlan, openPlan, planRoster } from "ax-users/roster";
 *
 * const plan = await planRoster(client, [{ email: "alan@example.com", name: "Alan Turing" }]);
 * const opened: OpenPlan = await openPlan(client, plan);
 * for (const { id } of opened.changes) console.log(await opened.applyChange(id, { journal: memoryJournal() }));
 */
export interface OpenPlan {
  /** The changes to make, in the order of the plan. */
  readonly changes: readonly Change[];
  /**
   * Makes one change, in the same way as {@link resumePlan}. It does not matter which process began the change. If the
   * journal has a final result for it, returns that result without a request. If a request may have been sent, reads the
   * account first, to find out what happened. Your code must ensure that only one process works on a change, and that the
   * order is right: the changes of one person in the order of the plan, and deletions last. If the journal does not contain
   * the creation of a person, a membership of that person is `not_attempted`. If a result is `not_attempted` for another
   * reason, it has an `error`.
   *
   * @param id The change's ID.
   * @throws a {@link JournalError} if the journal belongs to another plan.
   * @throws a {@link ValidationError} if the plan has no such change, or if there is no place for temporary passwords.
   */
  applyChange(id: string, options: ApplyChangeOptions): Promise<ChangeResult>;
}

/**
 * Checks a plan by the rules of {@link applyPlan}, and opens it, so that you can make its changes one at a time. Sends only
 * GET requests. Checks the limits against the current account.
 *
 * @throws a {@link PlanRefusedError} if the plan was edited, belongs to another address or account, or breaks a limit now.
 * @example
 * import { memoryJournal, openPlan, planRoster } from "ax-users/roster";
 *
 * const plan = await planRoster(client, [{ email: "alan@example.com", name: "Alan Turing" }]);
 * const { changes, applyChange } = await openPlan(client, plan);
 * // A journal for each person, wherever you keep it.
 * const journals = new Map(changes.map(({ email }) => [email, memoryJournal()]));
 * for (const { id, email } of changes) {
 *   const journal = journals.get(email) ?? memoryJournal();
 *   console.log((await applyChange(id, { journal })).status); // done
 * }
 */
export async function openPlan(
  client: ArizeClient,
  plan: Plan,
  options: {
    /** Cancels reading the account. The call then rejects with the signal's reason. */
    signal?: AbortSignal | undefined;
  } = {},
): Promise<OpenPlan> {
  checkOptions("openPlan", options, ["signal"]);
  checkPlan("openPlan", client, plan);
  const checked = structuredClone(plan);
  const state = journalState([{ type: "plan", plan: checked }]);
  const recorder = new Recorder(state, memoryJournal(), {});
  await Run.prepare({ client, plan: checked, recorder, passwords: undefined, signal: options.signal });
  const changes = writesOf(checked);
  const byId = new Map(changes.map((change) => [change.id, change]));
  const ofPerson = new Map<string, Change[]>();
  for (const change of changes) {
    const key = emailKey(change.email);
    ofPerson.set(key, [...(ofPerson.get(key) ?? []), change]);
  }
  return {
    changes,
    async applyChange(id, options) {
      checkOptions("applyChange", options, [...NAMES, "journal", "retryFailed"], ["journal"]);
      const change = byId.get(id);
      if (!change) {
        const message = `must be the ID of a change in the plan, received ${shown(id)}`;
        throw new ValidationError("applyChange", [{ path: "id", message }]);
      }
      // Do not iterate over a large plan for each of its changes.
      const own = { ...checked, changes: ofPerson.get(emailKey(change.email)) ?? [] };
      return applyOne(client, own, id, options);
    },
  };
}

async function applyOne(
  client: ArizeClient,
  plan: Plan,
  id: string,
  options: ApplyChangeOptions,
): Promise<ChangeResult> {
  const { journal } = options;
  const entries = await journal.open();
  try {
    for (const entry of entries) {
      if (entry.type === "plan" && entry.plan.digest !== plan.digest)
        throw new JournalError("The journal belongs to another plan.");
    }
    const state = journalState([{ type: "plan", plan }, ...entries]);
    const passwords = storeOf(options.passwords);
    const results = await run({
      ...{ client, state, options, passwords },
      journal: beginningWith(firstEntry(plan, passwords), journal, entries),
      isResumed: true,
      only: id,
    });
    const result = results.find((one) => one.id === id);
    if (!result) throw new Error(`There is no result for ${id}.`);
    return result;
  } finally {
    await closeQuietly(journal);
  }
}

/** Appends the first entry before any other one, if the journal has none. */
function beginningWith(
  first: JournalEntry,
  journal: Journal,
  entries: readonly JournalEntry[],
): Pick<Journal, "append"> {
  let isBegun = entries.length > 0;
  return {
    async append(entry) {
      if (!isBegun) await journal.append(first);
      isBegun = true;
      await journal.append(entry);
    },
  };
}
