import type { ApiCall } from "../api/client-context.ts";
import type { RequestModel } from "../api/encoding.ts";
import { toRequest } from "../api/request.ts";
import { assertValid } from "../api/request-issues.ts";
import { readObject } from "../config/read-object.ts";
import { unknownArguments } from "../config/unknown-arguments.ts";
import { ValidationError } from "../errors/errors.ts";
import { idIssue, issue, type ValidationIssue } from "../errors/issue.ts";
import { type Members, membersOf } from "../util/members.ts";

/**
 * Copies the params of a method. `names` and the fields of `request`, if given, are the known names.
 *
 * @throws {ValidationError} if `params` is not an object or has an unknown name.
 */
export function readParams<Params extends object>(
  { method }: Pick<ApiCall, "method">,
  params: Params,
  names: readonly string[],
  request?: RequestModel<unknown>,
): Params {
  const members = readObject(method, "params", params);
  assertValid(method, unknownArguments(members, request ? [...names, ...request.names] : names));
  // A copy with the same members and values.
  return members as Params;
}

/** Copies an object and trims the named strings. Values that are not strings are left for the schema to reject. */
export function trimmed<T extends object>(fields: T, ...names: (keyof T & string)[]): T {
  const copy = membersOf(fields);
  for (const name of names) {
    const value = copy[name];
    if (typeof value === "string") copy[name] = value.trim();
  }
  // A copy with the same members; only strings were replaced, by strings.
  return copy as T;
}

/** Checks an ID, and removes surrounding whitespace, which often comes from copying. */
export function readId({ method }: ApiCall, path: string, value: string): string {
  assertValid(method, [idIssue(path, value)]);
  return value.trim();
}

/**
 * Makes the body of an update. Trims the name.
 *
 * @throws {ValidationError} if it breaks a rule, or changes nothing.
 */
export function toChanges<Body extends object>(
  call: ApiCall,
  request: RequestModel<Body>,
  changes: { name?: unknown; [field: string]: unknown },
): Body {
  const { lower } = toRequest(call, request, trimmed(changes, "name"));
  if (Object.keys(lower).length > 0) return lower;
  const message = `${request.names.join(" or ")} is required`;
  throw new ValidationError(call.method, [{ path: "", message }]);
}

/** A caller's reference to a user or an organization. */
export interface Reference {
  /** As given, not trimmed: whitespace around a name may be significant. */
  readonly text: string;
  /** Whether it was given as an ID. */
  readonly isId: boolean;
}

/**
 * Reads a reference from two arguments, such as `user` (which may be an ID) and `userId` (which is one). Exactly one must be
 * given.
 *
 * @throws {ValidationError} if neither or both are given, or the value is empty, only whitespace, `.` or `..`.
 */
export function readReference(call: ApiCall, name: string, params: object): Reference {
  const members = params as Members;
  const given = members[name];
  const id = members[`${name}Id`];
  const isId = given === undefined;
  if (isId === (id === undefined)) {
    const message = `or ${name}Id is required, but not both`;
    throw new ValidationError(call.method, [{ path: name, message }]);
  }
  assertValid(call.method, [idIssue(isId ? `${name}Id` : name, isId ? id : given)]);
  return { text: String(isId ? id : given), isId };
}

/** The issue of a bulk method whose targets are not a list. */
export const usersIssue = ({ users }: { users: unknown }): (ValidationIssue | undefined)[] => [
  Array.isArray(users) ? undefined : issue("users", "must be an array", users),
];
