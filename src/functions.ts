/**
 * The function style: each method of a client as a function, which takes the client among its params or uses one that is
 * made of the environment when it is needed first. Rules, odd cases and errors are said with the methods.
 */
import type { ArizeClient } from "./client.ts";
import type { Core } from "./core/core.ts";
import { coreOf } from "./core/core-of.ts";
import { PagePromise } from "./core/pages.ts";
import { readParams } from "./core/validate.ts";
import { isRecord } from "./core/wire.ts";
import type { RequestOptions } from "./options.ts";
import { listOrganizations as listOrganizationsOf } from "./organizations/list.ts";
import {
  addOrganizationUser as addOrganizationUserOf,
  removeOrganizationUser as removeOrganizationUserOf,
} from "./organizations/members.ts";
import {
  createOrganization as createOrganizationOf,
  deleteOrganization as deleteOrganizationOf,
  getOrganization as getOrganizationOf,
  updateOrganization as updateOrganizationOf,
} from "./organizations/operations.ts";
import type {
  AddOrganizationUserParams,
  CreateOrganizationParams,
  ListOrganizationsParams,
  Organization,
  OrganizationMembership,
  OrganizationParams,
  OrganizationUserParams,
  UpdateOrganizationParams,
} from "./organizations/types.ts";
import { bulkDeleteUsers as bulkDeleteUsersOf } from "./users/bulk-delete.ts";
import { createUser as createUserOf } from "./users/create.ts";
import { createUsers as createUsersOf } from "./users/create-many.ts";
import { findUserByEmail as findUserByEmailOf } from "./users/find-by-email.ts";
import { findUsersByEmails as findUsersByEmailsOf } from "./users/find-by-emails.ts";
import { listUsers as listUsersOf } from "./users/list.ts";
import {
  deleteUser as deleteUserOf,
  getUser as getUserOf,
  resendInvitation as resendInvitationOf,
  resetPassword as resetPasswordOf,
  updateUser as updateUserOf,
} from "./users/operations.ts";
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
} from "./users/types.ts";

/** The params of a function: those of the method, and optionally the client to use. */
export type WithClient<Params> = Params & {
  /** Default: one that is made once, of the environment (`ARIZE_API_KEY` and so on). */
  client?: ArizeClient | undefined;
};

/** Tells the client from the params of the method. What is no object is left for the method to refuse. */
function split<Params extends object>(given: WithClient<Params>): { core: Core; params: Params } {
  if (!isRecord(given)) return { core: coreOf(undefined), params: given };
  const { client, ...params } = given;
  // What is left of Params with a client is Params.
  return { core: coreOf(client), params: params as unknown as Params };
}

async function callWith<Params extends object, Result>(
  method: (core: Core, params: Params, options?: RequestOptions) => Promise<Result>,
  given: WithClient<Params>,
  options: RequestOptions | undefined,
): Promise<Result> {
  const { core, params } = split(given);
  return method(core, params, options);
}

function pagesWith<Params extends object, Item>(
  method: (core: Core, params: Params, options?: RequestOptions) => PagePromise<Item>,
  given: WithClient<Params>,
  options: RequestOptions | undefined,
): PagePromise<Item> {
  try {
    const { core, params } = split(given);
    return method(core, params, options);
  } catch (error) {
    return new PagePromise(() => Promise.reject(error), undefined);
  }
}

/**
 * Users, oldest first: awaited the first page, iterated all of them. As `client.users.list`.
 *
 * @example
 * const { data: users, pagination } = await listUsers({ email: "@example.com", limit: 10 });
 */
export const listUsers = (
  params: WithClient<ListUsersParams> = {},
  options?: RequestOptions,
): PagePromise<User> => pagesWith(listUsersOf, params, options);

/**
 * One user, by ID or by email address. As `client.users.get`.
 *
 * @example
 * const user = await getUser({ user: "ada@example.com" });
 */
export const getUser = (params: WithClient<GetUserParams>, options?: RequestOptions): Promise<User> =>
  callWith(getUserOf, params, options);

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
export const createUser = (
  params: WithClient<CreateUserParams>,
  options?: RequestOptions,
): Promise<CreatedUser> => callWith(createUserOf, params, options);

/**
 * `createUser` for a whole roster, with one result for each address. As `client.users.createMany`.
 *
 * @example
 * const role = { type: "predefined", name: "member" } as const;
 * const users = [{ name: "Ada", email: "ada@example.com", role, inviteMode: "email_link" as const }];
 * for (const { email, status } of await createUsers({ users })) console.log(email, status);
 */
export const createUsers = (
  params: WithClient<CreateUsersParams>,
  options?: RequestOptions,
): Promise<BulkUserCreationResult[]> => callWith(createUsersOf, params, options);

/**
 * Changes the display name, the developer permission, or both. As `client.users.update`.
 *
 * @example
 * await updateUser({ userId: user.id, name: "Ada King" });
 */
export const updateUser = (params: WithClient<UpdateUserParams>, options?: RequestOptions): Promise<User> =>
  callWith(updateUserOf, params, options);

