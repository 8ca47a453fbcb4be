import { type Era, findSpelled } from "../era.ts";
import { type PageQuery, readPageQuery } from "../paging.ts";
import { badRequest } from "../problems.ts";
import { readPart } from "../query.ts";
import { LISTED_STATUSES } from "../vocabulary.ts";
import type { SandboxUser } from "./types.ts";

/** What a page of users is to hold. */
export interface UserQuery extends PageQuery {
  /** In lower case; empty for every address. */
  emailPart: string;
  statuses: readonly SandboxUser["status"][];
}

export const readUserQuery = (query: URLSearchParams, era: Era): UserQuery => ({
  ...readPageQuery(query),
  emailPart: readPart(query, "email"),
  statuses: readStatuses(query.getAll("status"), era),
});

function readStatuses(written: readonly string[], era: Era): UserQuery["statuses"] {
  if (written.length === 0) return LISTED_STATUSES;
  return written.map((text) => {
    const status = findSpelled(era, LISTED_STATUSES, text);
    if (status) return status;
    throw badRequest(`Each status must be one of ${LISTED_STATUSES.map(era.spell).join(", ")}.`);
  });
}
