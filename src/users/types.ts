import type * as models from "../../generated/models.gen.ts";
import type { Outcome } from "../errors/types.ts";

/**
 * Whether a user can sign in, has a pending invitation, or let one expire. Removed users are never seen.
 *
 * @example
 * import type { UserStatus } from "ax-users";
 *
 * const status: UserStatus[] = ["invited", "expired"];
 * for await (const user of client.users.list({ status })) console.log(user.email);
 */
export type UserStatus = models.UserStatus;

/**
 * An account role that every account has.
 *
 * @example
 * import type { UserRole } from "ax-users";
 *
 * const name: UserRole = "annotator";
 * const role = { type: "predefined", name } as const;
 * await client.users.create({ name: "Bot", email: "bot@example.com", role, inviteMode: "none" });
 */
export type UserRole = models.UserRole;

/**
 * How a new user is told: not at all, and active at once, for accounts with single sign-on; by a mail with a link; or
 * by you, with a one-time password.
 *
 * @example
 * import type { InviteMode } from "ax-users";
 *
 * const inviteMode: InviteMode = "none";
 * const role = { type: "predefined", name: "annotator" } as const;
 * await client.users.create({ name: "Bot", email: "bot@example.com", role, inviteMode });
 */
export type InviteMode = models.InviteMode;

/**
 * A role as users have it: `{ type: "predefined", name }` or `{ type: "custom", id, name? }`.
 *
 * @example
 * import type { UserRoleAssignment } from "ax-users";
 *
 * const role: UserRoleAssignment = user.role;
 * console.log(role.type === "custom" ? role.id : role.name);
 */
export type UserRoleAssignment = models.UserRoleAssignment;

/**
 * A role as it is given; that of a fetched user fits. The name of a custom role is not sent.
 *
 * @example
 * import type { UserRoleInput } from "ax-users";
 *
 * const role: UserRoleInput = { type: "custom", id: "your-custom-role-id" };
 * await client.users.create({ name: "Bot", email: "bot@example.com", role, inviteMode: "none" });
 */
export type UserRoleInput = models.UserRoleAssignmentRequest | models.UserRoleAssignment;

/**
 * A user of the account. A newer server's unknown enum values come through in lower case.
 *
 * @example
 * import type { User } from "ax-users";
 *
 * const tell = ({ id, email, status }: User) => console.log(id, email, status);
 * for await (const user of client.users.list()) tell(user);
 */
export interface User extends models.User {
  /** Global ID, opaque. */
  id: string;
  /** Display name; not unique. */
  name: string;
  /** Email address, unique in the account. */
  email: string;
  /** When the user was created. */
  createdAt: Date;
  /** Whether the user can sign in. */
  status: UserStatus;
  /** The account role. */
  role: UserRoleAssignment;
  /** Whether the user has developer permissions. */
  isDeveloper: boolean;
}

interface Created {
  /** The user was created by this call, or an expired invitation was renewed by it. */
  outcome: "created";
  /** As it was asked for. */
  inviteMode: InviteMode;
  /**
   * The one-time password of `inviteMode: "temporary_password"`, given here and never again. Not enumerable:
   * logs, JSON and spreads do not show it.
   */
  readonly temporaryPassword?: string;
}

interface Existing {
  /**
   * `existing`: the user was there before. `recovered`: an earlier attempt of this call got no response, and
   * the user is there, created by this call or at the same time: `createdAt` is no earlier than the call by the server's clock.
   */
  outcome: "existing" | "recovered";
  /** Only of a user whom the call created. */
  inviteMode?: undefined;
  /** Only of a user whom the call created. */
  readonly temporaryPassword?: undefined;
}

/**
 * What `create` gives: the user, and what became of the call.
 *
 * @example
 * import type { CreatedUser } from "ax-users";
 *
 * const tell = ({ email, outcome }: CreatedUser) => console.log(email, outcome);
 * const role = { type: "predefined", name: "annotator" } as const;
 * tell(await client.users.create({ name: "Bot", email: "bot@example.com", role, inviteMode: "none" }));
 */
export type CreatedUser = User & (Created | Existing);

/**
 * What {@link Users.list} takes.
 *
 * @example
 * import type { ListUsersParams } from "ax-users";
 *
 * const params: ListUsersParams = { email: "@example.com", status: ["invited"] };
 * for await (const user of client.users.list(params)) console.log(user.email);
 */
