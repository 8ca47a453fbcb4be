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
 * The organizations of an account, and who is in them: `client.organizations`. The rules are those of the API's
 * `organizations_*` operations.
 *
 * `organization` is an ID or a name: an ID where it is base64 of `Organization:…`, else a name, matched exactly, or
 * whatever the case of its ASCII letters where just one fits, over all pages; what matches no name is tried as an ID.
 * `organizationId` is always an ID.
 *
 * Methods reject as those of {@link Users} do, and where an organization is named with a {@link NotFoundError} if there is
 * none, or none that the key may read, and with an {@link AmbiguousMatchError} if several go by that name.
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
   * The organizations that the key can access: awaited the first page, iterated all of them.
   *
   * @example
   * const { data: organizations } = await client.organizations.list({ name: "data", limit: 10 });
   * for await (const { name } of client.organizations.list()) console.log(name);
   */
  list(params?: ListOrganizationsParams, options?: RequestOptions): PagePromise<Organization> {
    return listOrganizations(this.#context, params, options);
  }

  /**
   * One organization, by ID or by name. Requires the `ORGANIZATION_READ` permission.
   *
   * @example
   * const organization = await client.organizations.get({ organization: "Data Ops" });
   */
  get(params: OrganizationParams, options?: RequestOptions): Promise<Organization> {
    return getOrganization(this.#context, params, options);
  }

  /**
   * Makes an organization. It is not sent again where nobody can tell whether the first request was carried out;
   * `outcome` is `unknown` on the error then. Requires the `ORGANIZATION_CREATE` permission.
   *
   * @throws a {@link ConflictError} where the account has one of this name already.
   * @example
   * const { id } = await client.organizations.create({ name: "Research", description: "Basic research" });
   */
  create(params: CreateOrganizationParams, options?: RequestOptions): Promise<Organization> {
    return createOrganization(this.#context, params, options);
  }

  /**
   * Changes the name, the description, or both. `description: null` or an empty one clears it.
   * Requires the `ORGANIZATION_UPDATE` permission.
   *
   * @throws a {@link ValidationError} where there is nothing to change, or the name is only whitespace.
   * @throws a {@link ConflictError} where another organization has the name.
   * @example
   * await client.organizations.update({ organization: "Data Ops", name: "Data Operations" });
   */
  update(params: UpdateOrganizationParams, options?: RequestOptions): Promise<Organization> {
    return updateOrganization(this.#context, params, options);
  }

  /**
   * Deletes an organization for good, with all its spaces and whatever is in them, its integrations and API keys. A
   * name must match exactly. Requires the `ORGANIZATION_DELETE` permission.
   *
   * @throws a {@link NotFoundError} where there is no such organization, also where it was deleted before; but not after a
   * request of this call that got no response.
   * @example
   * await client.organizations.delete({ organization: "Data Ops" });
   */
  delete(params: OrganizationParams, options?: RequestOptions): Promise<void> {
    return deleteOrganization(this.#context, params, options);
  }

  /**
   * Makes a user of the account a member, or gives one who is a member already another role. Requires an admin of
   * the organization.
   *
   * @throws a {@link NotFoundError} where there is no such user.
   * @throws a {@link BadRequestError} where the role is `annotator` and the account role is not, or the other way around.
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
   * Takes a user out of an organization and all its spaces. The user stays in the account. Requires an admin of
   * the organization.
   *
   * @throws a {@link NotFoundError} where there is no such member, as with {@link Organizations.delete}.
   * @example
   * await client.organizations.removeUser({ organization: "Data Ops", user: "ada@example.com" });
   */
  removeUser(params: OrganizationUserParams, options?: RequestOptions): Promise<void> {
    return removeOrganizationUser(this.#context, params, options);
  }

  /**
   * {@link Organizations.addUser} for many users of one organization, each by ID or by email address: one result for each user,
   * in the order first named. The organization is looked up once, and all addresses before anybody is added. Rows of one user are
   * merged where they agree; where they do not, the user is `failed` and nothing is sent for it.
   *
   * Once the arguments are accepted it never rejects, as {@link Users.bulkDelete}: a failure is its user's result. Where the
   * organization is not found, all are `failed` with `attempted: false` and the {@link NotFoundError} as `cause`.
   *
   * @throws a {@link ValidationError} where no organization is named, or an argument is of the wrong type.
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
   * {@link Organizations.removeUser} for many users of one organization, each by ID or by email address. Otherwise as
   * {@link Organizations.addUsers}; one who is no member is `not_found`.
   *
   * @throws a {@link ValidationError} where no organization is named, or an argument is of the wrong type.
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
