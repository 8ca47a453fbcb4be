import type * as wire from "../../generated/types.gen.ts";
import { vOrganization, vOrganizationMembership, vPaginationMetadata } from "../../generated/valibot.gen.ts";
import { isSameId, unwrap } from "../api/decode-response.ts";
import { array, object, optional } from "../api/schema.ts";
import { type PageData, toPage } from "../facade/pages.ts";
import type { SuccessResponse } from "../transport/send-once.ts";
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

/** `id`: of the organization that was asked for, where it is there already. */
export function toOrganization(success: SuccessResponse, id?: string): Organization {
  const differsIn = (organization: { id: string }) =>
    id === undefined || isSameId(organization.id, id) ? undefined : "id";
  return described(unwrap<wire.Organization>(anyOrganization(), success, differsIn));
}

export function toOrganizationPage(success: SuccessResponse): PageData<Organization> {
  const list = anyOrganizationList();
  const { organizations, pagination } = unwrap<wire.OrganizationListResponse>(list, success);
  return toPage(organizations.map(described), pagination);
}

/** The membership of a user in an organization, by their IDs. */
export const toMembership = (
  success: SuccessResponse,
  organizationId: string,
  userId: string,
): OrganizationMembership =>
  unwrap<wire.OrganizationMembership>(vOrganizationMembership, success, (membership) => {
    if (!isSameId(membership.userId, userId)) return "user_id";
    return isSameId(membership.organizationId, organizationId) ? undefined : "organization_id";
  });
