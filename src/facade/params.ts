import type { ApiCall } from "../api/client-context.ts";
import type { RequestModel } from "../api/encoding.ts";
import { namesOf, toRequest } from "../api/request.ts";
import { assertValid } from "../api/request-issues.ts";
import { readObject } from "../config/read-object.ts";
import { unknownArguments } from "../config/unknown-arguments.ts";
import { ValidationError } from "../errors/errors.ts";
import { idIssue } from "../errors/issue.ts";
import { membersOf } from "../util/members.ts";

/**
 * The arguments of a method, as a copy. Their names are `names`, and those of the request, if any.
 *
 * @throws {ValidationError} where they are no object or have another name.
 */
export function readParams<Params extends object>(
  { method }: Pick<ApiCall, "method">,
  params: Params,
  names: readonly string[],
  request?: RequestModel<unknown>,
): Params {
  const members = readObject(method, "params", params);
  assertValid(method, unknownArguments(members, request ? [...names, ...namesOf(request)] : names));
  // The same members, each with the value that it had.
  return members as Params;
}

/** A copy with the named strings trimmed; other values are left for the schema to name. */
export function trimmed<T extends object>(fields: T, ...names: (keyof T & string)[]): T {
  const copy = membersOf(fields);
  for (const name of names) {
    const value = copy[name];
    if (typeof value === "string") copy[name] = value.trim();
  }
  // The same members, with strings for strings.
  return copy as T;
}

/** An ID without surrounding whitespace, which no ID has but which a copied one brings along. */
export function readId({ method }: ApiCall, path: string, value: string): string {
  assertValid(method, [idIssue(path, value)]);
  return value.trim();
}

/**
 * The body of an update, its name trimmed.
 *
 * @throws {ValidationError} where it breaks a rule, or changes nothing.
 */
export function toChanges<Body extends object>(
  call: ApiCall,
  request: RequestModel<Body>,
  changes: { name?: unknown; [field: string]: unknown },
): Body {
  const { lower } = toRequest(call, request, trimmed(changes, "name"));
  if (Object.keys(lower).length > 0) return lower;
  const message = `${namesOf(request).join(" or ")} is required`;
  throw new ValidationError(call.method, [{ path: "", message }]);
}

/** What a caller names a thing by. */
export interface Reference {
  /** As it was given: whitespace around an ID means nothing, that around a name may. */
  readonly text: string;
  /** Whether it can be nothing but an ID. */
  readonly isId: boolean;
}

/**
 * Reads the two arguments that name a thing, of which just one is given: `user`, which may be an ID, and `userId`,
 * which is one.
 *
 * @throws {ValidationError} where there are none or both, or it is blank, `.` or `..`.
 */
export function readReference(call: ApiCall, name: string, params: object): Reference {
  const { [name]: given, [`${name}Id`]: id } = params as Readonly<Record<string, unknown>>;
  const isId = given === undefined;
  if (isId === (id === undefined)) {
    const message = `or ${name}Id is required, just one of them`;
    throw new ValidationError(call.method, [{ path: name, message }]);
  }
  assertValid(call.method, [idIssue(isId ? `${name}Id` : name, isId ? id : given)]);
  return { text: String(isId ? id : given), isId };
}
