import { readPart } from "../http/query.ts";
import { type PageQuery, readPageQuery } from "../paging.ts";

/** The filter and the position of a page of organizations. */
export interface OrganizationQuery extends PageQuery {
  /** A part of the name, in lower case; empty for all names. */
  namePart: string;
}

export const readOrganizationQuery = (query: URLSearchParams): OrganizationQuery => ({
  ...readPageQuery(query),
  namePart: readPart(query, "name"),
});
