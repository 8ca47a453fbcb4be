import type {
  OrganizationCreate,
  OrganizationRoleAssignment,
  OrganizationRoleAssignmentRequest,
  OrganizationUpdate,
} from "../../generated/models.gen.ts";
import type { GetUserParams } from "../users/types.ts";

export type {
  ListOrganizationsParams,
  Organization,
  OrganizationCreate,
  OrganizationMembership,
  OrganizationRole,
  OrganizationRoleAssignment,
  OrganizationRoleAssignmentRequest,
  OrganizationUpdate,
  PredefinedOrganizationRoleAssignment,
  PredefinedOrganizationRoleAssignmentInput,
} from "../../generated/models.gen.ts";

/** A role as it is given; that of a membership fits. The name of a custom role is not sent. */
export type OrganizationRoleInput = OrganizationRoleAssignmentRequest | OrganizationRoleAssignment;

/** An organization: by ID or name, or by ID alone. */
export type OrganizationParams =
  | {
      /** An ID or a name. */
      organization: string;
      /** Not together with `organization`. */
      organizationId?: undefined;
    }
  | {
      /** The organization's ID. */
      organizationId: string;
      /** Not together with `organizationId`. */
      organization?: undefined;
    };

/** What {@link Organizations.create} takes. */
export interface CreateOrganizationParams extends Omit<OrganizationCreate, "description"> {
  /** At most 1,000 characters. Default: none. */
  description?: string | null | undefined;
}

/** What {@link Organizations.update} takes: an organization, and at least one change. */
export type UpdateOrganizationParams = OrganizationParams &
  Omit<OrganizationUpdate, "description"> & {
    /** New description, at most 1,000 characters. `null` or an empty one clears it. */
    description?: string | null | undefined;
  };

/** An organization, and a user by ID or address, or by ID alone: what {@link Organizations.removeUser} takes. */
export type OrganizationUserParams = OrganizationParams & GetUserParams;

/** What {@link Organizations.addUser} takes. */
export type AddOrganizationUserParams = OrganizationUserParams & {
  /** What the user may do in the organization. */
  role: OrganizationRoleInput;
};
