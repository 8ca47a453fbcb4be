import { readPart } from "../http/query.ts";
import { type PageQuery, readPageQuery } from "../paging.ts";

/** What a page of organizations is to hold. */
export interface OrganizationQuery extends PageQuery {
  /** In lower case; empty for every name. */
  namePart: string;
}

export const readOrganizationQuery = (query: URLSearchParams): OrganizationQuery => ({
  ...readPageQuery(query),
  namePart: readPart(query, "name"),
});
