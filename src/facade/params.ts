import { readObject } from "../config/read-object.ts";
import { unknownArguments } from "../config/unknown-arguments.ts";
import { ValidationError } from "../errors/errors.ts";
import { idIssue } from "../errors/issue.ts";
import { membersOf } from "../util/members.ts";

/**
 * The arguments of a method, as a copy.
 *
 * @throws {ValidationError} where they are no object or have a name that is not in `known`.
 */
export function readParams<Params extends object>(
  method: string,
  params: Params,
  known: readonly string[],
): Params {
  const members = readObject(method, "params", params);
  const issues = unknownArguments(members, known);
  if (issues.length > 0) throw new ValidationError(method, issues);
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
export function readId(method: string, path: string, value: unknown): string {
  const wrong = idIssue(path, value);
  if (wrong || typeof value !== "string") throw new ValidationError(method, wrong ? [wrong] : []);
  return value.trim();
}
