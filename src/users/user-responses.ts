import type * as wire from "../../generated/types.gen.ts";
import { vUser, vUserCreatedResponse, vUserListResponse } from "../../generated/valibot.gen.ts";
import { isSameId, unwrap } from "../api/decode-response.ts";
import { type PageData, toPage } from "../facade/pages.ts";
import type { SuccessResponse } from "../transport/send-once.ts";
import { emailKey } from "./email.ts";
import type { CreatedUser, User } from "./types.ts";

/** By what the user of a response has to be the one that was asked for. */
export type AskedUser = { readonly id: string } | { readonly email: string };

const differsFrom =
  (asked: AskedUser) =>
  ({ id, email }: { id: string; email: string }): string | undefined => {
    if ("id" in asked) return isSameId(id, asked.id) ? undefined : "id";
    return emailKey(email) === emailKey(asked.email) ? undefined : "email";
  };

export const toUser = (success: SuccessResponse, asked: AskedUser): User =>
  unwrap<wire.User>(vUser, success, differsFrom(asked));

export function toUserPage(success: SuccessResponse): PageData<User> {
  const { users, pagination } = unwrap<wire.UserListResponse>(vUserListResponse, success);
  return toPage(users, pagination);
}

export function toCreatedUser(success: SuccessResponse, email: string): CreatedUser {
  const body = unwrap<wire.UserCreatedResponse>(vUserCreatedResponse, success, differsFrom({ email }));
  const { temporaryPassword, ...user } = body;
  const created: CreatedUser = { ...user, outcome: "created" };
  if (Object.hasOwn(body, "temporaryPassword")) {
    Object.defineProperty(created, "temporaryPassword", { value: temporaryPassword });
  }
  return created;
}
