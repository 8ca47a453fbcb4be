/** The function style of the methods for users. Rules, odd cases and errors are said with the methods. */
import type { PagePromise } from "../core/pages.ts";
import { readParams } from "../core/validate.ts";
import type { RequestOptions } from "../options.ts";
import { callWith, pagesWith, type WithClient } from "../with-client.ts";
import { bulkDeleteUsers as bulkDeleteUsersOf } from "./bulk-delete.ts";
import { createUser as createUserOf } from "./create.ts";
import { createUsers as createUsersOf } from "./create-many.ts";
import { findUserByEmail as findUserByEmailOf } from "./find-by-email.ts";
import { findUsersByEmails as findUsersByEmailsOf } from "./find-by-emails.ts";
import { listUsers as listUsersOf } from "./list.ts";
import * as operations from "./operations.ts";
import type {
  BulkDeleteUsersParams,
  BulkUserCreationResult,
  BulkUserDeletionResult,
  CreatedUser,
  CreateUserParams,
  CreateUsersParams,
  GetUserParams,
  ListUsersParams,
  UpdateUserParams,
  User,
  UserIdParams,
} from "./types.ts";

/**
 * Users, oldest first: awaited the first page, iterated all of them. As `client.users.list`.
 *
 * @example
 * const { data: users, pagination } = await listUsers({ email: "@example.com", limit: 10 });
 */
export function listUsers(
  params: WithClient<ListUsersParams> = {},
  options?: RequestOptions,
): PagePromise<User> {
  return pagesWith(listUsersOf, params, options);
}

/**
 * One user, by ID or by email address. As `client.users.get`.
 *
 * @example
 * const user = await getUser({ user: "ada@example.com" });
 */
export function getUser(params: WithClient<GetUserParams>, options?: RequestOptions): Promise<User> {
  return callWith(operations.getUser, params, options);
}

/**
 * Sees to it that the account has a user with an email address. As `client.users.create`.
 *
 * @example
 * const user = await createUser({
 *   name: "Ada Lovelace",
 *   email: "ada@example.com",
 *   role: { type: "predefined", name: "member" },
 *   inviteMode: "email_link",
 * });
 */
export function createUser(
  params: WithClient<CreateUserParams>,
  options?: RequestOptions,
): Promise<CreatedUser> {
  return callWith(createUserOf, params, options);
}

/**
 * `createUser` for a whole roster, with one result for each address. As `client.users.createMany`.
 *
 * @example
 * const role = { type: "predefined", name: "member" } as const;
 * const users = [{ name: "Ada", email: "ada@example.com", role, inviteMode: "email_link" as const }];
 * for (const { email, status } of await createUsers({ users })) console.log(email, status);
 */
export function createUsers(
  params: WithClient<CreateUsersParams>,
  options?: RequestOptions,
): Promise<BulkUserCreationResult[]> {
  return callWith(createUsersOf, params, options);
}

/**
 * Changes the display name, the developer permission, or both. As `client.users.update`.
 *
 * @example
 * await updateUser({ userId: user.id, name: "Ada King" });
 */
export function updateUser(params: WithClient<UpdateUserParams>, options?: RequestOptions): Promise<User> {
  return callWith(operations.updateUser, params, options);
}

/**
 * Removes a user for good. As `client.users.delete`.
 *
 * @example
 * await deleteUser({ userId: user.id });
 */
export function deleteUser(params: WithClient<UserIdParams>, options?: RequestOptions): Promise<void> {
  return callWith(operations.deleteUser, params, options);
}

/**
 * Removes many users, with one result for each of them. As `client.users.bulkDelete`.
 *
 * @example
 * const results = await bulkDeleteUsers({ emails: ["ada@example.com", "grace@example.com"] });
 */
export function bulkDeleteUsers(
  params: WithClient<BulkDeleteUsersParams>,
  options?: RequestOptions,
): Promise<BulkUserDeletionResult[]> {
  return callWith(bulkDeleteUsersOf, params, options);
}

/**
 * Mails an invitation again. As `client.users.resendInvitation`.
 *
 * @example
 * await resendInvitation({ userId: user.id });
 */
export function resendInvitation(params: WithClient<UserIdParams>, options?: RequestOptions): Promise<void> {
  return callWith(operations.resendInvitation, params, options);
}

/**
 * Mails a link to set a new password. As `client.users.resetPassword`.
 *
 * @example
 * await resetPassword({ userId: user.id });
 */
export function resetPassword(params: WithClient<UserIdParams>, options?: RequestOptions): Promise<void> {
  return callWith(operations.resetPassword, params, options);
}

/**
 * The user with an email address, or null. As `client.users.findByEmail`.
 *
 * @example
 * const user = await findUserByEmail({ email: "ada@example.com" });
 */
export function findUserByEmail(
  params: WithClient<{ email: string }>,
  options?: RequestOptions,
): Promise<User | null> {
  return callWith(
    async (core, given: { email: string }) =>
      findUserByEmailOf(core, readParams("findUserByEmail", given, ["email"]).email, options),
    params,
    options,
  );
}

/**
 * The users of many addresses, keyed by the address as given. As `client.users.findByEmails`.
 *
 * @example
 * const users = await findUsersByEmails({ emails: ["ada@example.com", "grace@example.com"] });
 */
export function findUsersByEmails(
  params: WithClient<{ emails: readonly string[] }>,
  options?: RequestOptions,
): Promise<Map<string, User>> {
  return callWith(
    async (core, given: { emails: readonly string[] }) =>
      findUsersByEmailsOf(core, readParams("findUsersByEmails", given, ["emails"]).emails, options),
    params,
    options,
  );
}
