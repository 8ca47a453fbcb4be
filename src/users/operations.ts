/** The methods that need only one request. `users.ts` documents them. */
import { decodeUser, userUpdate } from "../../generated/models.gen.ts";
import {
  usersDelete,
  usersGet,
  usersPasswordReset,
  usersResendInvitation,
  usersUpdate,
} from "../../generated/sdk.gen.ts";
import type { UserUpdate } from "../../generated/types.gen.ts";
import { callOperation } from "../api/call-operation.ts";
import type { ApiCall } from "../api/client-context.ts";
import { checkNoContent, decodeResponse } from "../api/decode-response.ts";
import { defineMethod } from "../facade/operation.ts";
import { readId, readParams, toChanges } from "../facade/params.ts";
import { readUserReference, requireUser } from "./reference.ts";
import type { GetUserParams, UpdateUserParams, User, UserIdParams } from "./types.ts";

const GET = ["users.get", "users_get", "users_list"] as const;
const UPDATE = ["users.update", "users_update"] as const;
const DELETE = ["users.delete", "users_delete"] as const;
const RESEND_INVITATION = ["users.resendInvitation", "users_resend_invitation"] as const;
const RESET_PASSWORD = ["users.resetPassword", "users_password_reset"] as const;

export const getUser = defineMethod<GetUserParams, User>(GET, async (call, params) => {
  const { text: id, isEmail } = readUserReference(call, readParams(call, params, ["user", "userId"]));
  if (isEmail) return requireUser(call, id);
  const result = await callOperation(call, "users_get", usersGet<true>, { path: { user_id: id } });
  return decodeResponse(call, result, decodeUser, { id });
});

export const updateUser = defineMethod<UpdateUserParams, User>(UPDATE, async (call, params) => {
  const { userId, ...changes } = readParams(call, params, ["userId"], userUpdate);
  return sendUpdate(call, readId(call, "userId", userId), toChanges(call, userUpdate, changes));
});

/** Sends the request that changes a user. The ID and the changes are checked already. */
export async function sendUpdate(call: ApiCall, id: string, body: UserUpdate): Promise<User> {
  const request = { path: { user_id: id }, body };
  const result = await callOperation(call, "users_update", usersUpdate<true>, request);
  return decodeResponse(call, result, decodeUser, { id });
}

/** Sends the request that removes a user. The ID is checked already. */
export async function removeUser(call: ApiCall, id: string): Promise<void> {
  await callOperation(call, "users_delete", usersDelete<true>, { path: { user_id: id } });
}

export const deleteUser = defineMethod<UserIdParams, void>(DELETE, (call, params) =>
  removeUser(call, readPath(call, params).user_id),
);

export const resendInvitation = defineMethod<UserIdParams, void>(RESEND_INVITATION, async (call, params) => {
  const path = readPath(call, params);
  checkNoContent(await callOperation(call, "users_resend_invitation", usersResendInvitation<true>, { path }));
});

export const resetPassword = defineMethod<UserIdParams, void>(RESET_PASSWORD, async (call, params) => {
  const path = readPath(call, params);
  checkNoContent(await callOperation(call, "users_password_reset", usersPasswordReset<true>, { path }));
});

const readPath = (call: ApiCall, params: UserIdParams): { user_id: string } => ({
  user_id: readId(call, "userId", readParams(call, params, ["userId"]).userId),
});
