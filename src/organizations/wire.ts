import type * as wire from "../../generated/types.gen.ts";
import { vOrganization, vOrganizationMembership, vPaginationMetadata } from "../../generated/valibot.gen.ts";
import type { Success } from "../core/exchange.ts";
import { type PageData, toPage } from "../core/pages.ts";
import { array, object, optional } from "../core/schema.ts";
import { unwrap } from "../core/unwrap.ts";
import type { Organization, OrganizationMembership } from "./types.ts";

/**
 * Servers since 2026-08-04 may have null for the description that nobody wrote. A function, since a bundler cannot
 * drop what reads a property while its module is loaded.
 */
const anyOrganization = () =>
  object({ ...vOrganization.entries, description: optional(vOrganization.entries.description) });

const anyOrganizationList = () =>
  object({ organizations: array(anyOrganization()), pagination: vPaginationMetadata });

const described = (
  organization: Omit<Organization, "description"> & { description?: string },
): Organization => ({ ...organization, description: organization.description ?? "" });

export function toOrganization(success: Success): Organization {
  return described(unwrap<wire.Organization>(anyOrganization(), success));
}

export function toOrganizationPage(success: Success): PageData<Organization> {
  const list = anyOrganizationList();
  const { organizations, pagination } = unwrap<wire.OrganizationListResponse>(list, success);
  return toPage(organizations.map(described), pagination);
}

export const toMembership = (success: Success): OrganizationMembership =>
  unwrap<wire.OrganizationMembership>(vOrganizationMembership, success);
