/** The methods that are one request each; `users.ts` has their documentation. */
import { decodeUser, userUpdate } from "../../generated/models.gen.ts";
import {
  usersDelete,
  usersGet,
  usersPasswordReset,
  usersResendInvitation,
  usersUpdate,
} from "../../generated/sdk.gen.ts";
import { callOperation } from "../api/call-operation.ts";
import type { ApiCall } from "../api/client-context.ts";
import { decodeResponse } from "../api/decode-response.ts";
import { defineMethod } from "../facade/operation.ts";
import { readId, readParams, toChanges } from "../facade/params.ts";
import { readUserReference, requireUser } from "./reference.ts";
import type { GetUserParams, UpdateUserParams, User, UserIdParams } from "./types.ts";

export const getUser = defineMethod(
  "users.get",
  ["users_get", "users_list"],
  async (call, params: GetUserParams): Promise<User> => {
    const { text: id, isEmail } = readUserReference(call, readParams(call, params, ["user", "userId"]));
    if (isEmail) return requireUser(call, id);
    const result = await callOperation(call, "users_get", usersGet<true>, { path: { user_id: id } });
    return decodeResponse(call, result, decodeUser, { id });
  },
);

export const updateUser = defineMethod(
  "users.update",
  ["users_update"],
  async (call, params: UpdateUserParams): Promise<User> => {
    const { userId, ...changes } = readParams(call, params, ["userId"], userUpdate);
    const id = readId(call, "userId", userId);
    const request = { path: { user_id: id }, body: toChanges(call, userUpdate, changes) };
    const result = await callOperation(call, "users_update", usersUpdate<true>, request);
    return decodeResponse(call, result, decodeUser, { id });
  },
);

/** The request that removes a user, for a checked ID. */
export async function removeUser(call: ApiCall, id: string): Promise<void> {
  await callOperation(call, "users_delete", usersDelete<true>, { path: { user_id: id } });
}

export const deleteUser = defineMethod("users.delete", ["users_delete"], (call, params: UserIdParams) =>
  removeUser(call, readPath(call, params).user_id),
);

export const resendInvitation = defineMethod(
  "users.resendInvitation",
  ["users_resend_invitation"],
  async (call, params: UserIdParams): Promise<void> => {
    const path = readPath(call, params);
    await callOperation(call, "users_resend_invitation", usersResendInvitation<true>, { path });
  },
);

export const resetPassword = defineMethod(
  "users.resetPassword",
  ["users_password_reset"],
  async (call, params: UserIdParams): Promise<void> => {
    const path = readPath(call, params);
    await callOperation(call, "users_password_reset", usersPasswordReset<true>, { path });
  },
);

const readPath = (call: ApiCall, params: UserIdParams): { user_id: string } => ({
  user_id: readId(call, "userId", readParams(call, params, ["userId"]).userId),
});
