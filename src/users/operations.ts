/** The methods that are one request each, as functions of a core; `users.ts` has their documentation. */
import {
  usersDelete,
  usersGet,
  usersPasswordReset,
  usersResendInvitation,
  usersUpdate,
} from "../../generated/sdk.gen.ts";
import type { UserUpdate } from "../../generated/types.gen.ts";
import { vUserUpdate } from "../../generated/valibot.gen.ts";
import { call } from "../core/call.ts";
import { toChanges } from "../core/changes.ts";
import type { Core } from "../core/core.ts";
import { method, run } from "../core/method.ts";
import type { Scope } from "../core/scope.ts";
import { namesOf, readId, readParams } from "../core/validate.ts";
import type { RequestOptions } from "../options.ts";
import { readUserReference, requireUser } from "./reference.ts";
import type { GetUserParams, UpdateUserParams, User, UserIdParams } from "./types.ts";
import { toUser } from "./wire.ts";

const GET = method("users.get", "users_get", "users_list");
const UPDATE = method("users.update", "users_update");
const DELETE = method("users.delete", "users_delete");
const RESEND_INVITATION = method("users.resendInvitation", "users_resend_invitation");
const RESET_PASSWORD = method("users.resetPassword", "users_password_reset");

export function getUser(core: Core, params: GetUserParams, options?: RequestOptions): Promise<User> {
  return run(core, GET, options, async (scope) => {
    const given = readParams(GET.name, params, ["user", "userId"]);
    const { text, isEmail } = readUserReference(GET.name, given);
    if (isEmail) return requireUser(core, scope, GET.name, text);
    const path = { user_id: text };
    return toUser(await call(core, "users_get", scope, (send) => usersGet({ ...send, path })), { id: text });
  });
}

export function updateUser(core: Core, params: UpdateUserParams, options?: RequestOptions): Promise<User> {
  return run(core, UPDATE, options, async (scope) => {
    const names = ["userId", ...namesOf(vUserUpdate)];
    const { userId, ...changes } = readParams(UPDATE.name, params, names);
    const id = readId(UPDATE.name, "userId", userId);
    const body = toChanges<UserUpdate>(UPDATE.name, vUserUpdate, changes);
    const path = { user_id: id };
    const settled = await call(core, "users_update", scope, (send) => usersUpdate({ ...send, path, body }));
    return toUser(settled, { id });
  });
}

export function deleteUser(core: Core, params: UserIdParams, options?: RequestOptions): Promise<void> {
  return run(core, DELETE, options, (scope) => removeUser(core, scope, readUserId(DELETE.name, params)));
}

/** The request that removes a user, for a checked ID. */
export async function removeUser(core: Core, scope: Scope, userId: string): Promise<void> {
  await call(core, "users_delete", scope, (send) => usersDelete({ ...send, path: { user_id: userId } }));
}

export function resendInvitation(core: Core, params: UserIdParams, options?: RequestOptions): Promise<void> {
  return run(core, RESEND_INVITATION, options, async (scope) => {
    const path = { user_id: readUserId(RESEND_INVITATION.name, params) };
    await call(core, "users_resend_invitation", scope, (send) => usersResendInvitation({ ...send, path }));
  });
}

export function resetPassword(core: Core, params: UserIdParams, options?: RequestOptions): Promise<void> {
  return run(core, RESET_PASSWORD, options, async (scope) => {
    const path = { user_id: readUserId(RESET_PASSWORD.name, params) };
    await call(core, "users_password_reset", scope, (send) => usersPasswordReset({ ...send, path }));
  });
}

const readUserId = (name: string, params: UserIdParams): string =>
  readId(name, "userId", readParams(name, params, ["userId"]).userId);
