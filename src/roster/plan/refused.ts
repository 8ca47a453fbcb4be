import { guard } from "../../errors/identity.ts";
import { ArizeError } from "../../index.ts";

/**
 * Why a plan is refused: too many removals, an empty roster, a roster in which nobody of the account is found, the last
 * active admin, somebody protected; or a plan of another address or account, or one that was edited.
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
 * The figures of a {@link PlanRefusedError}.
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
  /** How many people would be removed from the account. */
  removals: number;
  /** How many people the account has, pending invitations included; missing where they were not counted. */
  people?: number;
  /** The most that may be removed; missing where that is not the reason. */
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
  /** Which limit or check it was. */
  readonly reason: RefusalReason;
  /** The figures. */
  readonly counts: RefusalCounts;

  constructor(message: string, reason: RefusalReason, counts: RefusalCounts) {
    super(message);
    this.reason = reason;
    this.counts = counts;
  }

  static override readonly is: (value: unknown) => value is PlanRefusedError = guard("PlanRefusedError");
  declare readonly name: "PlanRefusedError";
}
