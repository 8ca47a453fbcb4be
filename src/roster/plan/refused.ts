import { guard } from "../../errors/identity.ts";
import { ArizeError } from "../../index.ts";

/**
 * Why a plan is refused: it has too many removals, the roster is empty, nobody in the roster is in the account, it removes
 * the last active admin, it removes somebody protected, it belongs to another address or account, or it was edited.
 *
 * @example
 * import { PlanRefusedError, planRoster, type RefusalReason } from "ax-users/roster";
 *
 * const isLimit = (reason: RefusalReason) => reason === "max_removals";
 * await planRoster(client, [], { removeAbsent: true }).catch((error) => {
 *   if (!(error instanceof PlanRefusedError)) throw error;
 *   console.log(isLimit(error.reason));
 * });
 */
export type RefusalReason =
  | "max_removals"
  | "empty_roster"
  | "nobody_found"
  | "last_admin"
  | "protected"
  | "base_url"
  | "account"
  | "edited";

/**
 * The numbers in a {@link PlanRefusedError}.
 *
 * @example
 * import { PlanRefusedError, planRoster, type RefusalCounts } from "ax-users/roster";
 *
 * const describe = ({ removals, people }: RefusalCounts) => `${removals} of ${people}`;
 * await planRoster(client, [], { removeAbsent: true }).catch((error) => {
 *   if (!(error instanceof PlanRefusedError)) throw error;
 *   console.log(describe(error.counts));
 * });
 */
export interface RefusalCounts {
  /** The number of people that would be removed from the account. */
  removals: number;
  /** The number of people in the account, including pending invitations. Missing if they were not counted. */
  people?: number;
  /** The most people that may be removed. Missing if that is not the reason. */
  maxRemovals?: number;
}

/**
 * A plan breaks a limit, or was not made for this account. Nothing was changed.
 *
 * @example
 * import { PlanRefusedError, planRoster } from "ax-users/roster";
 *
 * await planRoster(client, [], { removeAbsent: true }).catch((error) => {
 *   if (!(error instanceof PlanRefusedError)) throw error;
 *   console.log(error.reason, error.counts.removals); // empty_roster 3
 * });
 */
export class PlanRefusedError extends ArizeError {
  /** The limit or check that failed. */
  readonly reason: RefusalReason;
  /** The numbers. */
  readonly counts: RefusalCounts;

  constructor(message: string, reason: RefusalReason, counts: RefusalCounts) {
    super(message);
    this.reason = reason;
    this.counts = counts;
  }

  static override readonly is: (value: unknown) => value is PlanRefusedError = guard("PlanRefusedError");
  declare readonly name: "PlanRefusedError";
}
