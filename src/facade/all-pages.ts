import { AmbiguousMatchError } from "../errors/errors.ts";
import { type Load, walkPages } from "./pages.ts";

/** The most that the API puts on a page. */
export const LARGEST_PAGE = 100;

/** What a generated list function is asked for one page of as many items as there can be. */
export const largestPage = (cursor: string | undefined): { limit: number; cursor?: string } => ({
  limit: LARGEST_PAGE,
  ...(cursor && { cursor }),
});

/** Those of a list that are meant, wherever they stand. */
export async function filterPages<T>(load: Load<T>, isMeant: (item: T) => boolean): Promise<T[]> {
  const found: T[] = [];
  for await (const { data } of walkPages(load)) {
    for (const item of data) if (isMeant(item)) found.push(item);
  }
  return found;
}

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
