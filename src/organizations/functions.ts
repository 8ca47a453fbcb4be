/** The function style of the methods for organizations. Rules, odd cases and errors are said with the methods. */
import type { PagePromise } from "../core/pages.ts";
import type { RequestOptions } from "../options.ts";
import { callWith, pagesWith, type WithClient } from "../with-client.ts";
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
 * Organizations, oldest first: awaited the first page, iterated all of them. As `client.organizations.list`.
 *
 * @example
 * for await (const { name } of listOrganizations()) console.log(name);
 */
export function listOrganizations(
  params: WithClient<ListOrganizationsParams> = {},
  options?: RequestOptions,
): PagePromise<Organization> {
  return pagesWith(listOrganizationsOf, params, options);
}

/**
 * One organization, by ID or name. As `client.organizations.get`.
 *
 * @example
 * const organization = await getOrganization({ organization: "Research" });
 */
export function getOrganization(
  params: WithClient<OrganizationParams>,
  options?: RequestOptions,
): Promise<Organization> {
  return callWith(operations.getOrganization, params, options);
}

/**
 * Makes an organization. As `client.organizations.create`.
 *
 * @example
 * const organization = await createOrganization({ name: "Research" });
 */
export function createOrganization(
  params: WithClient<CreateOrganizationParams>,
  options?: RequestOptions,
): Promise<Organization> {
  return callWith(operations.createOrganization, params, options);
}

/**
 * Changes name, description, or both. As `client.organizations.update`.
 *
 * @example
 * await updateOrganization({ organization: "Research", description: "Basic research" });
 */
export function updateOrganization(
  params: WithClient<UpdateOrganizationParams>,
  options?: RequestOptions,
): Promise<Organization> {
  return callWith(operations.updateOrganization, params, options);
}

/**
 * Deletes an organization with all that is in it. As `client.organizations.delete`.
 *
 * @example
 * await deleteOrganization({ organization: "Research" });
 */
export function deleteOrganization(
  params: WithClient<OrganizationParams>,
  options?: RequestOptions,
): Promise<void> {
  return callWith(operations.deleteOrganization, params, options);
}

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
export function addOrganizationUser(
  params: WithClient<AddOrganizationUserParams>,
  options?: RequestOptions,
): Promise<OrganizationMembership> {
  return callWith(members.addOrganizationUser, params, options);
}

/**
 * Takes a user out of an organization. As `client.organizations.removeUser`.
 *
 * @example
 * await removeOrganizationUser({ organization: "Research", user: "ada@example.com" });
 */
export function removeOrganizationUser(
  params: WithClient<OrganizationUserParams>,
  options?: RequestOptions,
): Promise<void> {
  return callWith(members.removeOrganizationUser, params, options);
}
