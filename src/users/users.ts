import type { ClientContext } from "../api/client-context.ts";
import type { RequestOptions } from "../config/client-options.ts";
import type { PagePromise } from "../facade/pages.ts";
import { bindMethods } from "../util/members.ts";
import { bulkDeleteUsers, createUsers, updateUsers } from "./bulk/bulk-users.ts";
import { createUser } from "./create/create.ts";
import { findUserByEmail, findUsersByEmails } from "./find-by-email.ts";
import { listUsers } from "./list.ts";
import { deleteUser, getUser, resendInvitation, resetPassword, updateUser } from "./operations.ts";
import type {
  BulkDeleteUsersParams,
  BulkUserCreationResult,
  BulkUserDeletionResult,
  BulkUserUpdateResult,
  CreatedUser,
  CreateUserParams,
  CreateUsersParams,
  GetUserParams,
  ListUsersParams,
  UpdateUserParams,
  UpdateUsersParams,
  User,
  UserIdParams,
} from "./types.ts";

/**
 * The users of an account: `client.users`. The rules are those of the API's `users_*` operations.
 *
 * Every method rejects with
 *
 * - a {@link ValidationError} if an argument breaks a rule of the API; nothing was sent;
 * - a subclass of {@link APIError} if the server rejects the request;
 * - a {@link ConnectionError} or a {@link TimeoutError} if no complete response arrives;
 * - an {@link UnexpectedResponseError} if a response is not what the API specifies;
 * - the signal's own reason if the signal is aborted.
 *
 * The methods can be destructured: `const { list, get } = client.users`.
 *
 * Whitespace around IDs, names and addresses is removed. Each method states the permission that the key's owner needs. An
 * account admin has all permissions.
 *
 * @example
 * const { data: users } = await client.users.list({ status: ["active"] });
 * for (const { id, email, role } of users) console.log(id, email, role.type);
 */
export class Users {
  readonly #context: ClientContext;

  /** @internal */
  constructor(context: ClientContext) {
    this.#context = context;
    bindMethods(this);
  }