export interface ListUsersParams extends models.UsersListQuery {
  /** Case-insensitive part of the address, 1 to 255 characters, not whitespace only. */
  email?: string | undefined;
  /** Only users of these statuses, at least one. Default: all. */
  status?: readonly models.UserStatusInput[] | undefined;
  /** Most users on a page, 1 to 100. Default: 50. */
  limit?: number | undefined;
  /** The `nextCursor` of the page before. */
  cursor?: string | undefined;
}

/**
 * A user: by ID or address, or by ID alone.
 *
 * @example
 * import type { GetUserParams } from "ax-users";
 *
 * const params: GetUserParams = { user: "ada@example.com" };
 * await client.users.get(params);
 */
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

/**
 * What {@link Users.create} takes.
 *
 * @example
 * import type { CreateUserParams } from "ax-users";
 *
 * const params: CreateUserParams = {
 *   name: "Alan Turing",
 *   email: "alan@example.com",
 *   role: { type: "predefined", name: "member" },
 *   inviteMode: "temporary_password",
 * };
 * const { temporaryPassword } = await client.users.create(params); // given this once
 */
export interface CreateUserParams extends Omit<models.CreateUserRequest, "role"> {
  /** Display name, 1 to 255 characters without surrounding blanks. */
  name: string;
  /** Email address, at most 254 characters; spellings that differ in the case of ASCII letters stand for one user. */
  email: string;
  /** The account role. */
  role: UserRoleInput;
  /** How the user is told. */
  inviteMode: models.InviteModeInput;
  /** Developer permissions. Default, set by the server: true for admin and member, false for annotator. */
  isDeveloper?: boolean | undefined;
  /** What to do about a user who is there already: give it, or throw a {@link ConflictError}. Default: `return`. */
  onExisting?: "return" | "throw" | undefined;
}

/**
 * What {@link Users.update} takes: at least one change.
 *
 * @example
 * import type { UpdateUserParams } from "ax-users";
 *
 * const params: UpdateUserParams = { userId: user.id, isDeveloper: true };
 * await client.users.update(params);
 */
export interface UpdateUserParams extends models.UserUpdate {
  /** The user's ID. */
  userId: string;
  /** New display name, 1 to 255 characters without surrounding blanks. */
  name?: string | undefined;
  /** New developer permission. Only an account admin may change it. */
  isDeveloper?: boolean | undefined;
}

/**
 * A user by ID.
 *
 * @example
 * import type { UserIdParams } from "ax-users";
 *
 * const params: UserIdParams = { userId: user.id };
 * await client.users.delete(params);
 */
export interface UserIdParams {
  /** The user's ID. */
  userId: string;
}

/**
 * What {@link Users.bulkDelete} takes: at least one of its two lists, which may be empty.
 *
 * @example
 * import type { BulkDeleteUsersParams } from "ax-users";
 *
 * const params: BulkDeleteUsersParams = { userIds: [user.id], concurrency: 4 };
 * await client.users.bulkDelete(params);
 */
export interface BulkDeleteUsersParams {
  /** IDs of users to remove. */
  userIds?: readonly string[] | undefined;
  /** Email addresses of users to remove. */
  emails?: readonly string[] | undefined;
  /** Most requests in flight, 1 to 64. Default: as many as the server bears, from 8. */
  concurrency?: number | undefined;
  /** Called after each target. What it throws is ignored. */
  onProgress?: ((progress: BulkDeleteProgress) => void) | undefined;
}

/**
 * How far a bulk delete is; `done` is the sum of the three after it.
 *
 * @example
 * import type { BulkDeleteProgress } from "ax-users";
 *
 * const onProgress = ({ done, total }: BulkDeleteProgress) => console.log(done, "of", total);
 * await client.users.bulkDelete({ userIds: [user.id], onProgress });
 */
export interface BulkDeleteProgress {
  /** How many distinct targets there are. */
  total: number;
  /** How many have their result. */
  done: number;
  /** Targets that were removed. */
  deleted: number;
  /** Targets that nobody is. */
  notFound: number;
  /** Those that failed, or were not attempted. */
  failed: number;
}

