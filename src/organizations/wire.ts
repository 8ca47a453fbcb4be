import { array, object, optional } from "valibot";
import {
  vOrganization,
  vOrganizationListResponse,
  vOrganizationMembership,
} from "../../generated/valibot.gen.ts";
import type { Success } from "../core/exchange.ts";
import { type PageData, toPage } from "../core/pages.ts";
import { unwrap } from "../core/unwrap.ts";
import type { Organization, OrganizationMembership } from "./types.ts";

/**
 * Servers since 2026-08-04 may have null for the description that nobody wrote. A function, since a bundler cannot
 * drop what reads a property while its module is loaded.
 */
const anyOrganization = () =>
  object({ ...vOrganization.entries, description: optional(vOrganization.entries.description) });

const described = (
  organization: Omit<Organization, "description"> & { description?: string },
): Organization => ({ ...organization, description: organization.description ?? "" });

export const toOrganization = (success: Success): Organization =>
  described(unwrap(anyOrganization(), success));

export function toOrganizationPage(success: Success): PageData<Organization> {
  const list = object({ ...vOrganizationListResponse.entries, organizations: array(anyOrganization()) });
  const { organizations, pagination } = unwrap(list, success);
  return toPage(organizations.map(described), pagination);
}

export const toMembership = (success: Success): OrganizationMembership =>
  unwrap(vOrganizationMembership, success);
