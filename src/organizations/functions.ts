/** The function style of the methods for organizations. Rules, odd cases and errors are said with the methods. */

import type { RequestOptions } from "../config/client-options.ts";
import { callWith, pagesWith, type WithClient } from "../facade/function-style.ts";
import type { PagePromise } from "../facade/pages.ts";
import { listOrganizations as listOrganizationsOf } from "./list.ts";
import * as members from "./members.ts";
import * as operations from "./operations.ts";
import type {
  AddOrganizationUserParams,
  CreateOrganizationParams,
  ListOrganizationsParams,
  Organization,
  OrganizationMembership,
  OrganizationParams,
  OrganizationUserParams,
  UpdateOrganizationParams,
} from "./types.ts";

/**
 * Organizations: awaited the first page, iterated all of them. As {@link Organizations.list}.
 *
 * @example
 * import { listOrganizations } from "ax-users";
 *
 * for await (const { id, name } of listOrganizations()) console.log(id, name);
 */
export function listOrganizations(
  params: WithClient<ListOrganizationsParams> = {},
  options?: RequestOptions,
): PagePromise<Organization> {
  return pagesWith(listOrganizationsOf, params, options);
}

/**
 * One organization, by ID or name. As {@link Organizations.get}.
 *
 * @throws a {@link NotFoundError} where there is none, an {@link AmbiguousMatchError} where several go by the name.
 * @example
 * import { getOrganization } from "ax-users";
 *
 * const organization = await getOrganization({ organization: "Data Ops" });
 */
export function getOrganization(
  params: WithClient<OrganizationParams>,
  options?: RequestOptions,
): Promise<Organization> {
  return callWith(operations.getOrganization, params, options);
}

/**
 * Makes an organization. As {@link Organizations.create}.
 *
 * @throws a {@link ConflictError} where the account has one of this name already.
 * @example
 * import { createOrganization } from "ax-users";
 *
 * const { id } = await createOrganization({ name: "Research" });
 */
export function createOrganization(
  params: WithClient<CreateOrganizationParams>,
  options?: RequestOptions,
): Promise<Organization> {
  return callWith(operations.createOrganization, params, options);
}

/**
 * Changes name, description, or both. As {@link Organizations.update}.
 *
 * @throws a {@link ConflictError} where another organization has the name.
 * @example
 * import { updateOrganization } from "ax-users";
 *
 * await updateOrganization({ organization: "Data Ops", name: "Data Operations" });
 */
export function updateOrganization(
  params: WithClient<UpdateOrganizationParams>,
  options?: RequestOptions,
): Promise<Organization> {
  return callWith(operations.updateOrganization, params, options);
}

/**
 * Deletes an organization with all that is in it. As {@link Organizations.delete}.
 *
 * @throws a {@link NotFoundError} where there is none of just this name or ID.
 * @example
 * import { deleteOrganization } from "ax-users";
 *
 * await deleteOrganization({ organization: "Data Ops" });
 */
export function deleteOrganization(
  params: WithClient<OrganizationParams>,
  options?: RequestOptions,
): Promise<void> {
  return callWith(operations.deleteOrganization, params, options);
}

/**
 * Makes a user a member of an organization, or changes the role of one. As {@link Organizations.addUser}.
 *
 * @throws a {@link NotFoundError} where there is no such organization or user.
 * @example
 * import { addOrganizationUser } from "ax-users";
 *
 * await addOrganizationUser({
 *   organization: "Data Ops",
 *   user: "grace@example.com",
 *   role: { type: "predefined", name: "member" },
 * });
 */
export function addOrganizationUser(
  params: WithClient<AddOrganizationUserParams>,
  options?: RequestOptions,
): Promise<OrganizationMembership> {
  return callWith(members.addOrganizationUser, params, options);
}

/**
 * Takes a user out of an organization. As {@link Organizations.removeUser}.
 *
 * @throws a {@link NotFoundError} where there is no such organization, user or membership.
 * @example
 * import { removeOrganizationUser } from "ax-users";
 *
 * await removeOrganizationUser({ organization: "Data Ops", user: "ada@example.com" });
 */
export function removeOrganizationUser(
  params: WithClient<OrganizationUserParams>,
  options?: RequestOptions,
): Promise<void> {
  return callWith(members.removeOrganizationUser, params, options);
}
