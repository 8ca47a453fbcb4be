import { AmbiguousMatchError } from "../errors/errors.ts";

/**
 * The one item of a list that must not name two, or null; the same one twice is one.
 *
 * @throws {AmbiguousMatchError} with the IDs of all: "2 users have this email address".
 */
export function onlyOne<T extends { id: string }>(matches: readonly T[], what: string): T | null {
  const ids = [...new Set(matches.map(({ id }) => id))];
  if (ids.length > 1) throw new AmbiguousMatchError(`${ids.length} ${what}: ${ids.join(", ")}.`, ids);
  return matches[0] ?? null;
}
