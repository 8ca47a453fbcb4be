import { badRequest } from "./problems.ts";
import { characters, emailKey, isOneOf, LISTED_STATUSES } from "./vocabulary.ts";

/** What a page is to hold. */
export interface ListQuery {
  /** The place of the first user to look at. */
  from: number;
  limit: number;
  /** In lower case; empty for every address. */
  emailPart: string;
  statuses: readonly string[];
}

export function readListQuery(query: URLSearchParams): ListQuery {
  return {
    from: readCursor(single(query, "cursor")),
    limit: readLimit(single(query, "limit")),
    emailPart: readEmailPart(single(query, "email")),
    statuses: readStatuses(query.getAll("status")),
  };
}

/** Names a place, not a number of users, so that what is deleted between two pages shifts nothing. */
export const toCursor = (from: number): string => Buffer.from(`from:${from}`).toString("base64url");

function readCursor(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  const from = /^from:(\d{1,15})$/.exec(Buffer.from(cursor, "base64url").toString())?.[1];
  // Node's decoder passes over what is not base64url, so the whole cursor is compared.
  if (from === undefined || toCursor(Number(from)) !== cursor) throw badRequest("The cursor is malformed.");
  return Number(from);
}

function readLimit(limit = "50"): number {
  const value = /^\d{1,3}$/.test(limit) ? Number(limit) : 0;
  if (value < 1 || value > 100) throw badRequest("The limit must be a whole number from 1 to 100.");
  return value;
}

function readEmailPart(email = ""): string {
  if (characters(email) > 255) throw badRequest("The email filter must have at most 255 characters.");
  return emailKey(email);
}

function readStatuses(statuses: readonly string[]): readonly string[] {
  if (statuses.length === 0) return LISTED_STATUSES;
  if (statuses.every((status) => isOneOf(LISTED_STATUSES, status))) return statuses;
  throw badRequest(`Each status must be one of ${LISTED_STATUSES.join(", ")}.`);
}

function single(query: URLSearchParams, name: string): string | undefined {
  const values = query.getAll(name);
  if (values.length > 1) throw badRequest(`The parameter '${name}' must be given once.`);
  return values[0];
}
