import type {
  OrganizationCreate,
  OrganizationMembership,
  OrganizationRoleAssignment,
  OrganizationRoleAssignmentRequest,
  OrganizationUpdate,
  PredefinedOrganizationRoleAssignmentInput,
} from "../../generated/models.gen.ts";
import type { BulkProgress } from "../facade/batch.ts";
import type { BulkOptions } from "../facade/bulk-options.ts";
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

/**
 * A role to assign. The role of a membership is accepted too, unless it is a predefined role that this version does not know. The
 * name of a custom role is not sent.
 */
export type OrganizationRoleInput = OrganizationRoleAssignmentRequest | OrganizationRoleAssignment;

/** The name of a predefined role to assign, in either case. A membership has an {@link OrganizationRole}, which may be unknown. */
export type OrganizationRoleNameInput = PredefinedOrganizationRoleAssignmentInput["name"];

/** Names an organization: `organization` is an ID or a name, `organizationId` is an ID. */
export type OrganizationParams =
  | {
      /** An ID or a name. */
      organization: string;
      /** Cannot be combined with `organization`. */
      organizationId?: undefined;
    }
  | {
      /** The organization's ID. */
      organizationId: string;
      /** Cannot be combined with `organizationId`. */
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
  /** The role in the organization. */
  role: OrganizationRoleInput;
};

/** The params of {@link Organizations.addUser}: an organization, a user and a role. */
export type AddOrganizationUserParams = OrganizationParams & OrganizationUser;

/** The params of {@link Organizations.addUsers}: an organization and users with their roles. */
export type AddOrganizationUsersParams = OrganizationParams &
  BulkOptions<AddOrganizationUsersProgress, BulkMemberAdditionResult> & {
    /**
     * The users with their roles; may be empty. Rows for the same user, even if one has an ID and another an address, are merged
     * if they agree, and fail if they differ. A row that is not an object, or names no user, fails on its own.
     */
    users: readonly OrganizationUser[];
  };

/** The progress of `addUsers`. */
export interface AddOrganizationUsersProgress extends BulkProgress {
  /** Users who are now members with the requested role. */
  added: number;
  /** Targets that match no user. */
  notFound: number;
}

/** The result of `addUsers` for one user. */
export type BulkMemberAdditionResult = BulkUserResult<{
  /** The user is a member, and may have been a member before. `membership` has the role that the server stored. */
  status: "added";
  /** The membership after the call. */
  membership: OrganizationMembership;
}>;

/** The params of {@link Organizations.removeUsers}: an organization and the members to remove. */
export type RemoveOrganizationUsersParams = OrganizationParams &
  BulkOptions<RemoveOrganizationUsersProgress, BulkMemberRemovalResult> & {
    /** The users, by ID or (with an `@`) by email address; may be empty. A user who is named twice is one target. */
    users: readonly (string | GetUserParams)[];
  };

/** The progress of `removeUsers`. */
export interface RemoveOrganizationUsersProgress extends BulkProgress {
  /** Users who are no longer members. */
  removed: number;
  /** Users who were not members, and targets that match no user. */
  notFound: number;
}

/** The result of `removeUsers` for one user. */
export type BulkMemberRemovalResult = BulkUserResult<{
  /** The user was removed, perhaps by an earlier request of this call that got no response. */
  status: "removed";
}>;
