/** The function style of the methods for users. Rules, odd cases and errors are said with the methods. */

import type { RequestOptions } from "../config/client-options.ts";
import { callWith, pagesWith, type WithClient } from "../facade/function-style.ts";
import type { PagePromise } from "../facade/pages.ts";
import { readParams } from "../facade/params.ts";
import { bulkDeleteUsers as bulkDeleteUsersOf } from "./bulk/bulk-delete.ts";
import { createUsers as createUsersOf } from "./bulk/create-many.ts";
import { createUser as createUserOf } from "./create/create.ts";
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
 * Users, oldest first: awaited the first page, iterated all of them. As {@link Users.list}.
 *
 * @example
 * import { listUsers } from "ax-users";
 *
 * const { data: users, pagination } = await listUsers({ email: "@example.com", limit: 10 });
 */
export function listUsers(
  params: WithClient<ListUsersParams> = {},
  options?: RequestOptions,
): PagePromise<User> {
  return pagesWith(listUsersOf, params, options);
}

/**
 * One user, by ID or by email address. As {@link Users.get}.
 *
 * @throws a {@link NotFoundError} where there is nobody.
 * @example
 * import { getUser } from "ax-users";
 *
 * const user = await getUser({ user: "ada@example.com" });
 */
export function getUser(params: WithClient<GetUserParams>, options?: RequestOptions): Promise<User> {
  return callWith(operations.getUser, params, options);
}

/**
 * Sees to it that the account has a user with an email address. As {@link Users.create}.
 *
 * @throws a {@link ConflictError} where the address was removed for good.
 * @example
 * import { createUser } from "ax-users";
 *
 * const user = await createUser({
 *   name: "Alan Turing",
 *   email: "alan@example.com",
 *   role: { type: "predefined", name: "member" },
 *   inviteMode: "email_link",
 * });
 * console.log(user.id, user.outcome);
 */
export function createUser(
  params: WithClient<CreateUserParams>,
  options?: RequestOptions,
): Promise<CreatedUser> {
  return callWith(createUserOf, params, options);
}

/**
 * {@link createUser} for a whole roster, with one result for each address. As {@link Users.createMany}.
 *
 * @throws a {@link ValidationError} where the arguments are wrong as a whole; what fails later is a result.
 * @example
 * import { createUsers } from "ax-users";
 *
 * const role = { type: "predefined", name: "member" } as const;
 * const users = [{ name: "Alan Turing", email: "alan@example.com", role, inviteMode: "email_link" as const }];
 * for (const { email, status } of await createUsers({ users })) console.log(email, status);
 */
export function createUsers(
  params: WithClient<CreateUsersParams>,
  options?: RequestOptions,
): Promise<BulkUserCreationResult[]> {
  return callWith(createUsersOf, params, options);
}

/**
 * Changes the display name, the developer permission, or both. As {@link Users.update}.
 *
 * @throws a {@link NotFoundError} where there is nobody.
 * @example
 * import { updateUser } from "ax-users";
 *
 * await updateUser({ userId: user.id, name: "Ada King" });
 */
export function updateUser(params: WithClient<UpdateUserParams>, options?: RequestOptions): Promise<User> {
  return callWith(operations.updateUser, params, options);
}

/**
 * Removes a user for good. As {@link Users.delete}.
 *
 * @throws a {@link NotFoundError} where there never was such a user, or none that the key may read.
 * @example
 * import { deleteUser } from "ax-users";
 *
 * await deleteUser({ userId: user.id });
 */
export function deleteUser(params: WithClient<UserIdParams>, options?: RequestOptions): Promise<void> {
  return callWith(operations.deleteUser, params, options);
}

/**
 * Removes many users for good, with one result for each of them. As {@link Users.bulkDelete}.
 *
 * @throws a {@link ValidationError} where the arguments are wrong as a whole; what fails later is a result.
 * @example
 * import { bulkDeleteUsers } from "ax-users";
 *
 * const results = await bulkDeleteUsers({ emails: ["ada@example.com", "grace@example.com"] });
 * for (const { email, status } of results) console.log(email, status);
 */
export function bulkDeleteUsers(
  params: WithClient<BulkDeleteUsersParams>,
  options?: RequestOptions,
): Promise<BulkUserDeletionResult[]> {
  return callWith(bulkDeleteUsersOf, params, options);
}

/**
 * Mails an invitation again. As {@link Users.resendInvitation}.
 *
 * @throws a {@link BadRequestError} where the user is not `invited`.
 * @example
 * import { listUsers, resendInvitation } from "ax-users";
 *
 * for await (const { id } of listUsers({ status: ["invited"] })) await resendInvitation({ userId: id });
 */
export function resendInvitation(params: WithClient<UserIdParams>, options?: RequestOptions): Promise<void> {
  return callWith(operations.resendInvitation, params, options);
}

/**
 * Mails a link to set a new password. As {@link Users.resetPassword}.
 *
 * @throws a {@link BadRequestError} where the user does not sign in by password, or is not verified yet.
 * @example
 * import { resetPassword } from "ax-users";
 *
 * await resetPassword({ userId: user.id });
 */
export function resetPassword(params: WithClient<UserIdParams>, options?: RequestOptions): Promise<void> {
  return callWith(operations.resetPassword, params, options);
}

/**
 * The user with an email address, or null. As {@link Users.findByEmail}.
 *
 * @throws an {@link AmbiguousMatchError} where several have it.
 * @example
 * import { findUserByEmail } from "ax-users";
 *
 * const user = await findUserByEmail({ email: "ada@example.com" });
 * console.log(user?.id ?? "nobody");
 */
export function findUserByEmail(
  params: WithClient<{
    /** The address; surrounding whitespace and the case of ASCII letters are ignored. */
    email: string;
  }>,
  options?: RequestOptions,
): Promise<User | null> {
  return callWith(
    async (context, given: { email: string }) =>
      findUserByEmailOf(context, readParams("findUserByEmail", given, ["email"]).email, options),
    params,
    options,
  );
}

/**
 * The users of many addresses, keyed by the address as given. As {@link Users.findByEmails}.
 *
 * @throws the first failure, such as an {@link AmbiguousMatchError}.
 * @example
 * import { findUsersByEmails } from "ax-users";
 *
 * const users = await findUsersByEmails({ emails: ["ada@example.com", "grace@example.com"] });
 * console.log(users.get("ada@example.com")?.id);
 */
export function findUsersByEmails(
  params: WithClient<{
    /** The addresses; surrounding whitespace and the case of ASCII letters are ignored. */
    emails: readonly string[];
  }>,
  options?: RequestOptions,
): Promise<Map<string, User>> {
  return callWith(
    async (context, given: { emails: readonly string[] }) =>
      findUsersByEmailsOf(context, readParams("findUsersByEmails", given, ["emails"]).emails, options),
    params,
    options,
  );
}
