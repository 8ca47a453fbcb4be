import type { ClientContext } from "../api/client-context.ts";
import type { RequestOptions } from "../config/client-options.ts";
import type { PagePromise } from "../facade/pages.ts";
import { bindMethods } from "../util/members.ts";
import { addOrganizationUsers, removeOrganizationUsers } from "./bulk-members.ts";
import { listOrganizations } from "./list.ts";
import { addOrganizationUser, removeOrganizationUser } from "./members.ts";
import { createOrganization, deleteOrganization, getOrganization, updateOrganization } from "./operations.ts";
import type {
  AddOrganizationUserParams,
  AddOrganizationUsersParams,
  BulkMemberAdditionResult,
  BulkMemberRemovalResult,
  CreateOrganizationParams,
  ListOrganizationsParams,
  Organization,
  OrganizationMembership,
  OrganizationParams,
  OrganizationUserParams,
  RemoveOrganizationUsersParams,
  UpdateOrganizationParams,
} from "./types.ts";

/**
 * The organizations of an account and their members: `client.organizations`. The rules are those of the API's
 * `organizations_*` operations.
 *
 * `organization` is an ID or a name. It is an ID if it is base64 of `Organization:…`, and a name otherwise. The client looks
 * up a name over all pages. The name must match exactly; if none does, without the whitespace around it. If still none does,
 * ASCII case is ignored, provided that only one organization then matches. If no name matches, a value without whitespace is
 * tried as an ID. `organizationId` is always an ID.
 *
 * The methods reject with the same errors as those of {@link Users}. A method that takes an organization also rejects with a
 * {@link NotFoundError} if the organization does not exist, or if the key may not read it, and with an {@link
 * AmbiguousMatchError} if several organizations have that name.
 *
 * @example
 * const { id } = await client.organizations.get({ organization: "Data Ops" });
 */
export class Organizations {
  readonly #context: ClientContext;

  /** @internal */
  constructor(context: ClientContext) {
    this.#context = context;
    bindMethods(this);
  }

  /**
   * Lists the organizations that the key can access. Awaited, it returns the first page; iterated, it yields all of them.
   *
   * @example
   * const { data: organizations } = await client.organizations.list({ name: "data", limit: 10 });
   * for await (const { name } of client.organizations.list()) console.log(name);
   */
  list(params?: ListOrganizationsParams, options?: RequestOptions): PagePromise<Organization> {
    return listOrganizations(this.#context, params, options);
  }

  /**
   * Returns one organization, by ID or by name. Requires the `ORGANIZATION_READ` permission.
   *
   * @example
   * const organization = await client.organizations.get({ organization: "Data Ops" });
   */
  get(params: OrganizationParams, options?: RequestOptions): Promise<Organization> {
    return getOrganization(this.#context, params, options);
  }

  /**
   * Creates an organization. The client does not repeat the request if it may have taken effect: then the error has `outcome:
   * "unknown"`. Requires the `ORGANIZATION_CREATE` permission.
   *
   * @throws a {@link ConflictError} if the account already has an organization with this name.
   * @example
   * const { id } = await client.organizations.create({ name: "Research", description: "Basic research" });
   */
  create(params: CreateOrganizationParams, options?: RequestOptions): Promise<Organization> {
    return createOrganization(this.#context, params, options);
  }

  /**
   * Changes the name, the description, or both. `null` or an empty string clears the description.
   * Requires the `ORGANIZATION_UPDATE` permission.
   *
   * @throws a {@link ValidationError} if there is nothing to change, or the name is only whitespace.
   * @throws a {@link ConflictError} if another organization has the name.
   * @example
   * await client.organizations.update({ organization: "Data Ops", name: "Data Operations" });
   */
  update(params: UpdateOrganizationParams, options?: RequestOptions): Promise<Organization> {
    return updateOrganization(this.#context, params, options);
  }

  /**
   * Deletes an organization for good, with its integrations, its API keys, its spaces and everything in them. A name must match
   * exactly. Requires the `ORGANIZATION_DELETE` permission.
   *
   * @throws a {@link NotFoundError} if there is no such organization, or it was deleted before. If an earlier request of this
   * call got no response, a 404 means that the organization was deleted, and the call succeeds.
   * @example
   * await client.organizations.delete({ organization: "Data Ops" });
   */
  delete(params: OrganizationParams, options?: RequestOptions): Promise<void> {
    return deleteOrganization(this.#context, params, options);
  }

  /**
   * Adds a user of the account to an organization, or changes the role of an existing member. The key's owner must be an
   * admin of the organization.
   *
   * @throws a {@link NotFoundError} if there is no such user.
   * @throws a {@link BadRequestError} if only one of the two roles, in the account and in the organization, is `annotator`.
   * @example
   * await client.organizations.addUser({
   *   organization: "Data Ops",
   *   user: "grace@example.com",
   *   role: { type: "predefined", name: "member" },
   * });
   */
  addUser(params: AddOrganizationUserParams, options?: RequestOptions): Promise<OrganizationMembership> {
    return addOrganizationUser(this.#context, params, options);
  }

  /**
   * Removes a user from an organization and all its spaces. The user stays in the account. The key's owner
   * must be an admin of the organization.
   *
   * @throws a {@link NotFoundError} if there is no such member. If an earlier request of this call got no response, a 404 is
   * a success, as with {@link Organizations.delete}.
   * @example
   * await client.organizations.removeUser({ organization: "Data Ops", user: "ada@example.com" });
   */
  removeUser(params: OrganizationUserParams, options?: RequestOptions): Promise<void> {
    return removeOrganizationUser(this.#context, params, options);
  }

  /**
   * {@link Organizations.addUser} for many users of one organization, each named by ID or by email address. Returns one
   * result for each user, in the order of `users`. Looks up the organization once, and all addresses before it adds the first
   * user. Rows for the same user count as one if they agree. If they differ, the user is `failed`, and nothing is sent for
   * the user.
   *
   * It rejects only if its arguments are invalid, like {@link Users.bulkDelete}. A failure is a `failed` result. If the
   * organization is not found, all users are `failed` with `attempted: false` and the {@link NotFoundError} as `cause`.
   *
   * @throws a {@link ValidationError} if no organization is named, or an argument is of the wrong type or out of range.
   * @example
   * const role = { type: "predefined", name: "member" } as const;
   * const users = [{ user: "grace@example.com", role }, { userId: user.id, role }];
   * const results = await client.organizations.addUsers({ organization: "Data Ops", users });
   * for (const { userId, status } of results) console.log(userId, status);
   */
  addUsers(
    params: AddOrganizationUsersParams,
    options?: RequestOptions,
  ): Promise<BulkMemberAdditionResult[]> {
    return addOrganizationUsers(this.#context, params, options);
  }

  /**
   * {@link Organizations.removeUser} for many users of one organization, each named by ID or by email address. Works like
   * {@link Organizations.addUsers}. A user who is not a member is `not_found`.
   *
   * @throws a {@link ValidationError} if no organization is named, or an argument is of the wrong type or out of range.
   * @example
   * const users = ["grace@example.com", { userId: user.id }];
   * const results = await client.organizations.removeUsers({ organization: "Data Ops", users });
   * for (const { userId, status } of results) console.log(userId, status);
   */
  removeUsers(
    params: RemoveOrganizationUsersParams,
    options?: RequestOptions,
  ): Promise<BulkMemberRemovalResult[]> {
    return removeOrganizationUsers(this.#context, params, options);
  }
}
