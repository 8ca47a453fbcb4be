import { type ArizeClient, ValidationError } from "../../index.ts";
import { emailKey } from "../formats/fields.ts";
import { checkNames } from "../formats/options.ts";
import { shown } from "../formats/problems.ts";
import { memoryJournal } from "../journal/memory.ts";
import type { ChangeResult } from "../journal/results.ts";
import { journalState } from "../journal/state.ts";
import { JournalError } from "../journal/types.ts";
import type { Change, Plan } from "../plan/types.ts";
import { NAMES, run, storeOf } from "./apply.ts";
import { checkPlan, writesOf } from "./check.ts";
import { Recorder } from "./recorder.ts";
import { Run } from "./run.ts";
import type { ApplyChangeOptions } from "./types.ts";

/**
 * A plan that has been checked, whose changes can be made one at a time: by several processes, in an order of your own.
 *
 * @example
 * import { memoryJournal, type OpenPlan, openPlan, planRoster } from "ax-users/roster";
 *
 * const plan = await planRoster(client, [{ email: "alan@example.com", name: "Alan Turing" }]);
 * const opened: OpenPlan = await openPlan(client, plan);
 * for (const { id } of opened.changes) console.log(await opened.applyChange(id, { journal: memoryJournal() }));
 */
export interface OpenPlan {
  /** The changes that are to be made, in the order of the plan. */
  readonly changes: readonly Change[];
  /**
   * Makes one change, or settles it: by the code of {@link resumePlan}, so that it does not matter who began it. A change
   * that has a final result in the journal gives that, without a request. One whose request may have been sent is settled
   * by reading the account before anything is sent again.
   *
   * One change is for one process at a time, which is yours to see to, and so is the order: the changes of one person in
   * that of the plan, deletions last. The membership of somebody whose creation is not in the journal is `not_attempted`;
   * where a result is that for another reason, it has an `error`.
   *
   * @param id The change's ID.
   * @throws a {@link JournalError} where the journal is of another plan.
   * @throws a {@link ValidationError} where the plan has no such change, or there is no place for temporary passwords.
   */
  applyChange(id: string, options: ApplyChangeOptions): Promise<ChangeResult>;
}

/**
 * Checks a plan, with the same rules as {@link applyPlan}, and opens it for changes that are made one at a time. GET requests
 * only. The limits are checked here, against the account as it is now.
 *
 * @throws a {@link PlanRefusedError} where the plan was edited, is of another address or account, or breaks a limit now.
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
    /** Ends the reading of the account; it then rejects with the signal's reason. */
    signal?: AbortSignal | undefined;
  } = {},
): Promise<OpenPlan> {
  checkNames("openPlan", options, ["signal"]);
  checkPlan(client, plan);
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
      checkNames("applyChange", options, [...NAMES, "journal", "retryFailed"]);
      const change = byId.get(id);
      if (!change) {
        const message = `must be that of a change of the plan, received ${shown(id)}`;
        throw new ValidationError("applyChange", [{ path: "id", message }]);
      }
      // Who has a large plan does not go through it for each of its changes.
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
        throw new JournalError("The journal is of another plan.");
    }
    const state = journalState([{ type: "plan", plan }, ...entries]);
    const passwords = storeOf(options.passwords);
    const results = await run({ client, journal, state, options, passwords, isResumed: true, only: id });
    const result = results.find((one) => one.id === id);
    if (!result) throw new Error(`There is no result for ${id}.`);
    return result;
  } finally {
    await journal.close();
  }
}
