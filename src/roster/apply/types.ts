import type { PasswordStore, TemporaryPassword } from "../journal/passwords.ts";
import type { ChangeResult, RunSummary } from "../journal/results.ts";
import type { Journal } from "../journal/types.ts";

/**
 * The progress of a run.
 *
 * @example
 * import { type ApplyProgress, applyPlan, planRoster } from "ax-users/roster";
 *
 * const onProgress = ({ settled, total }: ApplyProgress) => console.log(settled, "of", total);
 * const plan = await planRoster(client, [{ email: "grace@example.com", name: "Rear Admiral Hopper" }]);
 * await applyPlan(client, plan, { onProgress });
 */
export interface ApplyProgress extends RunSummary {
  /** The number of changes to make. */
  total: number;
  /** The number of changes with a result. */
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
  /** The journal that records each step. Default: in memory. */
  journal?: Journal | undefined;
  /** The store for temporary passwords. Required if the plan creates any. */
  passwords?: PasswordStore | ((password: TemporaryPassword) => Promise<void> | void) | undefined;
  /** Ends the run. It sends nothing more, waits for requests in flight, and records their results. */
  signal?: AbortSignal | undefined;
  /** Called after each change; exceptions are ignored. */
  onProgress?: ((progress: ApplyProgress) => void) | undefined;
  /** Called with the result of each change as soon as it is known; exceptions are ignored. */
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
  /** Retries failed changes that definitely did not take effect. Default: false. */
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
   * The journal that records each step. Only its entries for the change's person are read, so you can use a separate journal
   * for each person and plan. If it is empty, its first entry will be the person's part of the plan.
   */
  journal: Journal;
}
