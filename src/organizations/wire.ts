import type * as wire from "../../generated/types.gen.ts";
import { vOrganization, vOrganizationMembership, vPaginationMetadata } from "../../generated/valibot.gen.ts";
import type { Success } from "../core/exchange.ts";
import { type PageData, toPage } from "../core/pages.ts";
import { array, object, optional } from "../core/schema.ts";
import { isSameId, unwrap } from "../core/unwrap.ts";
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

/** `asked`: the ID of the organization that was asked for where it is there already, else the name that it is to have. */
export function toOrganization(success: Success, asked?: { id: string } | { name: string }): Organization {
  const differsIn = (organization: { id: string; name: string }) => {
    if (!asked) return undefined;
    if ("id" in asked) return isSameId(organization.id, asked.id) ? undefined : "id";
    return plain(organization.name) === plain(asked.name) ? undefined : "name";
  };
  return described(unwrap<wire.Organization>(anyOrganization(), success, differsIn));
}

/** A server may tidy up a name that it is given: its whitespace, its case, how its characters are composed. */
const plain = (name: string): string => name.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();

export function toOrganizationPage(success: Success): PageData<Organization> {
  const list = anyOrganizationList();
  const { organizations, pagination } = unwrap<wire.OrganizationListResponse>(list, success);
  return toPage(organizations.map(described), pagination);
}

/** The membership of a user in an organization, by their IDs. */
export const toMembership = (
  success: Success,
  organizationId: string,
  userId: string,
): OrganizationMembership =>
  unwrap<wire.OrganizationMembership>(vOrganizationMembership, success, (membership) => {
    if (!isSameId(membership.userId, userId)) return "user_id";
    return isSameId(membership.organizationId, organizationId) ? undefined : "organization_id";
  });
