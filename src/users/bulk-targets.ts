import { type BatchFailure, malformed } from "../core/batch.ts";
import { idIssue } from "../core/validate.ts";
import type { ValidationIssue } from "../error-types.ts";
import { ValidationError } from "../errors.ts";
import { emailIssue, emailKey } from "./email.ts";
import type { BulkUserDeletionResult, User } from "./types.ts";

/** One user to remove, as named by the caller, and its result where there is nothing to send. */
export interface BulkTarget {
  userId?: string;
  /** As it was first given. */
  email?: string;
  result?: BulkUserDeletionResult;
}

/** The distinct targets in the order first named; malformed ones have their result already. */
export function readTargets(
  method: string,
  userIds: readonly string[],
  emails: readonly string[],
): BulkTarget[] {
  const targets = new Map<string, BulkTarget>();
  const add = (key: string, target: BulkTarget, wrong: ValidationIssue | undefined) => {
    if (targets.has(key)) return;
    targets.set(key, target);
    if (wrong) target.result = fail(target, malformed(new ValidationError(method, [wrong])));
  };
  for (const [index, given] of userIds.entries()) {
    const wrong = idIssue(`userIds[${index}]`, given);
    const userId = given.trim();
    add(`id ${userId}`, { userId: wrong ? given : userId }, wrong);
  }
  for (const [index, email] of emails.entries()) {
    add(`email ${emailKey(email)}`, { email }, emailIssue(`emails[${index}]`, email));
  }
  return [...targets.values()];
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
    const user = users.get(emailKey(target.email));
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
