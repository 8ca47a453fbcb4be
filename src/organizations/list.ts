import { organizationsList } from "../../generated/sdk.gen.ts";
import type { OrganizationsListData } from "../../generated/types.gen.ts";
import { vOrganizationsListQuery } from "../../generated/valibot.gen.ts";
import { call } from "../core/call.ts";
import type { Core } from "../core/core.ts";
import { runList } from "../core/list.ts";
import { method } from "../core/method.ts";
import type { PageData, PagePromise } from "../core/pages.ts";
import type { Scope } from "../core/scope.ts";
import type { RequestOptions } from "../options.ts";
import type { ListOrganizationsParams, Organization } from "./types.ts";
import { toOrganizationPage } from "./wire.ts";

const LIST = {
  method: method("organizations.list", "organizations_list"),
  schema: vOrganizationsListQuery,
  load: loadOrganizations,
};

export function listOrganizations(
  core: Core,
  params: ListOrganizationsParams = {},
  options?: RequestOptions,
): PagePromise<Organization> {
  return runList(core, LIST, params, options);
}

/** One page of the list. */
export async function loadOrganizations(
  core: Core,
  scope: Scope,
  query: NonNullable<OrganizationsListData["query"]>,
): Promise<PageData<Organization>> {
  return toOrganizationPage(
    await call(core, "organizations_list", scope, (send) => organizationsList({ ...send, query })),
  );
}
