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

/** The ID of the organization that was asked for or, of a new one, its name. */
type AskedOrganization = { readonly id: string } | { readonly name: string };

export const toOrganization = (call: ApiCall, result: CallResult, asked?: AskedOrganization): Organization =>
  decodeResponse(call, result, decodeOrganization, (organization) => {
    if (!asked) return undefined;
    if ("id" in asked) return isSameId(organization.id, asked.id) ? undefined : "id";
    return plain(organization.name) === plain(asked.name) ? undefined : "name";
  });

/** A server may normalize a name: its whitespace, its case, the composition of its characters. */
const plain = (name: string): string => name.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();

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
