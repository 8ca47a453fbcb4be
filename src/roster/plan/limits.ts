/** The limits on removals: who may be removed, and how many people. */
import { emailKey } from "../formats/fields.ts";
import { percentOf } from "./options.ts";
import { PlanRefusedError } from "./refused.ts";
import type { PlanLimits } from "./types.ts";

/** In a small account, a percentage alone would forbid ordinary removals. */
const FEWEST_BY_PERCENT = 5;

/** Whether `protect` contains this person. */
export function isProtected(email: string, protect: readonly string[]): boolean {
  const key = emailKey(email);
  const domain = key.slice(key.lastIndexOf("@"));
  return protect.some((who) => {
    const pattern = emailKey(who);
    return pattern === key || pattern === `*${domain}`;
  });
}

/** Whether the limit depends on the size of the account: a few people may always be removed. */
export const needsPeople = ({ maxRemovals }: PlanLimits, removals: number): boolean =>
  typeof maxRemovals === "string" && removals > FEWEST_BY_PERCENT;

/** The most people that may be removed from an account of this size. */
export function mostRemovals({ maxRemovals }: PlanLimits, people: number): number {
  if (typeof maxRemovals === "number") return maxRemovals;
  const percent = percentOf(maxRemovals) ?? 0;
  return percent === 0 ? 0 : Math.max(FEWEST_BY_PERCENT, Math.floor((people * percent) / 100));
}

/**
 * `people` includes pending invitations, and people whom the plan has already removed.
 *
 * @throws {PlanRefusedError} if there are too many removals.
 */
export function checkRemovals(limits: PlanLimits, removals: number, people: number): void {
  const most = mostRemovals(limits, people);
  if (removals <= most) return;
  throw new PlanRefusedError(
    `${removals} of ${people} people would be removed, more than the limit of ${most} ` +
      `(maxRemovals: ${limits.maxRemovals}). To allow it, plan with maxRemovals: ${removals}.`,
    "max_removals",
    { removals, people, maxRemovals: most },
  );
}