/**
 * What {@link Users.createMany} takes.
 *
 * @example
 * import type { CreateUsersParams } from "ax-users";
 *
 * const role = { type: "predefined", name: "member" } as const;
 * const users = [{ name: "Alan Turing", email: "alan@example.com", role, inviteMode: "email_link" as const }];
 * const params: CreateUsersParams = { users, concurrency: 4 };
 * await client.users.createMany(params);
 */
export interface CreateUsersParams {
  /**
   * What `create` takes, for each user; there may be none. Rows of one email (in any ASCII case) are merged where they
   * agree, and fail where not; a row that is no object, or has no email, fails by itself.
   */
  users: readonly CreateUserParams[];
  /** Most requests in flight, 1 to 64. Default: as many as the server bears, from 8. */
  concurrency?: number | undefined;
  /** Called after each user. What it throws is ignored. */
  onProgress?: ((progress: CreateUsersProgress) => void) | undefined;
}

/**
 * How far a `createMany` is; `done` is the sum of the three after it.
 *
 * @example
 * import type { CreateUsersProgress } from "ax-users";
 *
 * const role = { type: "predefined", name: "member" } as const;
 * const users = [{ name: "Alan Turing", email: "alan@example.com", role, inviteMode: "email_link" as const }];
 * const onProgress = ({ done, total }: CreateUsersProgress) => console.log(done, "of", total);
 * await client.users.createMany({ users, onProgress });
 */
export interface CreateUsersProgress {
  /** How many distinct addresses there are. */
  total: number;
  /** How many have their result. */
  done: number;
  /** Users whom the call created. */
  created: number;
  /** Users who were there, or may have been. */
  existing: number;
  /** Those that failed, or were not attempted. */
  failed: number;
}

/**
 * What became of one address of a `createMany`.
 *
 * @example
 * import type { BulkUserCreationResult } from "ax-users";
 *
 * const role = { type: "predefined", name: "member" } as const;
 * const users = [{ name: "Alan Turing", email: "alan@example.com", role, inviteMode: "email_link" as const }];
 * const tell = (result: BulkUserCreationResult) =>
 *   console.log(result.email, result.status === "failed" ? result.error : result.status);
 * (await client.users.createMany({ users })).forEach(tell);
 */
export type BulkUserCreationResult =
  | {
      /** As it was first given. */
      email: string;
      /** The user was created, or an expired invitation renewed. */
      status: "created";
      /** What `create` gives; its temporary password, if any, is not enumerable. */
      user: CreatedUser;
    }
  | {
      /** As it was first given. */
      email: string;
      /** Also where the user's `outcome` is `recovered`: made by this call or just before it. */
      status: "existing";
      /** What `create` gives. */
      user: CreatedUser;
    }
  | {
      /** As it was first given; empty where a row has none. */
      email: string;
      /** Why, `error` says. */
      status: "failed";
      /** One line. */
      error: string;
      /** The error itself; where a signal ended the call, the signal's reason. */
      cause: unknown;
      /** Whether the user may have been created or an invitation sent all the same. */
      outcome: Outcome;
      /** Whether a request was sent for this address. */
      attempted: boolean;
    };

/**
 * What became of one target of a bulk delete.
 *
 * @example
 * import type { BulkUserDeletionResult } from "ax-users";
 *
 * const tell = (result: BulkUserDeletionResult) =>
 *   console.log(result.userId, result.status === "failed" ? result.error : result.status);
 * (await client.users.bulkDelete({ userIds: [user.id] })).forEach(tell);
 */
export type BulkUserDeletionResult =
  | {
      /** As it was given, or looked up. */
      userId: string;
      /** As it was first given. */
      email?: string;
      /** Also of somebody who was removed before. */
      status: "deleted";
    }
  | {
      /** As it was given. */
      userId?: string;
      /** As it was first given. */
      email?: string;
      /** Nobody has the ID or the address, or nobody whom the key may see. */
      status: "not_found";
      /** One line. */
      error: string;
    }
  | {
      /** As it was given, or looked up; neither this nor `email` where a target was no string. */
      userId?: string;
      /** As it was first given. */
      email?: string;
      /** Why, `error` says. */
      status: "failed";
      /** One line. */
      error: string;
      /** The error itself; where a signal ended the call, the signal's reason. */
      cause: unknown;
      /** Whether the user may have been removed all the same. */
      outcome: Outcome;
      /** Whether a request was sent for this target. A look-up of addresses before the call was stopped does not count. */
      attempted: boolean;
    };
