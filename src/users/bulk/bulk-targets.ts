import { idIssue } from "../../errors/issue.ts";
import type { ValidationIssue } from "../../errors/types.ts";
import { type BulkFailure, malformed } from "../../facade/batch.ts";
import { emailIssue, givenEmailKey } from "../email.ts";
import type { BulkUserDeletionResult, User } from "../types.ts";

/** One user to remove, as named by the caller, and its result where there is nothing to send. */
export interface BulkTarget {
  userId?: string;
  /** As it was first given. */
  email?: string;
  result?: BulkUserDeletionResult;
}

/** The distinct targets in the order given; malformed ones, which may be of any type, have their result already. */
export function targetsById(method: string, userIds: readonly unknown[]): BulkTarget[] {
  const targets = new Map<string, BulkTarget>();
  for (const [index, given] of userIds.entries()) {
    const path = `userIds[${index}]`;
    const wrong = idIssue(path, given);
    if (typeof given !== "string") addTarget(targets, path, {}, method, wrong);
    else addTarget(targets, given.trim(), { userId: wrong ? given : given.trim() }, method, wrong);
  }
  return [...targets.values()];
}

/** The same for email addresses. */
export function targetsByEmail(method: string, emails: readonly unknown[]): BulkTarget[] {
  const targets = new Map<string, BulkTarget>();
  for (const [index, email] of emails.entries()) {
    const path = `emails[${index}]`;
    const wrong = emailIssue(path, email);
    if (typeof email !== "string") addTarget(targets, path, {}, method, wrong);
    else addTarget(targets, givenEmailKey(email), { email }, method, wrong);
  }
  return [...targets.values()];
}

function addTarget(
  targets: Map<string, BulkTarget>,
  key: string,
  target: BulkTarget,
  method: string,
  wrong: ValidationIssue | undefined,
): void {
  if (targets.has(key)) return;
  targets.set(key, target);
  if (wrong) target.result = fail(target, malformed(method, [wrong]));
}

/**
 * Gives each email target its user's ID, or its result where there is no such user. An email of a user who is
 * a target by ID already joins that one.
 */
export function assignUsers(targets: readonly BulkTarget[], users: ReadonlyMap<string, User>): BulkTarget[] {
  const byId = new Map(
    targets.flatMap((target) => (target.userId === undefined ? [] : [[target.userId, target]])),
  );
  return targets.filter((target) => {
    if (target.email === undefined || target.result) return true;
    const user = users.get(givenEmailKey(target.email));
    const same = user && byId.get(user.id);
    if (same) same.email = target.email;
    else if (user) target.userId = user.id;
    else target.result = notFound(target, "email address");
    return !same;
  });
}

export const notFound = (target: BulkTarget, name: string): BulkUserDeletionResult => ({
  ...namesOf(target),
  status: "not_found",
  error: `no user has this ${name}, or none that this key may read`,
});

export const fail = (target: BulkTarget, failure: BulkFailure): BulkUserDeletionResult => ({
  ...namesOf(target),
  ...failure,
});

export const namesOf = ({ userId, email }: BulkTarget): { userId?: string; email?: string } => ({
  ...(userId !== undefined && { userId }),
  ...(email !== undefined && { email }),
});
