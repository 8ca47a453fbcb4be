/** The methods of `client.users` as functions. */
import { fromClient, fromClientAs, pagesFromClient } from "../facade/function-style.ts";
import * as bulk from "./bulk/bulk-users.ts";
import * as create from "./create/create.ts";
import * as findByEmail from "./find-by-email.ts";
import * as list from "./list.ts";
import * as operations from "./operations.ts";

/** Lists users, oldest first: the first page if awaited, all users if iterated. See {@link Users.list}. */
export const listUsers = pagesFromClient(list.listUsers);

/** Returns one user, by ID or by email address. See {@link Users.get}. */
export const getUser = fromClient(operations.getUser);

/** Ensures that a user with this email exists. See {@link Users.create}. */
export const createUser = fromClient(create.createUser);

/** {@link createUser} for many users. Returns one result for each distinct address. See {@link Users.createMany}. */
export const createUsers = fromClient(bulk.createUsers);

/** Changes the display name, the developer permission, or both. See {@link Users.update}. */
export const updateUser = fromClient(operations.updateUser);

/** {@link updateUser} for many users. Returns one result for each user. See {@link Users.updateMany}. */
export const updateUsers = fromClient(bulk.updateUsers);

/** Removes a user for good. See {@link Users.delete}. */
export const deleteUser = fromClient(operations.deleteUser);

/** Removes many users for good. Returns one result for each user. See {@link Users.bulkDelete}. */
export const bulkDeleteUsers = fromClient(bulk.bulkDeleteUsers);

/** Emails an invitation again. See {@link Users.resendInvitation}. */
export const resendInvitation = fromClient(operations.resendInvitation);

/** Emails a link to set a new password. See {@link Users.resetPassword}. */
export const resetPassword = fromClient(operations.resetPassword);

/** Returns the user with an email address, or null. See {@link Users.findByEmail}. */
export const findUserByEmail = fromClientAs("findUserByEmail", "email", findByEmail.findUserByEmail);

/** Returns the users with these addresses, keyed by the address as given. See {@link Users.findByEmails}. */
export const findUsersByEmails = fromClientAs("findUsersByEmails", "emails", findByEmail.findUsersByEmails);
