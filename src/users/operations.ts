/** The methods that are one request each, as functions of a core; `users.ts` has their documentation. */

import { encodeUserUpdate } from "../../generated/models.gen.ts";
import {
  usersDelete,
  usersGet,
  usersPasswordReset,
  usersResendInvitation,
  usersUpdate,
} from "../../generated/sdk.gen.ts";
import type { UserUpdate } from "../../generated/types.gen.ts";
import { vUserUpdate } from "../../generated/valibot.gen.ts";
import { callOperation } from "../api/call-operation.ts";
import type { ApiCall, ClientContext } from "../api/client-context.ts";
import { namesOf, type RequestModel } from "../api/request.ts";
import type { RequestOptions } from "../config/client-options.ts";
import { toChanges } from "../facade/changes.ts";
import { defineOperation, run } from "../facade/operation.ts";
import { readId, readParams } from "../facade/params.ts";
import { readUserReference, requireUser } from "./reference.ts";
import type { GetUserParams, UpdateUserParams, User, UserIdParams } from "./types.ts";
import { toUser } from "./user-responses.ts";

const GET = defineOperation("users.get", "users_get", "users_list");
const UPDATE = defineOperation("users.update", "users_update");
/** Its body. */
const USER_UPDATE: RequestModel = { schema: vUserUpdate, encode: encodeUserUpdate };
const DELETE = defineOperation("users.delete", "users_delete");
const RESEND_INVITATION = defineOperation("users.resendInvitation", "users_resend_invitation");
const RESET_PASSWORD = defineOperation("users.resetPassword", "users_password_reset");

export function getUser(
  context: ClientContext,
  params: GetUserParams,
  options?: RequestOptions,
): Promise<User> {
  return run(context, GET, options, async (call) => {
    const given = readParams(GET.name, params, ["user", "userId"]);
    const { text, isEmail } = readUserReference(GET.name, given);
    if (isEmail) return requireUser(call, GET.name, text);
    const path = { user_id: text };
    const result = await callOperation(call, "users_get", (generated) => usersGet({ ...generated, path }));
    return toUser(call, result, { id: text });
  });
}

export function updateUser(
  context: ClientContext,
  params: UpdateUserParams,
  options?: RequestOptions,
): Promise<User> {
  return run(context, UPDATE, options, async (call) => {
    const names = ["userId", ...namesOf(USER_UPDATE)];
    const { userId, ...changes } = readParams(UPDATE.name, params, names);
    const id = readId(UPDATE.name, "userId", userId);
    const { lower: body } = toChanges<UserUpdate>(UPDATE.name, USER_UPDATE, changes);
    const path = { user_id: id };
    const result = await callOperation(call, "users_update", (generated) =>
      usersUpdate({ ...generated, path, body }),
    );
    return toUser(call, result, { id });
  });
}

export function deleteUser(
  context: ClientContext,
  params: UserIdParams,
  options?: RequestOptions,
): Promise<void> {
  return run(context, DELETE, options, (call) => removeUser(call, readUserId(DELETE.name, params)));
}

/** The request that removes a user, for a checked ID. */
export async function removeUser(call: ApiCall, userId: string): Promise<void> {
  await callOperation(call, "users_delete", (generated) =>
    usersDelete({ ...generated, path: { user_id: userId } }),
  );
}

export function resendInvitation(
  context: ClientContext,
  params: UserIdParams,
  options?: RequestOptions,
): Promise<void> {
  return run(context, RESEND_INVITATION, options, async (call) => {
    const path = { user_id: readUserId(RESEND_INVITATION.name, params) };
    await callOperation(call, "users_resend_invitation", (generated) =>
      usersResendInvitation({ ...generated, path }),
    );
  });
}

export function resetPassword(
  context: ClientContext,
  params: UserIdParams,
  options?: RequestOptions,
): Promise<void> {
  return run(context, RESET_PASSWORD, options, async (call) => {
    const path = { user_id: readUserId(RESET_PASSWORD.name, params) };
    await callOperation(call, "users_password_reset", (generated) =>
      usersPasswordReset({ ...generated, path }),
    );
  });
}

const readUserId = (name: string, params: UserIdParams): string =>
  readId(name, "userId", readParams(name, params, ["userId"]).userId);
