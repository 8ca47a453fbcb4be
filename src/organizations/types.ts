import type {
  OrganizationCreate,
  OrganizationMembership,
  OrganizationRoleAssignment,
  OrganizationRoleAssignmentRequest,
  OrganizationUpdate,
} from "../../generated/models.gen.ts";
import type { BulkOptions, BulkProgress } from "../facade/batch.ts";
import type { BulkUserResult, GetUserParams } from "../users/types.ts";

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

/** A role to assign. The role of a membership is accepted too. The name of a custom role is not sent. */
export type OrganizationRoleInput = OrganizationRoleAssignmentRequest | OrganizationRoleAssignment;

/** Names an organization: `organization` is an ID or a name, `organizationId` is an ID. */
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

/** The params of {@link Organizations.create}. */
export interface CreateOrganizationParams extends Omit<OrganizationCreate, "description"> {
  /** At most 1,000 characters. Default: none. */
  description?: string | null | undefined;
}

/** The params of {@link Organizations.update}: an organization, and at least one change. */
export type UpdateOrganizationParams = OrganizationParams &
  Omit<OrganizationUpdate, "description"> & {
    /** The new description, at most 1,000 characters. `null` or an empty string clears it. */
    description?: string | null | undefined;
  };

/** The params of {@link Organizations.removeUser}: an organization and a user. */
export type OrganizationUserParams = OrganizationParams & GetUserParams;

/** A user with a role in an organization. */
export type OrganizationUser = GetUserParams & {
  /** What the user may do in the organization. */
  role: OrganizationRoleInput;
};

/** What {@link Organizations.addUser} takes. */
export type AddOrganizationUserParams = OrganizationParams & OrganizationUser;

/** What {@link Organizations.addUsers} takes: an organization and its members. */
export type AddOrganizationUsersParams = OrganizationParams &
  BulkOptions<AddOrganizationUsersProgress, BulkMemberAdditionResult> & {
    /**
     * Users with their roles; there may be none. Rows of one user, also one by ID and one by address, are merged where they
     * agree, and fail where not; a row that is no object, or names nobody, fails by itself.
     */
    users: readonly OrganizationUser[];
  };

/** How far an `addUsers` is. */
export interface AddOrganizationUsersProgress extends BulkProgress {
  /** Users who are members now, with the role. */
  added: number;
  /** Users whom nobody is. */
  notFound: number;
}

/** The result of `addUsers` for one user. */
export type BulkMemberAdditionResult = BulkUserResult<{
  /** Also of one who was a member before, with this or another role. */
  status: "added";
  /** As it is now. */
  membership: OrganizationMembership;
}>;

/** What {@link Organizations.removeUsers} takes: an organization and its members. */
export type RemoveOrganizationUsersParams = OrganizationParams &
  BulkOptions<RemoveOrganizationUsersProgress, BulkMemberRemovalResult> & {
    /** Users by ID or, where it contains `@`, by email address; there may be none. One who is named twice is one target. */
    users: readonly (string | GetUserParams)[];
  };

/** How far a `removeUsers` is. */
export interface RemoveOrganizationUsersProgress extends BulkProgress {
  /** Users who are no members any more. */
  removed: number;
  /** Users who were no members, or whom nobody is. */
  notFound: number;
}

/** The result of `removeUsers` for one user. */
export type BulkMemberRemovalResult = BulkUserResult<{
  /** Also after a request of this call that got no response. */
  status: "removed";
}>;
