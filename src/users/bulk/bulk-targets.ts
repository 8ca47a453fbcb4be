import { ValidationError } from "../../errors/errors.ts";
import { idIssue } from "../../errors/issue.ts";
import type { ValidationIssue } from "../../errors/types.ts";
import { type BatchFailure, malformed } from "../../facade/batch.ts";
import { emailIssue, givenEmailKey } from "../email.ts";
import type { BulkUserDeletionResult, User } from "../types.ts";

/** One user to remove, as named by the caller, and its result where there is nothing to send. */
export interface BulkTarget {
  userId?: string;
  /** As it was first given. */
  email?: string;
  result?: BulkUserDeletionResult;
}

/** The distinct targets in the order first named; malformed ones, which may be of any type, have their result already. */
export function readTargets(
  method: string,
  userIds: readonly unknown[],
  emails: readonly unknown[],
): BulkTarget[] {
  // By ID and by address apart, since a million joined keys take seconds.
  const byId = new Map<string, BulkTarget>();
  const byEmail = new Map<string, BulkTarget>();
  const add = (
    targets: Map<string, BulkTarget>,
    key: string,
    target: BulkTarget,
    wrong: ValidationIssue | undefined,
  ) => {
    if (targets.has(key)) return;
    targets.set(key, target);
    if (wrong) target.result = fail(target, malformed(new ValidationError(method, [wrong])));
  };
  for (const [index, given] of userIds.entries()) {
    const path = `userIds[${index}]`;
    const wrong = idIssue(path, given);
    if (typeof given !== "string") add(byId, path, {}, wrong);
    else add(byId, given.trim(), { userId: wrong ? given : given.trim() }, wrong);
  }
  for (const [index, email] of emails.entries()) {
    const path = `emails[${index}]`;
    const wrong = emailIssue(path, email);
    if (typeof email !== "string") add(byEmail, path, {}, wrong);
    else add(byEmail, givenEmailKey(email), { email }, wrong);
  }
  return [...byId.values(), ...byEmail.values()];
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
    if (!user) {
      target.result = notFound(target, "no user has this email address, or none that this key may read");
      return true;
    }
    const same = byId.get(user.id);
    if (same) same.email = target.email;
    else target.userId = user.id;
    return !same;
  });
}

export const deleted = (target: BulkTarget, userId: string): BulkUserDeletionResult => ({
  ...namesOf(target),
  userId,
  status: "deleted",
});

export const notFound = (target: BulkTarget, error: string): BulkUserDeletionResult => ({
  ...namesOf(target),
  status: "not_found",
  error,
});

export const fail = (target: BulkTarget, failure: BatchFailure): BulkUserDeletionResult => ({
  ...namesOf(target),
  status: "failed",
  ...failure,
});

const namesOf = ({ userId, email }: BulkTarget): { userId?: string; email?: string } => ({
  ...(userId !== undefined && { userId }),
  ...(email !== undefined && { email }),
});
