import type { ClientContext } from "../api/client-context.ts";
import type { RequestOptions } from "../config/client-options.ts";
import type { PagePromise } from "../facade/pages.ts";
import { bindMethods } from "../util/members.ts";
import { bulkDeleteUsers } from "./bulk/bulk-delete.ts";
import { createUsers } from "./bulk/create-many.ts";
import { updateUsers } from "./bulk/update-many.ts";
import { createUser } from "./create/create.ts";
import { findUserByEmail } from "./find-by-email.ts";
import { findUsersByEmails } from "./find-by-emails.ts";
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
 * Every method rejects with a {@link ValidationError} before anything is sent where an argument breaks a rule of the
 * API, with a subclass of {@link APIError} where the server refuses, with a {@link ConnectionError} or
 * {@link TimeoutError} where no whole response came, with an {@link UnexpectedResponseError} where the response is not what
 * the API specifies, and with the signal's own reason where it was aborted.
 *
 * Methods can be taken out of it: `const { list, get } = client.users`.
 *
 * Whitespace around IDs, names and addresses is dropped. The permissions that a method requires of the key's owner have the
 * API's names; an account admin has them all.
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
   * Users, oldest first: awaited the first page, iterated all of them. Removed users are never listed. Requires an account
   * member or the `USER_READ` permission.
   *
   * @example
   * const { data: users, pagination } = await client.users.list({ email: "@example.com", limit: 10 });
   * for await (const user of client.users.list({ status: ["invited"] })) console.log(user.email);
   */
  list(params?: ListUsersParams, options?: RequestOptions): PagePromise<User> {
    return listUsers(this.#context, params, options);
  }

  /**
   * One user, by ID, or by email address as {@link Users.findByEmail} finds it. Requires an account
   * member or the `USER_READ` permission.
   *
   * @throws a {@link NotFoundError} where there is no such user, or none that the key may read, in both cases.
   * @throws an {@link AmbiguousMatchError} where several users have the address.
   * @example
   * const user = await client.users.get({ user: "ada@example.com" });
   */
  get(params: GetUserParams, options?: RequestOptions): Promise<User> {
    return getUser(this.#context, params, options);
  }

  /**
   * The user with an email address, or null. Surrounding whitespace and the case of ASCII letters are ignored; all pages are
   * read.
   *
   * @throws an {@link AmbiguousMatchError} where several users have it.
   * @example
   * const user = await client.users.findByEmail("ada@example.com");
   * console.log(user === null ? "nobody" : user.id);
   */
  findByEmail(email: string, options?: RequestOptions): Promise<User | null> {
    return findUserByEmail(this.#context, email, options);
  }

  /**
   * The users of many addresses, keyed by the address as given; one without a user is not in the map. Takes at
   * most twice the requests of the cheaper of two ways: one look-up each, or reading the whole list. A rate limit
   * slows it down.
   *
   * @throws the first failure, and nothing is found then; an {@link AmbiguousMatchError} is one.
   * @example
   * const users = await client.users.findByEmails(["ada@example.com", "grace@example.com"]);
   * console.log(users.get("ada@example.com")?.id);
   */
  findByEmails(emails: readonly string[], options?: RequestOptions): Promise<Map<string, User>> {
    return findUsersByEmails(this.#context, emails, options);
  }

  /**
   * Ensures that a user with this email exists. `outcome` is
   * `created`, also where an expired invitation was renewed; `existing` for one who is there already, whatever their
   * status: no mail was sent and nothing of the user changed; `recovered` where an earlier request of this call got no
   * response. A temporary password is on the result of a `created` user only, once; such a request is not sent again where it
   * may have been carried out. Requires the `USER_CREATE` permission, and an account admin to set `isDeveloper` where the
   * server does not take it here (the hosted API since September 2026) and the role gives another value. Arize calls the users
   * operations of the hosted API beta.
   *
   * @throws a {@link ConflictError} where the address was removed for good, or its user cannot be seen; with
   * `onExisting: "throw"` also where the user is there already, on the error's `existing`.
   * @throws an error with `outcome: "unknown"` where it may have been carried out; with the user on its `user` where they
   * were created, but `isDeveloper` could not be set.
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
   * {@link Users.create} for a whole roster: one result for each distinct address, in the order first named. Rows of one
   * address are merged where they agree; where they do not, it is `failed` and nothing is sent for it. Once the
   * arguments are accepted it never rejects: a failure, and a row that breaks a rule, is that address's result. After a
   * refused key, an abort or the deadline, those not yet sent are `failed`, with an `error` that says that they
   * were not attempted. A rate limit slows it down.
   *
   * @throws a {@link ValidationError} where there is no user, or an argument is of the wrong type.
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
   * Requires the `USER_UPDATE` permission; for the developer permission, an account admin.
   *
   * @throws a {@link ValidationError} where there is nothing to change, or the name is only whitespace.
   * @throws a {@link PermissionDeniedError} where `isDeveloper` is given and the key's owner is no account admin.
   * @example
   * await client.users.update({ userId: user.id, name: "Ada King" });
   */
  update(params: UpdateUserParams, options?: RequestOptions): Promise<User> {
    return updateUser(this.#context, params, options);
  }

  /**
   * {@link Users.update} for many users, each named by ID or by email address: one result for each user, in the order first
   * named. All addresses are looked up before anybody is changed. Rows of one user are merged where they agree; where they do
   * not, the user is `failed` and nothing is sent for it. Otherwise as {@link Users.bulkDelete}.
   *
   * @throws a {@link ValidationError} where an argument is of the wrong type; what is wrong with a row is its result.
   * @example
   * const users = [{ email: "ada@example.com", name: "Ada King" }, { userId: user.id, name: "Ada King" }];
   * for (const { userId, status } of await client.users.updateMany({ users })) console.log(userId, status);
   */
  updateMany(params: UpdateUsersParams, options?: RequestOptions): Promise<BulkUserUpdateResult[]> {
    return updateUsers(this.#context, params, options);
  }

  /**
   * Removes a user for good, with all memberships, API keys and role bindings; the address cannot be invited
   * again. Removing somebody who is removed already succeeds. Nobody can remove themselves.
   * Requires the `USER_DELETE` permission.
   *
   * @throws a {@link NotFoundError} where there never was such a user, or none that the key may read.
   * @example
   * await client.users.delete({ userId: user.id });
   */
  delete(params: UserIdParams, options?: RequestOptions): Promise<void> {
    return deleteUser(this.#context, params, options);
  }

  /**
   * Removes many users, named by ID, by email address, or both, and gives one result for each of them in the
   * order first named, IDs first; a user who is named twice is one target. All addresses are looked up before anybody is
   * removed. Once the arguments are accepted it never rejects: a failure is its target's result. After a refused key, an
   * abort or the deadline, those not yet sent are `failed` with `attempted: false`. A rate limit slows it down.
   *
   * @throws a {@link ValidationError} where there is no target, or an argument is of the wrong type.
   * @example
   * const results = await client.users.bulkDelete({ emails: ["ada@example.com", "grace@example.com"] });
   * for (const { email, status } of results) console.log(email, status);
   */
  bulkDelete(params: BulkDeleteUsersParams, options?: RequestOptions): Promise<BulkUserDeletionResult[]> {
    return bulkDeleteUsers(this.#context, params, options);
  }

  /**
   * Mails an invitation again, once for each call, with a new link; it is not sent again where the mail may be on its way.
   * An expired invitation is renewed by {@link Users.create}. Requires the `USER_CREATE` permission.
   *
   * @throws a {@link BadRequestError} where the user is not `invited`, or the account enforces single sign-on.
   * @example
   * for await (const { id } of client.users.list({ status: ["invited"] })) {
   *   await client.users.resendInvitation({ userId: id });
   * }
   */
  resendInvitation(params: UserIdParams, options?: RequestOptions): Promise<void> {
    return resendInvitation(this.#context, params, options);
  }

  /**
   * Mails a link, valid for 30 minutes, to set a new password; it is not sent again where the mail may be on its way.
   * Requires the `USER_UPDATE` permission.
   *
   * @throws a {@link BadRequestError} where the user signs in by SSO or SAML, or is not verified yet.
   * @example
   * await client.users.resetPassword({ userId: user.id });
   */
  resetPassword(params: UserIdParams, options?: RequestOptions): Promise<void> {
    return resetPassword(this.#context, params, options);
  }
}
