/** Checks whether this client may apply a plan. */
import { contextOf } from "../../facade/client-registry.ts";
import { type ArizeClient, ValidationError } from "../../index.ts";
import { shown } from "../formats/problems.ts";
import { planDigest } from "../plan/digest.ts";
import { isProtected } from "../plan/limits.ts";
import { limitIssues } from "../plan/options.ts";
import { PlanRefusedError, type RefusalReason } from "../plan/refused.ts";
import { type Change, KINDS, type Plan, WRITES } from "../plan/types.ts";

/** The changes that send requests. The others are for information. */
export const writesOf = ({ changes }: Plan): Change[] => {
  const kinds: readonly string[] = WRITES;
  return changes.filter(({ kind }) => kinds.includes(kind));
};

export const removalsOf = (changes: readonly Change[]): Change[] =>
  changes.filter(({ kind }) => kind === "delete");

/**
 * @throws {ValidationError} if `client` is not an ArizeClient, or `plan` is not a plan of this version.
 * @throws {PlanRefusedError} if it was edited, belongs to another address, or removes somebody that it must not remove.
 */
export function checkPlan(method: string, client: ArizeClient, plan: Plan): void {
  const { baseUrl } = contextOf(client, method).settings;
  checkShape(plan);
  const refuse = (reason: RefusalReason, message: string): never => {
    throw new PlanRefusedError(message, reason, { removals: removalsOf(plan.changes).length });
  };
  if (planDigest(plan) !== plan.digest) {
    refuse("edited", "The plan was changed after it was made (its digest differs). Make a new plan.");
  }
  if (plan.baseUrl !== baseUrl) {
    refuse("base_url", `The plan was made for ${plan.baseUrl}, but this client uses ${baseUrl}.`);
  }
  const { protect, removeAdmins } = plan.limits;
  for (const { email, seen } of removalsOf(plan.changes)) {
    if (isProtected(email, protect)) refuse("protected", `The plan removes ${email}, who is protected.`);
    if (seen?.role === "admin" && !removeAdmins)
      refuse("protected", `The plan removes ${email}, an account admin, without removeAdmins.`);
  }
}

function checkShape(plan: Plan): void {
  const fail = (path: string, message: string): never => {
    throw new ValidationError("plan", [{ path, message }]);
  };
  if (typeof plan !== "object" || plan === null) fail("", `must be a plan, received ${shown(plan)}`);
  if (plan.version !== 1) fail("version", `must be 1, received ${shown(plan.version)}`);
  if (!Array.isArray(plan.changes)) fail("changes", `must be a list, received ${shown(plan.changes)}`);
  if (typeof plan.account !== "string") fail("account", `must be a string, received ${shown(plan.account)}`);
  if (typeof plan.limits !== "object" || !Array.isArray(plan.limits?.protect)) {
    fail("limits", `must have protect, received ${shown(plan.limits)}`);
  }
  for (const change of plan.changes as readonly (Change | null | undefined)[]) {
    if (!change || !KINDS.includes(change.kind))
      fail("changes", `have an unknown kind: ${shown(change?.kind)}`);
  }
  const issues = limitIssues(plan.limits);
  if (issues.length > 0) throw new ValidationError("plan.limits", issues);
}
