/** Checks the limits of a plan again, against the current account, before a request is sent. */
import { roleText } from "../plan/account.ts";
import { checkRemovals, mostRemovals, needsPeople } from "../plan/limits.ts";
import { PlanRefusedError } from "../plan/refused.ts";
import type { Change, Plan } from "../plan/types.ts";
import { assess } from "./assess.ts";
import { removalsOf } from "./check.ts";
import type { KnownPeople } from "./people.ts";
import type { Recorder } from "./recorder.ts";

/** Whether checking the limits needs the whole account. */
export function needsWholeList(plan: Plan, remaining: readonly Change[]): boolean {
  const open = removalsOf(remaining);
  if (open.length === 0) return false;
  const all = removalsOf(plan.changes).length;
  return (
    needsPeople(plan.limits, all) ||
    all > mostRemovals(plan.limits, 0) ||
    open.some(({ seen }) => seen?.role === "admin")
  );
}

/**
 * Counts the removals that are not stale, and the removals that this plan has already made.
 *
 * @throws {PlanRefusedError} if a limit is broken.
 */
export async function checkLimits(plan: Plan, people: KnownPeople, recorder: Recorder): Promise<void> {
  const { all } = people;
  const open = removalsOf(recorder.remaining);
  if (open.length === 0) return;
  const removals: Change[] = [];
  for (const change of open) {
    const user = await people.byId(change.userId ?? "");
    if (user && assess(change, user, recorder.attemptedFor(change)).status === "go") removals.push(change);
  }
  const done = removalsOf(recorder.writes).filter(
    (change) => recorder.resultOf(change)?.status === "done",
  ).length;
  checkRemovals(plan.limits, removals.length + done, all.length + done);
  const leaving = new Set(removals.map(({ userId }) => userId));
  const admins = all.filter(({ role, status }) => roleText(role) === "admin" && status === "active");
  if (admins.length === 0 || !admins.every(({ id }) => leaving.has(id))) return;
  const counts = { removals: removals.length, people: all.length };
  throw new PlanRefusedError("The plan would remove the last active account admin.", "last_admin", counts);
}
