/** Whom a plan may remove from the account, and how many. */
import { emailKey } from "../formats/fields.ts";
import { percentOf } from "./options.ts";
import { PlanRefusedError } from "./refused.ts";
import type { PlanLimits } from "./types.ts";

/** A percentage of a small account would forbid what everybody does now and then. */
const FEWEST_BY_PERCENT = 5;

/** Whether the roster's owner has this person protected. */
export function isProtected(email: string, protect: readonly string[]): boolean {
  const key = emailKey(email);
  const domain = key.slice(key.lastIndexOf("@"));
  return protect.some((who) => {
    const pattern = emailKey(who);
    return pattern === key || pattern === `*${domain}`;
  });
}

/** Whether the limit depends on how many people there are: a few may go in any case. */
export const needsPeople = ({ maxRemovals }: PlanLimits, removals: number): boolean =>
  typeof maxRemovals === "string" && removals > FEWEST_BY_PERCENT;

/** The most people that may be removed of so many. */
export function mostRemovals({ maxRemovals }: PlanLimits, people: number): number {
  if (typeof maxRemovals === "number") return maxRemovals;
  const percent = percentOf(maxRemovals) ?? 0;
  return percent === 0 ? 0 : Math.max(FEWEST_BY_PERCENT, Math.floor((people * percent) / 100));
}

/**
 * `people` counts pending invitations, and those whom the plan has removed before.
 *
 * @throws {PlanRefusedError} where that is too many.
 */
export function checkRemovals(limits: PlanLimits, removals: number, people: number): void {
  const most = mostRemovals(limits, people);
  if (removals <= most) return;
  throw new PlanRefusedError(
    `${removals} of ${people} people would be removed, more than the limit of ${most} ` +
      `(maxRemovals: ${limits.maxRemovals}). To permit it, plan with maxRemovals: ${removals}.`,
    "max_removals",
    { removals, people, maxRemovals: most },
  );
}
