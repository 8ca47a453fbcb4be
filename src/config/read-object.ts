import { ValidationError } from "../errors/errors.ts";
import { issue } from "../errors/issue.ts";
import { isPlain, isRecord, type Members, membersOf } from "../util/members.ts";

/**
 * Copies the members of an argument that must be an object.
 *
 * @throws {ValidationError} if it is not an object, or of a class and without members, such as a promise. Otherwise a forgotten
 * `await` would make a filter vanish.
 */
export function readObject(method: string, path: string, value: unknown): Members {
  if (!isRecord(value)) throw new ValidationError(method, [issue(path, "must be an object", value)]);
  const members = membersOf(value);
  const message = emptyClassRule(value, members);
  if (message) throw new ValidationError(method, [{ path, message }]);
  return members;
}

/** The rule that an object of a class without members breaks. */
export function emptyClassRule(value: object, members: Members): string | undefined {
  if (Object.keys(members).length > 0 || isPlain(value)) return undefined;
  const isPromise = typeof Reflect.get(value, "then") === "function";
  return `must be an object with members, received ${isPromise ? "a promise: await it" : "one of a class without any"}`;
}
