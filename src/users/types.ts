import type * as wire from "../../generated/types.gen.ts";
import type { EitherCase, FromWire, Input } from "../core/wire-types.ts";

/** Whether a user can sign in, has a pending invitation, or let one expire. Removed users are never seen. */
export type UserStatus = wire.UserStatus;

/** An account role that every account has. */
export type UserRole = wire.UserRole;

/** How a new user is told: not at all, by a mail with a link, or by a one-time password. */
export type InviteMode = wire.InviteMode;

/** A role as users have it: `{ type: "predefined", name }` or `{ type: "custom", id, name? }`. */
export type UserRoleAssignment = FromWire<wire.UserRoleAssignment>;

/** A role as it is given; that of a fetched user fits. The name of a custom role is not sent. */
export type UserRoleInput = Input<wire.UserRoleAssignment>;

/** A user of the account. A newer server's unknown enum values come through in lower case. */
export interface User extends FromWire<wire.User> {
  /** Global ID, opaque. */
  id: string;
  /** Display name; not unique. */
  name: string;
  /** Email address, unique in the account. */
  email: string;
  createdAt: Date;
  status: UserStatus;
  role: UserRoleAssignment;
  /** Whether the user has developer permissions. */
  isDeveloper: boolean;
}

interface Created {
  /** The user was created by this call, or an expired invitation was renewed by it. */
  outcome: "created";
  inviteMode: InviteMode;
  /**
   * The one-time password of `inviteMode: "temporary_password"`, given here and never again. Not enumerable:
   * logs, JSON and spreads do not show it.
   */
  readonly temporaryPassword?: string;
}

interface Existing {
  /**
   * `existing`: the user was there before. `recovered`: an earlier attempt of this call got no answer, and
   * the user is there, made by this call or just before it.
   */
  outcome: "existing" | "recovered";
  inviteMode?: undefined;
  readonly temporaryPassword?: undefined;
}

/** What `create` gives: the user, and what became of the call. */
export type CreatedUser = User & (Created | Existing);

export interface ListUsersParams extends Input<NonNullable<wire.UsersListData["query"]>> {
  /** Case-insensitive part of the address, at most 255 characters. */
  email?: string | undefined;
  /** Only users of these statuses. Default: all. */
  status?: readonly EitherCase<UserStatus>[] | undefined;
  /** Most users on a page, 1 to 100. Default: 50. */
  limit?: number | undefined;
  /** The `nextCursor` of the page before. */
  cursor?: string | undefined;
}

/** By ID or address, or by ID alone. */
export type GetUserParams =
  | {
      /** An ID or, where it contains `@`, an email address. */
      user: string;
      userId?: undefined;
    }
  | { userId: string; user?: undefined };

export interface CreateUserParams extends Input<wire.CreateUserRequest> {
  /** Display name, 1 to 255 characters without surrounding blanks. */
  name: string;
  email: string;
  role: UserRoleInput;
  inviteMode: EitherCase<InviteMode>;
  /** Developer permissions. Default, set by the server: true for admin and member, false for annotator. */
  isDeveloper?: boolean | undefined;
  /** What to do about a user who is there already: give it, or throw a ConflictError. Default: `return`. */
  onExisting?: "return" | "throw" | undefined;
}

export interface UpdateUserParams extends Input<wire.UserUpdate> {
  userId: string;
  /** New display name, 1 to 255 characters without surrounding blanks. */
  name?: string | undefined;
  /** New developer permission. Only an account admin may change it. */
  isDeveloper?: boolean | undefined;
}

export interface UserIdParams {
  userId: string;
}

export interface BulkDeleteUsersParams {
  userIds?: readonly string[] | undefined;
  emails?: readonly string[] | undefined;
  /** Most requests in flight, 1 to 64. Default: as many as the server bears, from 8. */
  concurrency?: number | undefined;
  /** Told after each target. What it throws is ignored. */
  onProgress?: ((progress: BulkDeleteProgress) => void) | undefined;
}

/** How far a bulk delete is; `done` is the sum of the three after it. */
export interface BulkDeleteProgress {
  total: number;
  done: number;
  deleted: number;
  notFound: number;
  failed: number;
}

export interface CreateUsersParams {
  /** What `create` takes, for each user. Rows of one email (in any case) are merged where they agree, and fail where not. */
  users: readonly CreateUserParams[];
  /** Most requests in flight, 1 to 64. Default: as many as the server bears, from 8. */
  concurrency?: number | undefined;
  /** Told after each user. What it throws is ignored. */
  onProgress?: ((progress: CreateUsersProgress) => void) | undefined;
}

/** How far a `createMany` is; `done` is the sum of the three after it. */
export interface CreateUsersProgress {
  total: number;
  done: number;
  created: number;
  existing: number;
  failed: number;
}

/** What became of one address of a `createMany`. `email` is the address as it was first given. */
export type BulkUserCreationResult =
  | {
      email: string;
      status: "created";
      /** What `create` gives; its temporary password, if any, is not enumerable. */
      user: CreatedUser;
    }
  | {
      email: string;
      /** Also where the user's `outcome` is `recovered`: made by this call or just before it. */
      status: "existing";
      user: CreatedUser;
    }
  | {
      email: string;
      status: "failed";
      /** One line. */
      error: string;
      /** The error itself; where a signal ended the call, the signal's reason. */
      cause: unknown;
    };

/** What became of one target of a bulk delete. `email` is the address as it was first given. */
export type BulkUserDeletionResult =
  | { userId: string; email?: string; status: "deleted" }
  | {
      userId?: string;
      email?: string;
      status: "not_found";
      /** One line. */
      error: string;
    }
  | {
      userId?: string;
      email?: string;
      status: "failed";
      /** One line. */
      error: string;
      /** The error itself; where a signal ended the call, the signal's reason. */
      cause: unknown;
    };
