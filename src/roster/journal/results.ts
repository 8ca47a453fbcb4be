import type { Change, ChangeKind } from "../plan/types.ts";

/**
 * The status of a change:
 *
 * - `done`: it took effect.
 * - `unchanged`: it was not needed, since the account already had it.
 * - `failed`: see `error`.
 * - `unknown`: it may have taken effect.
 * - `stale`: the person has changed since the plan was made; nothing was sent.
 * - `not_attempted`: the run ended before.
 *
 * @example
 * import { applyPlan, type ChangeStatus, planRoster } from "ax-users/roster";
 *
 * const wrong: ChangeStatus[] = ["failed", "unknown", "stale"];
 * const plan = await planRoster(client, [{ email: "grace@example.com", name: "Rear Admiral Hopper" }]);
 * console.log((await applyPlan(client, plan)).filter(({ status }) => wrong.includes(status)));
 */
export type ChangeStatus = "done" | "unchanged" | "failed" | "unknown" | "stale" | "not_attempted";

/**
 * Why a change is not done. In the run in which it happened, this is the typed error itself, except for a `stale` change. If
 * it was read from a journal, it has only these fields.
 *
 * @example
 * import { applyPlan, type ChangeError, planRoster } from "ax-users/roster";
 *
 * const describe = ({ name, message }: ChangeError) => `${name}: ${message}`;
 * const plan = await planRoster(client, [{ email: "grace@example.com", name: "Rear Admiral Hopper" }]);
 * for (const { error } of await applyPlan(client, plan)) console.log(error ? describe(error) : "done");
 */
export interface ChangeError {
  /** The name of the error class, such as `RateLimitError`; `StaleError` if the person has changed. */
  name: string;
  /** What went wrong. */
  message: string;
  /** The HTTP status, if there was a response. */
  status?: number;
}

/**
 * The result of one change of a plan.
 *
 * @example
 * import { applyPlan, type ChangeResult, planRoster } from "ax-users/roster";
 *
 * const describe = ({ kind, email, status }: ChangeResult) => `${kind} ${email}: ${status}`;
 * const plan = await planRoster(client, [{ email: "grace@example.com", name: "Rear Admiral Hopper" }]);
 * console.log((await applyPlan(client, plan)).map(describe));
 */
export interface ChangeResult {
  /** The change's ID. */
  id: string;
  /** The kind of the change. */
  kind: ChangeKind;
  /** The person's address. */
  email: string;
  /** The result. */
  status: ChangeStatus;
  /** The person's ID, if it is known. */
  userId?: string;
  /**
   * For a success: `created`, `existing`, or `recovered` if a request without a response took effect. For a failure: whether
   * it may have taken effect.
   */
  outcome?: "created" | "existing" | "recovered" | "not_applied" | "unknown";
  /** Why the change is not done. */
  error?: ChangeError;
  /** The request ID, for the vendor's support. */
  requestId?: string;
  /** The person exists, but the temporary password was lost. `users.resendInvitation` emails a link instead. */
  passwordLost?: true;
}

/**
 * The number of changes with each status.
 *
 * @example
 * import { applyPlan, planRoster, type RunSummary, summarizeResults } from "ax-users/roster";
 *
 * const plan = await planRoster(client, [{ email: "grace@example.com", name: "Rear Admiral Hopper" }]);
 * const summary: RunSummary = summarizeResults(await applyPlan(client, plan));
 * console.log(summary.done);
 */
export interface RunSummary {
  /** Changes that took effect. */
  done: number;
  /** Changes that were not needed: the account already had them. */
  unchanged: number;
  /** Changes that failed. */
  failed: number;
  /** Changes that may have taken effect. */
  unknown: number;
  /** Changes for people who have changed since the plan was made. */
  stale: number;
  /** Changes that the run did not attempt. */
  notAttempted: number;
}

/**
 * Counts results by status.
 *
 * @example
 * import { applyPlan, planRoster, summarizeResults } from "ax-users/roster";
 *
 * const plan = await planRoster(client, [{ email: "grace@example.com", name: "Rear Admiral Hopper" }]);
 * console.log(summarizeResults(await applyPlan(client, plan)));
 */
export function summarizeResults(results: readonly ChangeResult[]): RunSummary {
  const count = (status: ChangeStatus) => results.filter((result) => result.status === status).length;
  return {
    done: count("done"),
    unchanged: count("unchanged"),
    failed: count("failed"),
    unknown: count("unknown"),
    stale: count("stale"),
    notAttempted: count("not_attempted"),
  };
}

/** The fields of a change that its result contains. */
export const about = ({ id, kind, email, userId }: Change): Omit<ChangeResult, "status"> => ({
  id,
  kind,
  email,
  ...(userId !== undefined && { userId }),
});
