import type * as wire from "../../generated/types.gen.ts";
import { vUser, vUserCreatedResponse, vUserListResponse } from "../../generated/valibot.gen.ts";
import type { Success } from "../core/exchange.ts";
import { type PageData, toPage } from "../core/pages.ts";
import { isSameId, unwrap } from "../core/unwrap.ts";
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

export const toUser = (success: Success, asked: AskedUser): User =>
  unwrap<wire.User>(vUser, success, differsFrom(asked));

export function toUserPage(success: Success): PageData<User> {
  const { users, pagination } = unwrap<wire.UserListResponse>(vUserListResponse, success);
  return toPage(users, pagination);
}

export function toCreatedUser(success: Success, email: string): CreatedUser {
  const body = unwrap<wire.UserCreatedResponse>(vUserCreatedResponse, success, differsFrom({ email }));
  const { temporaryPassword, ...user } = body;
  const created: CreatedUser = { ...user, outcome: "created" };
  if (Object.hasOwn(body, "temporaryPassword")) {
    Object.defineProperty(created, "temporaryPassword", { value: temporaryPassword });
  }
  return created;
}
