import { type Dialect, spellRole } from "../dialect.ts";
import { timestamp } from "../seeds/creation.ts";
import type { StoredOrganization } from "./organizations.ts";
import type { SandboxMember } from "./types.ts";

/** Formats an organization for responses. */
export const toWireOrganization = ({ id, name, description, createdAtMs }: StoredOrganization) => ({
  id,
  name,
  description,
  created_at: timestamp(createdAtMs),
});

/** Formats a membership for responses. */
export const toWireMembership = (
  { membershipId, userId, role }: SandboxMember,
  organizationId: string,
  dialect: Dialect,
) => ({
  id: membershipId,
  user_id: userId,
  organization_id: organizationId,
  role: spellRole(role, dialect),
});
