import type {
  CreateUserRequest,
  InviteMode,
  ListUsersParams,
  PredefinedUserRoleAssignmentInput,
  User,
  UserRoleAssignment,
  UserRoleAssignmentRequest,
  UserUpdate,
} from "../../generated/models.gen.ts";
import type { BulkFailure, BulkNotFound, BulkProgress } from "../facade/batch.ts";
import type { BulkOptions } from "../facade/bulk-options.ts";

export type {
  CreateUserRequest,
  CustomRoleAssignment,
  CustomRoleAssignmentRequest,
  InviteMode,
  ListUsersParams,
  PredefinedUserRoleAssignment,
  PredefinedUserRoleAssignmentInput,
  User,
  UserRole,
  UserRoleAssignment,
  UserRoleAssignmentRequest,
  UserStatus,
  UserUpdate,
} from "../../generated/models.gen.ts";

/**
 * A role to assign. The role of a fetched user is accepted too, unless it is a predefined role that this version does not know. The
 * name of a custom role is not sent.
 */
export type UserRoleInput = UserRoleAssignmentRequest | UserRoleAssignment;

/** The name of a predefined role to assign, in either case. A fetched user has a {@link UserRole}, which may be unknown. */
export type UserRoleNameInput = PredefinedUserRoleAssignmentInput["name"];

/** An invite mode to choose, in either case. A created user has an {@link InviteMode}, which may be unknown. */
export type InviteModeInput = CreateUserRequest["inviteMode"];

/** A status to filter by, in either case. A fetched user has a {@link UserStatus}, which may be unknown. */
export type UserStatusInput = NonNullable<ListUsersParams["status"]>[number];

/** The result of `create`: the user and the outcome. */
export type CreatedUser = User &
  (
    | {
        /** The user was created by this call, or an expired invitation was renewed by it. */
        outcome: "created";
        /** The invite mode that was requested. */
        inviteMode: InviteMode;
        /**
         * The one-time password of `inviteMode: "temporary_password"`. The API returns it only once. Not enumerable: logs, JSON
         * and spreads do not show it.
         */
        readonly temporaryPassword?: string;
      }
    | {
        /**
         * `existing`: the user existed before. `recovered`: an earlier attempt of this call got no response, and the user exists
         * now. This call created the user, or another one did at the same time: by the server's clock, `createdAt` is not
         * earlier than the call.
         */
        outcome: "existing" | "recovered";
        /** Only on a user whom this call created. */
        inviteMode?: undefined;
        /** Only on a user whom this call created. */
        readonly temporaryPassword?: undefined;
      }
  );

/** Names a user: `user` is an ID or an email address, `userId` is an ID. */
export type GetUserParams =
  | {
      /** An email address if it contains `@`, otherwise an ID. */
      user: string;
      /** Cannot be combined with `user`. */
      userId?: undefined;
    }
  | {
      /** The user's ID. */
      userId: string;
      /** Cannot be combined with `userId`. */
      user?: undefined;
    };

/** The params of {@link Users.create}. */
export interface CreateUserParams extends Omit<CreateUserRequest, "role"> {
  /** The account role. The hosted API does not support custom roles yet; it reserves them for future use. */
  role: UserRoleInput;
  /** If the user already exists: return the user, or throw a {@link ConflictError}. Default: `return`. */
  onExisting?: "return" | "throw" | undefined;
}

/** Names a user by ID. */
export interface UserIdParams {
  /** The user's ID. */
  userId: string;
}

/** The params of {@link Users.update}: at least one change. */
export interface UpdateUserParams extends UserUpdate, UserIdParams {}

/** The params of {@link Users.bulkDelete}. At least one of the two lists is required; it may be empty. */
export interface BulkDeleteUsersParams extends BulkOptions<BulkDeleteProgress, BulkUserDeletionResult> {
  /** IDs of users to remove. */
  userIds?: readonly string[] | undefined;
  /** Email addresses of users to remove. */
  emails?: readonly string[] | undefined;
}

/** The progress of a bulk delete. */
export interface BulkDeleteProgress extends BulkProgress {
  /** Targets that were removed. */
  deleted: number;
  /** Targets that match no user. */
  notFound: number;
}

/** The params of {@link Users.createMany}. */
export interface CreateUsersParams extends BulkOptions<CreateUsersProgress, BulkUserCreationResult> {
  /**
   * The params of `create` for each user; may be empty. Rows with the same email (in any ASCII case) are merged if they agree,
   * and fail if they differ. A row that is not an object, or has no email, fails on its own.
   */
  users: readonly CreateUserParams[];
}

/** The progress of `createMany`. */
export interface CreateUsersProgress extends BulkProgress {
  /** Users whom the call created. */
  created: number;
  /** Users who existed before, or may have existed before. */
  existing: number;
}

/** The result of `createMany` for one address. */
export type BulkUserCreationResult = {
  /** The address as first given; empty if the row has none. */
  email: string;
} & (
  | {
      /**
       * `created`: the user was created, or an expired invitation was renewed. `existing`: the user existed before, or the
       * user's `outcome` is `recovered` (created by this call or at the same time).
       */
      status: "created" | "existing";
      /** The result of `create`. Its temporary password, if any, is not enumerable. */
      user: CreatedUser;
    }
  | BulkFailure
);

/** A user for {@link Users.updateMany}: named by ID or by email address, with at least one change. */
export type UpdateManyUser = UserUpdate &
  (
    | {
        /** The user's ID. */
        userId: string;
        /** Cannot be combined with `userId`. */
        email?: undefined;
      }
    | {
        /** The user's email address, which is not changed. */
        email: string;
        /** Cannot be combined with `email`. */
        userId?: undefined;
      }
  );

/** The params of {@link Users.updateMany}. */
export interface UpdateUsersParams extends BulkOptions<UpdateUsersProgress, BulkUserUpdateResult> {
  /**
   * The users with their changes; may be empty. Rows for the same user, even if one has an ID and another an address, are merged
   * if they agree, and fail if they differ. A row that is not an object, or names no user, fails on its own.
   */
  users: readonly UpdateManyUser[];
}

/** The progress of `updateMany`. */
export interface UpdateUsersProgress extends BulkProgress {
  /** Users who now have the requested values. */
  updated: number;
  /** Targets that match no user. */
  notFound: number;
}

/** The result of a bulk call for one user: `Done`, not found, or a failure. */
export type BulkUserResult<Done> = {
  /** The address as first given. */
  email?: string;
} & (
  | ({
      /** The ID, as given or looked up. */
      userId: string;
    } & Done)
  | ({
      /** The ID, as given or looked up. A target that names no user has neither this nor `email`. */
      userId?: string;
    } & (BulkNotFound | BulkFailure))
);

/** The result of a bulk delete for one target. */
export type BulkUserDeletionResult = BulkUserResult<{
  /** The user was removed, now or before. */
  status: "deleted";
}>;

/** The result of `updateMany` for one user. */
export type BulkUserUpdateResult = BulkUserResult<{
  /** The server accepted the values, even if none of them differed before. `user` has what it stored. */
  status: "updated";
  /** The user after the update. */
  user: User;
}>;