  /**
   * Lists users, oldest first. Awaited, it returns the first page; iterated, it yields all users. Removed users are never
   * listed. Requires the account role `member`, or the `USER_READ` permission.
   *
   * @example
   * const { data: users, pagination } = await client.users.list({ email: "@example.com", limit: 10 });
   * for await (const user of client.users.list({ status: ["invited"] })) console.log(user.email);
   */
  list(params?: ListUsersParams, options?: RequestOptions): PagePromise<User> {
    return listUsers(this.#context, params, options);
  }

  /**
   * Returns one user, by ID or by email address. An address is looked up as by {@link Users.findByEmail}. Requires the
   * account role `member`, or the `USER_READ` permission.
   *
   * @throws a {@link NotFoundError} if no user has this ID or address, or if the key may not read the user.
   * @throws an {@link AmbiguousMatchError} if several users have the address.
   * @example
   * const user = await client.users.get({ user: "ada@example.com" });
   */
  get(params: GetUserParams, options?: RequestOptions): Promise<User> {
    return getUser(this.#context, params, options);
  }

  /**
   * Returns the user with an email address, or null. Ignores surrounding whitespace and the case of ASCII letters. Reads all
   * pages of the filtered list.
   *
   * @throws an {@link AmbiguousMatchError} if several users have the address.
   * @example
   * const user = await client.users.findByEmail("ada@example.com");
   * console.log(user === null ? "nobody" : user.id);
   */
  findByEmail(email: string, options?: RequestOptions): Promise<User | null> {
    return findUserByEmail(this.#context, email, options);
  }

  /**
   * Returns the users with these addresses, keyed by the address as given. An address without a user is not in the map. Sends
   * at most twice as many requests as the cheaper of two ways: looking up each address, or reading the whole list. Slows down
   * at a rate limit.
   *
   * @throws the first error, such as an {@link AmbiguousMatchError}, if one lookup fails.
   * @example
   * const users = await client.users.findByEmails(["ada@example.com", "grace@example.com"]);
   * console.log(users.get("ada@example.com")?.id);
   */
  findByEmails(emails: readonly string[], options?: RequestOptions): Promise<Map<string, User>> {
    return findUsersByEmails(this.#context, emails, options);
  }

  /**
   * Ensures that a user with this email exists. It is idempotent: you can call it again. `outcome` says how the user came to
   * exist:
   *
   * - `created`: this call created the user, or renewed an expired invitation.
   * - `existing`: the user existed before, with any status. No email was sent, and the user was not changed, unless an earlier
   *   request of this call got no response.
   * - `recovered`: an earlier request of this call got no response, and the user exists now.
   *
   * Only a `created` user has a temporary password, and the API returns it only once. So the client does not repeat such a
   * request if it may have taken effect. Do not abort a call that creates a user with a temporary password: it rejects with the
   * signal's own reason, which cannot have the password. Use {@link Users.createMany} instead, which completes what it has sent.
   *
   * Requires the `USER_CREATE` permission. Some servers do not accept `isDeveloper` on create, such as the hosted API since
   * September 2026. There, only the key of an account admin can set another value than the role's. In the hosted API, the
   * operations on users are beta.
   *
   * @throws a {@link ConflictError} if the address belongs to a user who was removed for good, or who is not visible to the
   * key. With `onExisting: "throw"`, also if the user already exists: then the error has the user as `existing`.
   * @throws an error with `outcome: "unknown"` if the request may have taken effect. If the user was created but `isDeveloper`
   * could not be set, the error has the user as `user`.
   * @example
   * const user = await client.users.create({
   *   name: "Alan Turing",
   *   email: "alan@example.com",
   *   role: { type: "predefined", name: "member" },
   *   inviteMode: "email_link",
   * });
   * console.log(user.id, user.outcome);
   */
  create(params: CreateUserParams, options?: RequestOptions): Promise<CreatedUser> {
    return createUser(this.#context, params, options);
  }

  /**
   * {@link Users.create} for many users. Returns one result for each distinct address, in the order of `users`. Rows with the
   * same address count as one if they agree. If they differ, the address is `failed`, and nothing is sent for it.
   *
   * It rejects only if its arguments are invalid. A failure, or an invalid row, is a `failed` result. After a rejected key,
   * an abort or the deadline, all remaining addresses are `failed` with `attempted: false`. Slows down at a rate limit.
   *
   * @throws a {@link ValidationError} if `users` is not an array, or another argument is of the wrong type or out of range.
   * @example
   * const role = { type: "predefined", name: "member" } as const;
   * const users = [{ name: "Alan Turing", email: "alan@example.com", role, inviteMode: "email_link" as const }];
   * for (const { email, status } of await client.users.createMany({ users })) console.log(email, status);
   */
  createMany(params: CreateUsersParams, options?: RequestOptions): Promise<BulkUserCreationResult[]> {
    return createUsers(this.#context, params, options);
  }

  /**
   * Changes the display name, the developer permission, or both. Email and role cannot be changed.
   * Requires the `USER_UPDATE` permission. Only the key of an account admin can change the developer permission.
   *
   * @throws a {@link ValidationError} if there is nothing to change, or the name is only whitespace.
   * @throws a {@link PermissionDeniedError} if `isDeveloper` is given and the key's owner is not an account admin.
   * @example
   * await client.users.update({ userId: user.id, name: "Ada King" });
   */
  update(params: UpdateUserParams, options?: RequestOptions): Promise<User> {
    return updateUser(this.#context, params, options);
  }

  /**
   * {@link Users.update} for many users, each named by ID or by email address. Returns one result for each user, in the order
   * of `users`. Looks up all addresses before it changes the first user. Rows for the same user count as one if they agree.
   * If they differ, the user is `failed`, and nothing is sent for the user. Handles failures like {@link Users.bulkDelete}.
   *
   * @throws a {@link ValidationError} if `users` is not an array, or another argument is of the wrong type or out of range. A row
   * that breaks a rule is a failed result.
   * @example
   * const users = [{ email: "ada@example.com", name: "Ada King" }, { userId: user.id, name: "Ada King" }];
   * for (const { userId, status } of await client.users.updateMany({ users })) console.log(userId, status);
   */
  updateMany(params: UpdateUsersParams, options?: RequestOptions): Promise<BulkUserUpdateResult[]> {
    return updateUsers(this.#context, params, options);
  }

  /**
   * Removes a user for good, with all memberships, API keys and role bindings. The address cannot be invited
   * again. Removing a user who is already removed succeeds. Users cannot remove themselves.
   * Requires the `USER_DELETE` permission.
   *
   * @throws a {@link NotFoundError} if the user never existed, or if the key may not read the user.
   * @example
   * await client.users.delete({ userId: user.id });
   */
  delete(params: UserIdParams, options?: RequestOptions): Promise<void> {
    return deleteUser(this.#context, params, options);
  }

  /**
   * Removes many users, named by ID, by email address, or both. Returns one result for each user: IDs first, then addresses,
   * in the order of the lists. A user who is named twice gets one result. Looks up all addresses before it removes the first
   * user.
   *
   * It rejects only if its arguments are invalid. A failure is a `failed` result. After a rejected key, an abort or the
   * deadline, all remaining users are `failed` with `attempted: false`. Slows down at a rate limit.
   *
   * @throws a {@link ValidationError} if neither list is given, or an argument is of the wrong type or out of range.
   * @example
   * const results = await client.users.bulkDelete({ emails: ["ada@example.com", "grace@example.com"] });
   * for (const { email, status } of results) console.log(email, status);
   */
  bulkDelete(params: BulkDeleteUsersParams, options?: RequestOptions): Promise<BulkUserDeletionResult[]> {
    return bulkDeleteUsers(this.#context, params, options);
  }

  /**
   * Emails an invitation again, with a new link. Each call sends one email: the client does not repeat the request if the email
   * may have been sent. To renew an expired invitation, use {@link Users.create}. Requires the `USER_CREATE` permission.
   *
   * @throws a {@link BadRequestError} if the user is not `invited`, or the account enforces single sign-on.
   * @example
   * for await (const { id } of client.users.list({ status: ["invited"] })) {
   *   await client.users.resendInvitation({ userId: id });
   * }
   */
  resendInvitation(params: UserIdParams, options?: RequestOptions): Promise<void> {
    return resendInvitation(this.#context, params, options);
  }

  /**
   * Emails a link to set a new password, valid for 30 minutes. The client does not repeat the request if the email may have
   * been sent. Requires the `USER_UPDATE` permission.
   *
   * @throws a {@link BadRequestError} if the user signs in by SSO or SAML, or is not verified yet.
   * @example
   * await client.users.resetPassword({ userId: user.id });
   */
  resetPassword(params: UserIdParams, options?: RequestOptions): Promise<void> {
    return resetPassword(this.#context, params, options);
  }
}
