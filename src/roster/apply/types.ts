import type { PasswordStore, TemporaryPassword } from "../journal/passwords.ts";
import type { ChangeResult, RunSummary } from "../journal/results.ts";
import type { Journal } from "../journal/types.ts";

/**
 * How far a run is.
 *
 * @example
 * import { type ApplyProgress, applyPlan, planRoster } from "ax-users/roster";
 *
 * const onProgress = ({ settled, total }: ApplyProgress) => console.log(settled, "of", total);
 * const plan = await planRoster(client, [{ email: "grace@example.com", name: "Rear Admiral Hopper" }]);
 * await applyPlan(client, plan, { onProgress });
 */
export interface ApplyProgress extends RunSummary {
  /** How many changes there are to be made. */
  total: number;
  /** How many have their result. */
  settled: number;
}

/**
 * Options of {@link applyPlan}.
 *
 * @example
 * import { type ApplyOptions, applyPlan, fileJournal, planRoster } from "ax-users/roster";
 *
 * const options: ApplyOptions = { journal: fileJournal("sync.journal.jsonl"), signal: AbortSignal.timeout(60_000) };
 * const plan = await planRoster(client, [{ email: "grace@example.com", name: "Rear Admiral Hopper" }]);
 * await applyPlan(client, plan, options);
 */
export interface ApplyOptions {
  /** Where to record each step. Default: in memory. */
  journal?: Journal | undefined;
  /** Where temporary passwords go; required where the plan has any to be given. */
  passwords?: PasswordStore | ((password: TemporaryPassword) => Promise<void> | void) | undefined;
  /** Ends the run: nothing further is sent, what was sent is awaited and recorded. */
  signal?: AbortSignal | undefined;
  /** Called after each change; exceptions are ignored. */
  onProgress?: ((progress: ApplyProgress) => void) | undefined;
  /** Called with the result of each change as it settles; exceptions are ignored. */
  onResult?: ((result: ChangeResult) => void) | undefined;
}

/**
 * Options of {@link resumePlan}.
 *
 * @example
 * import { applyPlan, memoryJournal, planRoster, type ResumeOptions, resumePlan } from "ax-users/roster";
 *
 * const options: ResumeOptions = { retryFailed: true };
 * const journal = memoryJournal();
 * await applyPlan(client, await planRoster(client, [{ email: "ada@example.com", name: "Ada" }]), { journal });
 * await resumePlan(client, journal, options);
 */
export interface ResumeOptions extends Omit<ApplyOptions, "journal"> {
  /** Repeats failed changes that certainly did not take effect. Default: false. */
  retryFailed?: boolean | undefined;
}

/**
 * Options of {@link OpenPlan.applyChange}.
 *
 * @example
 * import { type ApplyChangeOptions, memoryJournal, openPlan, planRoster } from "ax-users/roster";
 *
 * const options: ApplyChangeOptions = { journal: memoryJournal(), signal: AbortSignal.timeout(60_000) };
 * const plan = await planRoster(client, [{ email: "grace@example.com", name: "Rear Admiral Hopper" }]);
 * const { changes, applyChange } = await openPlan(client, plan);
 * for (const { id } of changes) console.log(await applyChange(id, options));
 */
export interface ApplyChangeOptions extends ResumeOptions {
  /**
   * Where to record each step. What it has of the change's person is read, the rest is ignored, so that there may be a
   * journal for each person; the plan need not be in it.
   */
  journal: Journal;
}
