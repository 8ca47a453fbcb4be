import {
  decodeOrganization,
  decodeOrganizationListResponse,
  decodeOrganizationMembership,
} from "../../generated/models.gen.ts";
import type { ApiCall } from "../api/client-context.ts";
import { decodeResponse, isSameId } from "../api/decode-response.ts";
import { type PageData, toPage } from "../facade/pages.ts";
import type { CallResult } from "../transport/send-with-retries.ts";
import type { Organization, OrganizationMembership } from "./types.ts";

/** `id`: of the organization that was asked for, where it existed before. */
export const toOrganization = (call: ApiCall, result: CallResult, id?: string): Organization =>
  decodeResponse(call, result, decodeOrganization, (organization) =>
    id === undefined || isSameId(organization.id, id) ? undefined : "id",
  );

export function toOrganizationPage(call: ApiCall, result: CallResult): PageData<Organization> {
  const { organizations, pagination } = decodeResponse(call, result, decodeOrganizationListResponse);
  return toPage(organizations, pagination);
}

/** The membership of a user in an organization, by their IDs. */
export const toMembership = (
  call: ApiCall,
  result: CallResult,
  organizationId: string,
  userId: string,
): OrganizationMembership =>
  decodeResponse(call, result, decodeOrganizationMembership, (membership) => {
    if (!isSameId(membership.userId, userId)) return "user_id";
    return isSameId(membership.organizationId, organizationId) ? undefined : "organization_id";
  });
