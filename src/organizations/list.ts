import { encodeOrganizationsListQuery } from "../../generated/models.gen.ts";
import { organizationsList } from "../../generated/sdk.gen.ts";
import type { OrganizationsListData } from "../../generated/types.gen.ts";
import { vOrganizationsListQuery } from "../../generated/valibot.gen.ts";
import { callOperation } from "../api/call-operation.ts";
import type { ApiCall, ClientContext } from "../api/client-context.ts";
import type { RequestForms } from "../api/request.ts";
import type { RequestOptions } from "../config/client-options.ts";
import { runList } from "../facade/list-operation.ts";
import { defineOperation } from "../facade/operation.ts";
import type { PageData, PagePromise } from "../facade/pages.ts";
import { toOrganizationPage } from "./organization-responses.ts";
import type { ListOrganizationsParams, Organization } from "./types.ts";

const LIST = {
  method: defineOperation("organizations.list", "organizations_list"),
  query: { schema: vOrganizationsListQuery, encode: encodeOrganizationsListQuery },
  load: loadOrganizations,
};

export function listOrganizations(
  context: ClientContext,
  params: ListOrganizationsParams = {},
  options?: RequestOptions,
): PagePromise<Organization> {
  return runList(context, LIST, params, options);
}

export type OrganizationsListQuery = NonNullable<OrganizationsListData["query"]>;

/** One page of the list. The query holds no enum value. */
export async function loadOrganizations(
  call: ApiCall,
  { lower: query }: RequestForms<OrganizationsListQuery>,
): Promise<PageData<Organization>> {
  return toOrganizationPage(
    call,
    await callOperation(call, "organizations_list", (generated) =>
      organizationsList({ ...generated, query }),
    ),
  );
}
