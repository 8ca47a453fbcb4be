import type {
  CreateUserRequest,
  InviteMode,
  User,
  UserRoleAssignment,
  UserRoleAssignmentRequest,
  UserUpdate,
} from "../../generated/models.gen.ts";
import type { BulkFailure, BulkNotFound, BulkOptions, BulkProgress } from "../facade/batch.ts";

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

/** A role to assign. The role of a fetched user is accepted too. The name of a custom role is not sent. */
export type UserRoleInput = UserRoleAssignmentRequest | UserRoleAssignment;

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
      /** An ID or, where it contains `@`, an email address. */
      user: string;
      /** Not together with `user`. */
      userId?: undefined;
    }
  | {
      /** The user's ID. */
      userId: string;
      /** Not together with `userId`. */
      user?: undefined;
    };

/** The params of {@link Users.create}. */
export interface CreateUserParams extends Omit<CreateUserRequest, "role"> {
  /** The account role. The hosted API does not support custom roles yet; it reserves them for future use. */
  role: UserRoleInput;
  /** If the user exists already: return the user, or throw a {@link ConflictError}. Default: `return`. */
  onExisting?: "return" | "throw" | undefined;
}

/** Names a user by ID. */
export interface UserIdParams {
  /** The user's ID. */
  userId: string;
}

/** The params of {@link Users.update}: at least one change. */
export interface UpdateUserParams extends UserUpdate, UserIdParams {}

/** What {@link Users.bulkDelete} takes: at least one of its two lists, which may be empty. */
export interface BulkDeleteUsersParams extends BulkOptions<BulkDeleteProgress, BulkUserDeletionResult> {
  /** IDs of users to remove. */
  userIds?: readonly string[] | undefined;
  /** Email addresses of users to remove. */
  emails?: readonly string[] | undefined;
}

/** How far a bulk delete is. */
export interface BulkDeleteProgress extends BulkProgress {
  /** Targets that were removed. */
  deleted: number;
  /** Targets that match no user. */
  notFound: number;
}

/** What {@link Users.createMany} takes. */
export interface CreateUsersParams extends BulkOptions<CreateUsersProgress, BulkUserCreationResult> {
  /**
   * The params of `create` for each user; may be empty. Rows with the same email (in any ASCII case) are merged if they agree,
   * and fail if they differ. A row that is not an object, or has no email, fails on its own.
   */
  users: readonly CreateUserParams[];
}

/** How far a `createMany` is. */
export interface CreateUsersProgress extends BulkProgress {
  /** Users whom the call created. */
  created: number;
  /** Users who existed before, or may have. */
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

/** What a user of {@link Users.updateMany} becomes: named by ID or by address, with at least one change. */
export type UpdateManyUser = UserUpdate &
  (
    | {
        /** The user's ID. */
        userId: string;
        /** Not together with `userId`. */
        email?: undefined;
      }
    | {
        /** The user's email address, which stays as it is. */
        email: string;
        /** Not together with `email`. */
        userId?: undefined;
      }
  );

/** What {@link Users.updateMany} takes. */
export interface UpdateUsersParams extends BulkOptions<UpdateUsersProgress, BulkUserUpdateResult> {
  /**
   * Users with their changes; there may be none. Rows of one user, also one by ID and one by address, are merged where they
   * agree, and fail where not; a row that is no object, or names nobody, fails by itself.
   */
  users: readonly UpdateManyUser[];
}

/** How far an `updateMany` is. */
export interface UpdateUsersProgress extends BulkProgress {
  /** Users who are now as asked for. */
  updated: number;
  /** Targets that nobody is. */
  notFound: number;
}

/** The result of a bulk call for one user: `Done`, or why not. */
export type BulkUserResult<Done> = {
  /** As it was first given. */
  email?: string;
} & (
  | ({
      /** As it was given, or looked up. */
      userId: string;
    } & Done)
  | ({
      /** As it was given, or looked up; neither this nor `email` where a target has neither. */
      userId?: string;
    } & (BulkNotFound | BulkFailure))
);

/** The result of a bulk delete for one target. */
export type BulkUserDeletionResult = BulkUserResult<{
  /** Also of somebody who was removed before. */
  status: "deleted";
}>;

/** The result of `updateMany` for one user. */
export type BulkUserUpdateResult = BulkUserResult<{
  /** Also where nothing differed from what the user was. */
  status: "updated";
  /** As the user is now. */
  user: User;
}>;
