/** The methods of `client.organizations` as functions. */
import { fromClient, pagesFromClient } from "../facade/function-style.ts";
import * as bulkMembers from "./bulk-members.ts";
import * as list from "./list.ts";
import * as members from "./members.ts";
import * as operations from "./operations.ts";

/** Lists organizations: the first page if awaited, all of them if iterated. See {@link Organizations.list}. */
export const listOrganizations = pagesFromClient(list.listOrganizations);

/** Returns one organization, by ID or by name. See {@link Organizations.get}. */
export const getOrganization = fromClient(operations.getOrganization);

/** Creates an organization. See {@link Organizations.create}. */
export const createOrganization = fromClient(operations.createOrganization);

/** Changes the name, the description, or both. See {@link Organizations.update}. */
export const updateOrganization = fromClient(operations.updateOrganization);

/** Deletes an organization with everything in it. See {@link Organizations.delete}. */
export const deleteOrganization = fromClient(operations.deleteOrganization);

/** Adds a user to an organization, or changes the role of a member. See {@link Organizations.addUser}. */
export const addOrganizationUser = fromClient(members.addOrganizationUser);

/** Removes a user from an organization. See {@link Organizations.removeUser}. */
export const removeOrganizationUser = fromClient(members.removeOrganizationUser);

/** {@link addOrganizationUser} for many users. Returns one result for each user. See {@link Organizations.addUsers}. */
export const addOrganizationUsers = fromClient(bulkMembers.addOrganizationUsers);

/** {@link removeOrganizationUser} for many users. Returns one result for each user. See {@link Organizations.removeUsers}. */
export const removeOrganizationUsers = fromClient(bulkMembers.removeOrganizationUsers);
