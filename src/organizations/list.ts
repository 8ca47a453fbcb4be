import { organizationsList } from "../../generated/sdk.gen.ts";
import type { OrganizationsListData } from "../../generated/types.gen.ts";
import { vOrganizationsListQuery } from "../../generated/valibot.gen.ts";
import { call } from "../api/call.ts";
import type { ClientContext } from "../api/client-context.ts";
import type { RequestOptions } from "../config/client-options.ts";
import { runList } from "../facade/list-operation.ts";
import { defineOperation } from "../facade/operation.ts";
import type { PageData, PagePromise } from "../facade/pages.ts";
import type { CallContext } from "../transport/call-context.ts";
import { toOrganizationPage } from "./organization-responses.ts";
import type { ListOrganizationsParams, Organization } from "./types.ts";

const LIST = {
  method: defineOperation("organizations.list", "organizations_list"),
  schema: vOrganizationsListQuery,
  load: loadOrganizations,
};

export function listOrganizations(
  context: ClientContext,
  params: ListOrganizationsParams = {},
  options?: RequestOptions,
): PagePromise<Organization> {
  return runList(context, LIST, params, options);
}

/** One page of the list. */
export async function loadOrganizations(
  context: ClientContext,
  callContext: CallContext,
  query: NonNullable<OrganizationsListData["query"]>,
): Promise<PageData<Organization>> {
  return toOrganizationPage(
    await call(context, "organizations_list", callContext, (send) => organizationsList({ ...send, query })),
  );
}
