import { type Dialect, findSpelled } from "../dialect.ts";
import { badRequest } from "../http/problems.ts";
import { readPart } from "../http/query.ts";
import { type PageQuery, readPageQuery } from "../paging.ts";
import { LISTED_STATUSES } from "../vocabulary.ts";
import type { SandboxUser } from "./types.ts";

/** The filter and the position of a page of users. */
export interface UserQuery extends PageQuery {
  /** A part of the address, in lower case; empty for all addresses. */
  emailPart: string;
  statuses: readonly SandboxUser["status"][];
}

export const readUserQuery = (query: URLSearchParams, dialect: Dialect): UserQuery => ({
  ...readPageQuery(query),
  emailPart: readPart(query, "email"),
  statuses: readStatuses(query.getAll("status"), dialect),
});

function readStatuses(written: readonly string[], dialect: Dialect): UserQuery["statuses"] {
  if (written.length === 0) return LISTED_STATUSES;
  return written.map((text) => {
    const status = findSpelled(dialect, LISTED_STATUSES, text);
    if (status) return status;
    throw badRequest(`Each status must be one of ${LISTED_STATUSES.map(dialect.spell).join(", ")}.`);
  });
}
