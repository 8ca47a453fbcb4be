import { complaint, requireKind, requireMembers, requireOneOf } from "../require.ts";
import type { Role } from "../role.ts";
import { isRecord, isText } from "../vocabulary.ts";

export const readText = (argument: string, text: unknown): string =>
  requireKind(argument, text, "a non-empty string", isText);

export function readDate(argument: string, date: unknown): number {
  const ms = typeof date === "string" || date instanceof Date ? new Date(date).getTime() : Number.NaN;
  // RFC 3339 years have four digits.
  const year = new Date(ms).getUTCFullYear();
  if (year >= 0 && year <= 9999) return ms;
  throw new TypeError(complaint(argument, "a date of the years 0 to 9999, as a Date or a string", date));
}

/** Copies a role. A name alone means the predefined role. */
export function readRole<Name extends string>(
  argument: string,
  role: unknown,
  names: readonly Name[],
): Role<Name> {
  if (!isRecord(role)) return { type: "predefined", name: requireOneOf(argument, role, names) };
  if (requireOneOf(`${argument}.type`, role["type"], ["predefined", "custom"]) === "predefined") {
    requireMembers(argument, role, ["type", "name"]);
    return { type: "predefined", name: requireOneOf(`${argument}.name`, role["name"], names) };
  }
  requireMembers(argument, role, ["type", "id", "name"]);
  return {
    type: "custom",
    id: readText(`${argument}.id`, role["id"]),
    ...(role["name"] !== undefined && { name: readText(`${argument}.name`, role["name"]) }),
  };
}

/** Makes a check that rejects duplicates. `key` is the form that is compared. */
export function requireUnique(within: string): (argument: string, value: string, key?: string) => void {
  const seen = new Set<string>();
  return (argument, value, key = value) => {
    if (seen.has(key)) throw new TypeError(complaint(argument, `unique ${within}`, value));
    seen.add(key);
  };
}
