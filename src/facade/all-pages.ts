import { AmbiguousMatchError } from "../errors/errors.ts";
import { type Load, walkPages } from "./pages.ts";

/** The most items that the API returns on a page. */
export const LARGEST_PAGE = 100;

/** The query for a page with as many items as possible. */
export const largestPage = (cursor: string | undefined): { limit: number; cursor?: string } => ({
  limit: LARGEST_PAGE,
  ...(cursor && { cursor }),
});

/** Returns the matching items of a list. Reads all pages. */
export async function filterPages<T>(load: Load<T>, isMeant: (item: T) => boolean): Promise<T[]> {
  const found: T[] = [];
  for await (const { data } of walkPages(load)) {
    for (const item of data) if (isMeant(item)) found.push(item);
  }
  return found;
}

/** The most IDs that a message names. The error has all of them. */
const MOST_NAMED = 10;

/**
 * Returns the only item of a list, or null if it is empty. Items with the same ID count once.
 *
 * @throws {AmbiguousMatchError} with all IDs if there are several: "2 users have this email address".
 */
export function onlyOne<T extends { id: string }>(matches: readonly T[], what: string): T | null {
  const ids = [...new Set(matches.map(({ id }) => id))];
  if (ids.length > 1) {
    const named = ids.length > MOST_NAMED ? [...ids.slice(0, MOST_NAMED), "…"] : ids;
    throw new AmbiguousMatchError(`${ids.length} ${what}: ${named.join(", ")}.`, ids);
  }
  return matches[0] ?? null;
}
