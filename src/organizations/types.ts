import type * as wire from "../../generated/types.gen.ts";
import type { FromWire, Input } from "../core/wire-types.ts";
import type { GetUserParams } from "../users/types.ts";

/** A role that every organization has. */
export type OrganizationRole = wire.OrganizationRole;

/** A role as members have it: `{ type: "predefined", name }` or `{ type: "custom", id, name? }`. */
export type OrganizationRoleAssignment = FromWire<wire.OrganizationRoleAssignment>;

/** A role as it is given; that of a membership fits. The name of a custom role is not sent. */
export type OrganizationRoleInput = Input<wire.OrganizationRoleAssignment>;

/** A part of the account that groups spaces, with members of its own. */
export interface Organization extends FromWire<wire.Organization> {
  /** Global ID, opaque. */
  id: string;
  /** Unique in the account. */
  name: string;
  /** Empty where there is none. */
  description: string;
  createdAt: Date;
}

/** That a user belongs to an organization, and in what role. */
export interface OrganizationMembership extends FromWire<wire.OrganizationMembership> {
  /** Global ID of the membership, opaque. */
  id: string;
  userId: string;
  organizationId: string;
  role: OrganizationRoleAssignment;
}

export interface ListOrganizationsParams extends Input<NonNullable<wire.OrganizationsListData["query"]>> {
  /** Case-insensitive part of the name, at most 255 characters. */
  name?: string | undefined;
  /** Most organizations on a page, 1 to 100. Default: 50. */
  limit?: number | undefined;
  /** The `nextCursor` of the page before. */
  cursor?: string | undefined;
}

/** By ID or name, or by ID alone. */
export type OrganizationParams =
  | {
      /** An ID or a name. */
      organization: string;
      organizationId?: undefined;
    }
  | { organizationId: string; organization?: undefined };

export interface CreateOrganizationParams extends Omit<Input<wire.OrganizationCreate>, "description"> {
  /** 1 to 255 characters without surrounding blanks, unique in the account. */
  name: string;
  /** At most 1,000 characters. Default: none. */
  description?: string | null | undefined;
}

interface OrganizationChanges extends Omit<Input<wire.OrganizationUpdate>, "description"> {
  /** New name, 1 to 255 characters without surrounding blanks, unique in the account. */
  name?: string | undefined;
  /** New description, at most 1,000 characters. `null` or an empty one clears it. */
  description?: string | null | undefined;
}

export type UpdateOrganizationParams = OrganizationParams & OrganizationChanges;

/** An organization, and a user by ID or address, or by ID alone. */
export type OrganizationUserParams = OrganizationParams & GetUserParams;

export type AddOrganizationUserParams = OrganizationUserParams & {
  /** What the user may do in the organization. */
  role: OrganizationRoleInput;
};
