/** Compares a person with the state in the plan, before a request is sent. */
import type { User } from "../../index.ts";
import { emailKey } from "../formats/fields.ts";
import { roleText } from "../plan/account.ts";
import type { Change } from "../plan/types.ts";

/** What to do with a change: make it, or skip it. */
export type Verdict =
  | { readonly status: "go" }
  /** The account is already as the change wants it. If the change was attempted before, this plan made it. */
  | { readonly status: "in_place"; readonly user?: User }
  | { readonly status: "stale"; readonly reason: string };

const GO: Verdict = { status: "go" };

/**
 * `attempted` are the changes of this plan for the person that were sent, or may have been sent. Their effects do not make a
 * change stale.
 */
export function assess(change: Change, user: User | undefined, attempted: readonly Change[]): Verdict {
  if (change.kind === "create") return user ? { status: "in_place", user } : GO;
  if (change.kind === "renew") return assessRenewal(change, user, attempted);
  if (!user) return assessGone(change);
  const reason = difference(change, user, attempted);
  if (reason !== undefined) return { status: "stale", reason };
  return isInPlace(change, user) ? { status: "in_place", user } : GO;
}

function assessGone({ kind, userId }: Change): Verdict {
  // Removing the person from the account also ends the memberships.
  if (kind === "delete" || kind === "remove_member") return { status: "in_place" };
  return { status: "stale", reason: `the user ${userId} is no longer in the account` };
}

function assessRenewal(change: Change, user: User | undefined, attempted: readonly Change[]): Verdict {
  if (!user) return { status: "stale", reason: "the user is no longer in the account" };
  if (emailKey(user.email) !== emailKey(change.email)) {
    return { status: "stale", reason: `the address is ${user.email}, the plan saw ${change.email}` };
  }
  if (user.status !== "expired") return { status: "in_place", user };
  const reason = difference(change, user, attempted);
  return reason === undefined ? GO : { status: "stale", reason };
}

function isInPlace({ kind, to }: Change, user: User): boolean {
  if (kind !== "update" || !to) return false;
  const hasName = to.name === undefined || to.name === user.name.trim();
  return hasName && (to.isDeveloper === undefined || to.isDeveloper === user.isDeveloper);
}

/** Describes what has changed since the plan was made. */
function difference(change: Change, user: User, attempted: readonly Change[]): string | undefined {
  if (emailKey(user.email) !== emailKey(change.email)) {
    return `the address is ${user.email}, the plan saw ${change.email}`;
  }
  const { seen } = change;
  if (!seen) return undefined;
  const own = change.kind === "update" ? [...attempted, change] : attempted;
  const now = { status: user.status, name: user.name.trim(), role: roleText(user.role) };
  for (const field of ["status", "role", "name"] as const) {
    const expected = [seen[field].trim(), ...own.flatMap((one) => madeBy(one, field))];
    if (!expected.includes(now[field])) {
      return `the ${field} is ${now[field]}, the plan saw ${seen[field]}`;
    }
  }
  return undefined;
}

/** The values that a field may have after this plan's changes. */
function madeBy({ kind, to }: Change, field: "status" | "role" | "name"): readonly string[] {
  // A person who was invited again may have accepted by now.
  if (field === "status") return kind === "renew" ? ["invited", "active"] : [];
  const value = to?.[field];
  return value === undefined ? [] : [value];
}