/**
 * Removes a user for good. As `client.users.delete`.
 *
 * @example
 * await deleteUser({ userId: user.id });
 */
export const deleteUser = (params: WithClient<UserIdParams>, options?: RequestOptions): Promise<void> =>
  callWith(deleteUserOf, params, options);

/**
 * Removes many users, with one result for each of them. As `client.users.bulkDelete`.
 *
 * @example
 * const results = await bulkDeleteUsers({ emails: ["ada@example.com", "grace@example.com"] });
 */
export const bulkDeleteUsers = (
  params: WithClient<BulkDeleteUsersParams>,
  options?: RequestOptions,
): Promise<BulkUserDeletionResult[]> => callWith(bulkDeleteUsersOf, params, options);

/**
 * Mails an invitation again. As `client.users.resendInvitation`.
 *
 * @example
 * await resendInvitation({ userId: user.id });
 */
export const resendInvitation = (params: WithClient<UserIdParams>, options?: RequestOptions): Promise<void> =>
  callWith(resendInvitationOf, params, options);

/**
 * Mails a link to set a new password. As `client.users.resetPassword`.
 *
 * @example
 * await resetPassword({ userId: user.id });
 */
export const resetPassword = (params: WithClient<UserIdParams>, options?: RequestOptions): Promise<void> =>
  callWith(resetPasswordOf, params, options);

/**
 * The user with an email address, or null. As `client.users.findByEmail`.
 *
 * @example
 * const user = await findUserByEmail({ email: "ada@example.com" });
 */
export const findUserByEmail = (
  params: WithClient<{ email: string }>,
  options?: RequestOptions,
): Promise<User | null> =>
  callWith(
    async (core, given: { email: string }) =>
      findUserByEmailOf(core, readParams("findUserByEmail", given, ["email"]).email, options),
    params,
    options,
  );

/**
 * The users of many addresses, keyed by the address as given. As `client.users.findByEmails`.
 *
 * @example
 * const users = await findUsersByEmails({ emails: ["ada@example.com", "grace@example.com"] });
 */
export const findUsersByEmails = (
  params: WithClient<{ emails: readonly string[] }>,
  options?: RequestOptions,
): Promise<Map<string, User>> =>
  callWith(
    async (core, given: { emails: readonly string[] }) =>
      findUsersByEmailsOf(core, readParams("findUsersByEmails", given, ["emails"]).emails, options),
    params,
    options,
  );

/**
 * Organizations, oldest first: awaited the first page, iterated all of them. As `client.organizations.list`.
 *
 * @example
 * for await (const { name } of listOrganizations()) console.log(name);
 */
export const listOrganizations = (
  params: WithClient<ListOrganizationsParams> = {},
  options?: RequestOptions,
): PagePromise<Organization> => pagesWith(listOrganizationsOf, params, options);

/**
 * One organization, by ID or name. As `client.organizations.get`.
 *
 * @example
 * const organization = await getOrganization({ organization: "Research" });
 */
export const getOrganization = (
  params: WithClient<OrganizationParams>,
  options?: RequestOptions,
): Promise<Organization> => callWith(getOrganizationOf, params, options);

/**
 * Makes an organization. As `client.organizations.create`.
 *
 * @example
 * const organization = await createOrganization({ name: "Research" });
 */
export const createOrganization = (
  params: WithClient<CreateOrganizationParams>,
  options?: RequestOptions,
): Promise<Organization> => callWith(createOrganizationOf, params, options);

/**
 * Changes name, description, or both. As `client.organizations.update`.
 *
 * @example
 * await updateOrganization({ organization: "Research", description: "Basic research" });
 */
export const updateOrganization = (
  params: WithClient<UpdateOrganizationParams>,
  options?: RequestOptions,
): Promise<Organization> => callWith(updateOrganizationOf, params, options);

/**
 * Deletes an organization with all that is in it. As `client.organizations.delete`.
 *
 * @example
 * await deleteOrganization({ organization: "Research" });
 */
export const deleteOrganization = (
  params: WithClient<OrganizationParams>,
  options?: RequestOptions,
): Promise<void> => callWith(deleteOrganizationOf, params, options);

/**
 * Makes a user a member of an organization, or changes the role of one. As `client.organizations.addUser`.
 *
 * @example
 * await addOrganizationUser({
 *   organization: "Research",
 *   user: "ada@example.com",
 *   role: { type: "predefined", name: "member" },
 * });
 */
export const addOrganizationUser = (
  params: WithClient<AddOrganizationUserParams>,
  options?: RequestOptions,
): Promise<OrganizationMembership> => callWith(addOrganizationUserOf, params, options);

/**
 * Takes a user out of an organization. As `client.organizations.removeUser`.
 *
 * @example
 * await removeOrganizationUser({ organization: "Research", user: "ada@example.com" });
 */
export const removeOrganizationUser = (
  params: WithClient<OrganizationUserParams>,
  options?: RequestOptions,
): Promise<void> => callWith(removeOrganizationUserOf, params, options);
