import { canonicalId } from "../../api/decode-response.ts";
import { assertValid } from "../../api/request-issues.ts";
import { ValidationError } from "../../errors/errors.ts";
import { issue } from "../../errors/issue.ts";
import { type BulkFailure, type BulkNotFound, type BulkTarget, malformed } from "../../facade/batch.ts";
import { unlessThrows } from "../../util/call-safely.ts";
import { bareObject, isRecord, type Members, membersOf } from "../../util/members.ts";
import { givenEmailKey } from "../email.ts";

/** A target of a bulk call on users. A lookup may already have its result. */
export type UserTarget<Request = unknown> = BulkTarget<Request, BulkFailure | BulkNotFound>;

/** The ID or address by which an argument names a user. Values of other types than string are ignored. */
interface Names {
  readonly userId?: unknown;
  readonly email?: unknown;
}

/** A target's argument cannot be read: a getter or a proxy of the caller throws. */
const UNREADABLE = [{ path: "", message: "cannot be read: a getter or proxy throws" }];

/** Creates a target. `read` returns the data to send. If it throws, the target fails, with the issues of a ValidationError. */
export function toTarget<Request>(
  method: string,
  path: string,
  names: Names,
  read: () => Request,
): BulkTarget<Request> {
  const { userId, email } = { userId: undefined, email: undefined, ...names };
  const target: BulkTarget<Request> = Object.assign(bareObject(), { path, key: path });
  if (typeof email === "string") Object.assign(target, { email, key: `email ${givenEmailKey(email)}` });
  if (typeof userId === "string") Object.assign(target, { userId, key: idKey(userId.trim()) });
  try {
    target.request = read();
    if (target.userId !== undefined) target.userId = target.userId.trim();
  } catch (error) {
    const broken = error instanceof ValidationError ? error.issues : UNREADABLE;
    const issues = broken.map((issue) => ({
      ...issue,
      path: issue.path ? `${path}.${issue.path}` : path,
    }));
    target.end = malformed(method, issues);
  }
  return target;
}

export const idKey = (userId: string): string => `id ${canonicalId(userId)}`;

/**
 * Converts the rows of a bulk call, which may be of any type, to distinct targets. A row that names nobody is a target that
 * fails. `namesIn` finds how a row names its user, by default as `userId` or `email`.
 */
export function readRows<Row, Request>(
  method: string,
  rows: readonly Row[],
  read: (row: Row) => Request,
  namesIn: (members: Members) => Names = ({ userId, email }) => ({ userId, email }),
): BulkTarget<Request>[] {
  // Array.from, since map() skips holes.
  const targets = Array.from(rows, (row, index) => {
    const names = unlessThrows(() => (isRecord(row) ? namesIn(membersOf(row)) : {}));
    const target = toTarget(method, `users[${index}]`, names ?? {}, () => {
      if (!isRecord(row)) assertValid(method, [issue("", "must be an object", row)]);
      return read(row);
    });
    const isBlank = (target.userId ?? target.email)?.trim() === "";
    return isBlank ? Object.assign(target, { key: target.path }) : target;
  });
  return distinct(method, targets);
}

/**
 * Removes repeated targets, and keeps the order. Targets for one user become one if they request the same. If they differ, or
 * if one is malformed, the target fails.
 */
export function distinct<Target extends UserTarget>(method: string, targets: readonly Target[]): Target[] {
  const byKey = new Map<string, Target>();
  for (const target of targets) {
    const first = byKey.get(target.key);
    if (first) merge(method, first, target);
    else byKey.set(target.key, target);
  }
  return [...byKey.values()];
}

function merge(method: string, first: UserTarget, later: UserTarget): void {
  const sameName = first.userId === undefined ? "has the same email" : "names the same user";
  Object.assign(first, { ...namesOf(later), ...namesOf(first) });
  if (first.end) return;
  if (later.end) first.end = later.end;
  else if (essence(first) !== essence(later)) {
    const message = `differs from ${first.path}, which ${sameName}`;
    first.end = malformed(method, [{ path: later.path, message }]);
  }
}

/** A key that is equal for two targets that request the same for a user, by ID or by address. */
const essence = ({ request }: UserTarget): string =>
  JSON.stringify(request, (key, value: unknown) =>
    key === "email" || key === "user_id" ? undefined : value,
  );

export const namesOf = ({ userId, email }: UserTarget): { userId?: string; email?: string } => ({
  ...(userId !== undefined && { userId }),
  ...(email !== undefined && { email }),
});
