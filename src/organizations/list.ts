import {
  decodeOrganizationListResponse,
  type ListOrganizationsParams,
  listOrganizationsParams,
} from "../../generated/models.gen.ts";
import { organizationsList } from "../../generated/sdk.gen.ts";
import type { OrganizationsListData } from "../../generated/types.gen.ts";
import { callOperation } from "../api/call-operation.ts";
import type { ApiCall } from "../api/client-context.ts";
import { decodeResponse } from "../api/decode-response.ts";
import type { RequestForms } from "../api/request.ts";
import { defineList, type ListMethod } from "../facade/list-method.ts";
import { type PageData, toPage } from "../facade/pages.ts";
import type { Organization } from "./types.ts";

type Query = NonNullable<OrganizationsListData["query"]>;

/** Loads one page of the list. The query has no enum value. */
export async function loadOrganizations(
  call: ApiCall,
  { lower: query }: RequestForms<Query>,
): Promise<PageData<Organization>> {
  const result = await callOperation(call, "organizations_list", organizationsList<true>, { query });
  const { organizations, pagination } = decodeResponse(call, result, decodeOrganizationListResponse);
  return toPage(organizations, pagination);
}

export const listOrganizations: ListMethod<ListOrganizationsParams, Organization> = defineList(
  "organizations.list",
  "organizations_list",
  listOrganizationsParams,
  loadOrganizations,
);
