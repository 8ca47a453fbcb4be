import type { Core } from "../core/core.ts";
import type { PagePromise } from "../core/pages.ts";
import type { RequestOptions } from "../options.ts";
import { bulkDeleteUsers } from "./bulk-delete.ts";
import { createUser } from "./create.ts";
import { createUsers } from "./create-many.ts";
import { findUserByEmail } from "./find-by-email.ts";
import { findUsersByEmails } from "./find-by-emails.ts";
import { listUsers } from "./list.ts";
import { deleteUser, getUser, resendInvitation, resetPassword, updateUser } from "./operations.ts";
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
 * The users of an account: `client.users`.
 *
 * Every method rejects with a ValidationError before anything is sent where an argument breaks a rule of the
 * API, with a subclass of APIError where the server refuses, with a ConnectionError or TimeoutError where no
 * whole answer came, and with an UnexpectedResponseError where the answer is not what the API specifies.
 */
export class Users {
  readonly #core: Core;

  /** @internal */
  constructor(core: Core) {
    this.#core = core;
  }

  /**
   * Users, oldest first: awaited the first page, iterated all of them. Removed users are never listed.
   *
   * @example
   * const { data: users, pagination } = await client.users.list({ email: "@example.com", limit: 10 });
   * for await (const user of client.users.list({ status: ["invited"] })) console.log(user.email);
   */
  list(params?: ListUsersParams, options?: RequestOptions): PagePromise<User> {
    return listUsers(this.#core, params, options);
  }

  /**
   * One user, by ID or by email address.
   *
   * @throws {NotFoundError} where there is no such user, or none that the key may read, in both cases.
   * @throws {AmbiguousMatchError} where several users have the address.
   * @example
   * const user = await client.users.get({ user: "ada@example.com" });
   */
  get(params: GetUserParams, options?: RequestOptions): Promise<User> {
    return getUser(this.#core, params, options);
  }

  /**
   * The user with an email address, or null. Blanks around it and case do not matter; all pages are read.
   *
   * @throws {AmbiguousMatchError} where several users have it.
   * @example
   * const user = await client.users.findByEmail("ada@example.com");
   * if (user === null) console.log("nobody");
   */
  findByEmail(email: string, options?: RequestOptions): Promise<User | null> {
    return findUserByEmail(this.#core, email, options);
  }

  /**
   * The users of many addresses, keyed by the address as given; one without a user is not in the map. Takes at
   * most twice the requests of the cheaper of two ways: one look-up each, or reading the whole list.
   *
   * @throws the first failure, and nothing is found then. AmbiguousMatchError is one.
   * @example
   * const users = await client.users.findByEmails(["ada@example.com", "grace@example.com"]);
   * console.log(users.get("ada@example.com")?.id);
   */
  findByEmails(emails: readonly string[], options?: RequestOptions): Promise<Map<string, User>> {
    return findUsersByEmails(this.#core, emails, options);
  }

  /**
   * Sees to it that the account has a user with an email address, and says how it came to: `outcome` is
   * `created`, or `existing` for one who is there already, whatever their status; then no mail was sent and
   * nothing of the user changed. A temporary password is on the result of a `created` user only, once.
   *
   * @throws {ConflictError} where the address was removed for good, or belongs to a user whom the key cannot
   * see; with `onExisting: "throw"` also where the user is there already, on the error's `existing`.
   * @example
   * const user = await client.users.create({
   *   name: "Ada Lovelace",
   *   email: "ada@example.com",
   *   role: { type: "predefined", name: "member" },
   *   inviteMode: "email_link",
   * });
   * console.log(user.id, user.outcome);
   */
  create(params: CreateUserParams, options?: RequestOptions): Promise<CreatedUser> {
    return createUser(this.#core, params, options);
  }

  /**
   * `create` for a whole roster: one result for each distinct address, in the order first named. Rows of one
   * address are merged where they agree; where they do not, it is `failed` and nothing is sent for it. Once the
   * arguments are accepted it never rejects: a failure, and a row that breaks a rule, is that address's result. After a
   * refused key, an abort or the deadline, those not yet sent are `failed`, with an `error` that says that they
   * were not attempted. A rate limit only slows it down.
   *
   * @throws {ValidationError} where there is no user, or an argument is of the wrong type.
   * @example
   * const roster = ["ada@example.com", "grace@example.com"].map((email) => ({
   *   name: email,
   *   email,
   *   role: { type: "predefined", name: "member" } as const,
   *   inviteMode: "email_link" as const,
   * }));
   * for (const { email, status } of await client.users.createMany({ users: roster })) console.log(email, status);
   */
  createMany(params: CreateUsersParams, options?: RequestOptions): Promise<BulkUserCreationResult[]> {
    return createUsers(this.#core, params, options);
  }

  /**
   * Changes the display name, the developer permission, or both. Email and role cannot be changed.
   *
   * @throws {PermissionDeniedError} where `isDeveloper` is given and the key's owner is no account admin.
   * @example
   * await client.users.update({ userId: user.id, name: "Ada King" });
   */
  update(params: UpdateUserParams, options?: RequestOptions): Promise<User> {
    return updateUser(this.#core, params, options);
  }

  /**
   * Removes a user for good, with all memberships, API keys and role bindings; the address cannot be invited
   * again. Removing somebody who is removed already succeeds.
   *
   * @throws {NotFoundError} where there never was such a user.
   * @example
   * await client.users.delete({ userId: user.id });
   */
  delete(params: UserIdParams, options?: RequestOptions): Promise<void> {
    return deleteUser(this.#core, params, options);
  }

  /**
   * Removes many users, named by ID, by email address, or both, and gives one result for each of them in the
   * order first named; whoever is named twice is one target. Once the arguments are accepted it never
   * rejects: a failure is its target's result. After a refused key, an abort or the deadline, the targets not
   * yet sent are `failed`, with an `error` that says that they were not attempted.
   *
   * @throws {ValidationError} where there is no target or an argument is of the wrong type.
   * @example
   * const results = await client.users.bulkDelete({ emails: ["ada@example.com", "grace@example.com"] });
   * for (const { email, status } of results) console.log(email, status);
   */
  bulkDelete(params: BulkDeleteUsersParams, options?: RequestOptions): Promise<BulkUserDeletionResult[]> {
    return bulkDeleteUsers(this.#core, params, options);
  }

  /**
   * Mails an invitation again, once for each call, with a new link.
   *
   * @throws {BadRequestError} where the user is not `invited`.
   * @example
   * await client.users.resendInvitation({ userId: user.id });
   */
  resendInvitation(params: UserIdParams, options?: RequestOptions): Promise<void> {
    return resendInvitation(this.#core, params, options);
  }

  /**
   * Mails a link, valid for 30 minutes, to set a new password.
   *
   * @throws {BadRequestError} where the user signs in by SSO or SAML, or is not verified yet.
   * @example
   * await client.users.resetPassword({ userId: user.id });
   */
  resetPassword(params: UserIdParams, options?: RequestOptions): Promise<void> {
    return resetPassword(this.#core, params, options);
  }
}
