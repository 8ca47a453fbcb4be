import type { Change, ChangeKind } from "../plan/types.ts";

/**
 * The result of a change: `done`; `unchanged`, since it was in place already; `failed`; `unknown`, since nobody can tell
 * whether it took effect; `stale`, since the person is no longer what the plan saw, and nothing was sent; or
 * `not_attempted`, since the run ended before.
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
 * Why a change is not done. In the run that it happened in, this is the typed error itself; read from a journal it has the
 * fields that are named here.
 *
 * @example
 * import { applyPlan, type ChangeError, planRoster } from "ax-users/roster";
 *
 * const describe = ({ name, message }: ChangeError) => `${name}: ${message}`;
 * const plan = await planRoster(client, [{ email: "grace@example.com", name: "Rear Admiral Hopper" }]);
 * for (const { error } of await applyPlan(client, plan)) console.log(error ? describe(error) : "done");
 */
export interface ChangeError {
  /** The name of the class: `RateLimitError`. */
  name: string;
  /** What went wrong. */
  message: string;
  /** The HTTP status, where there was a response. */
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
  /** What was to be done. */
  kind: ChangeKind;
  /** The person's address. */
  email: string;
  /** Done or not, and how. */
  status: ChangeStatus;
  /** The person's ID, where it is known. */
  userId?: string;
  /**
   * Of a success: `created`, `existing`, or `recovered` where a request without a response turned out to have taken
   * effect. Of a failure: whether it may have taken effect.
   */
  outcome?: "created" | "existing" | "recovered" | "not_applied" | "unknown";
  /** Why it is not done. */
  error?: ChangeError;
  /** What to quote to the vendor's support. */
  requestId?: string;
  /** The person exists, but the temporary password was lost: send a password reset or resend the invitation. */
  passwordLost?: true;
}

/**
 * How many changes there are of each status.
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
  /** Changes that were in place already. */
  unchanged: number;
  /** Changes that failed. */
  failed: number;
  /** Changes of which nobody can tell whether they took effect. */
  unknown: number;
  /** Changes of people who are no longer what the plan saw. */
  stale: number;
  /** Changes that the run did not come to. */
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

/** What a result says of its change. */
export const about = ({ id, kind, email, userId }: Change): Omit<ChangeResult, "status"> => ({
  id,
  kind,
  email,
  ...(userId !== undefined && { userId }),
});
