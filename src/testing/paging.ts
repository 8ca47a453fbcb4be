import { badRequest } from "./http/problems.ts";
import { readSingle } from "./http/query.ts";

/** The start and the size of a page. */
export interface PageQuery {
  /** The index of the first item to consider. */
  from: number;
  limit: number;
}

export interface Page<Item> {
  page: Item[];
  /** The start of the next page, if any. */
  next?: number;
}

export const readPageQuery = (query: URLSearchParams): PageQuery => ({
  from: readCursor(readSingle(query, "cursor")),
  limit: readLimit(readSingle(query, "limit")),
});

/** Returns a page of the matching items. */
export function takePage<Item extends object>(
  items: readonly Item[],
  { from, limit }: PageQuery,
  isWanted: (item: Item) => boolean,
): Page<Item> {
  const page: Item[] = [];
  let next = from;
  for (let place = from; place < items.length; place += 1) {
    const item = items[place];
    if (!item || !isWanted(item)) continue;
    if (page.length === limit) return { page, next };
    page.push(item);
    next = place + 1;
  }
  return { page };
}

export const toPagination = ({ next }: Page<unknown>): { has_more: boolean; next_cursor?: string } =>
  next === undefined ? { has_more: false } : { has_more: true, next_cursor: toCursor(next) };

/** Encodes an index, not a number of matching items, so that deletions between two pages shift nothing. */
const toCursor = (from: number): string => Buffer.from(`from:${from}`).toString("base64url");

function readCursor(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  const from = /^from:(\d{1,15})$/.exec(Buffer.from(cursor, "base64url").toString())?.[1];
  // Node's decoder skips characters that are not base64url, so the whole cursor is compared.
  if (from === undefined || toCursor(Number(from)) !== cursor) throw badRequest("The cursor is malformed.");
  return Number(from);
}

function readLimit(limit = "50"): number {
  const value = /^\d{1,3}$/.test(limit) ? Number(limit) : 0;
  if (value < 1 || value > 100) throw badRequest("The limit must be a whole number from 1 to 100.");
  return value;
}
