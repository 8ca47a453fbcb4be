import { assertValid } from "../../api/request-issues.ts";
import { ValidationError } from "../../errors/errors.ts";
import { issue } from "../../errors/issue.ts";
import { type BulkFailure, type BulkNotFound, type BulkTarget, malformed } from "../../facade/batch.ts";
import { isRecord, type Members, membersOf } from "../../util/members.ts";
import { givenEmailKey } from "../email.ts";

/** Any target of a bulk call on users. */
type AnyTarget = BulkTarget<unknown, BulkFailure | BulkNotFound>;

/** How an argument names a user: values of any type, of which only strings count. */
interface Names {
  readonly userId?: unknown;
  readonly email?: unknown;
}

/** A target; where `read`, which gives what to send for it, throws a ValidationError, that is its failure. */
export function toTarget<Request>(
  method: string,
  path: string,
  { userId, email }: Names,
  read: () => Request,
): BulkTarget<Request> {
  const target: BulkTarget<Request> = { path, key: path };
  if (typeof email === "string") Object.assign(target, { email, key: `email ${givenEmailKey(email)}` });
  if (typeof userId === "string") Object.assign(target, { userId, key: idKey(userId.trim()) });
  try {
    target.request = read();
    if (target.userId !== undefined) target.userId = target.userId.trim();
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    const issues = error.issues.map((issue) => ({
      ...issue,
      path: issue.path ? `${path}.${issue.path}` : path,
    }));
    target.end = malformed(method, issues);
  }
  return target;
}

export const idKey = (userId: string): string => `id ${userId}`;

/** The rows of a bulk call, which may be of any type, as distinct targets. One that names nobody stands for itself, and fails. */
export function readRows<Row, Request>(
  method: string,
  rows: readonly Row[],
  namesOf: (members: Members) => Names,
  read: (row: Row) => Request,
): BulkTarget<Request>[] {
  // Array.from and not map(), which passes over holes.
  const targets = Array.from(rows, (row, index) => {
    const names = isRecord(row) ? namesOf(membersOf(row)) : {};
    const target = toTarget(method, `users[${index}]`, names, () => {
      if (!isRecord(row)) assertValid(method, [issue("", "must be an object", row)]);
      return read(row);
    });
    const isBlank = (target.userId ?? target.email)?.trim() === "";
    return isBlank ? { ...target, key: target.path } : target;
  });
  return distinct(method, targets);
}

/**
 * The targets without repetitions, in the order first named. Those of one user that ask for the same are one; those that do not,
 * or of which one is malformed, fail.
 */
export function distinct<Target extends AnyTarget>(method: string, targets: readonly Target[]): Target[] {
  const byKey = new Map<string, Target>();
  for (const target of targets) {
    const first = byKey.get(target.key);
    if (first) merge(method, first, target);
    else byKey.set(target.key, target);
  }
  return [...byKey.values()];
}

function merge(method: string, first: AnyTarget, later: AnyTarget): void {
  const sameName = first.userId === undefined ? "has the same email" : "names the same user";
  Object.assign(first, { ...namesOf(later), ...namesOf(first) });
  if (first.end) return;
  if (later.end) first.end = later.end;
  else if (essence(first) !== essence(later)) {
    const message = `differs from ${first.path}, which ${sameName}`;
    first.end = malformed(method, [{ path: later.path, message }]);
  }
}

/** The same for two targets that ask for the same of a user, whatever they call the user. */
const essence = ({ request }: AnyTarget): string =>
  JSON.stringify(request, (key, value: unknown) => (/^(email|user_id)$/.test(key) ? undefined : value));

export const namesOf = ({ userId, email }: AnyTarget): { userId?: string; email?: string } => ({
  ...(userId !== undefined && { userId }),
  ...(email !== undefined && { email }),
});
