import type * as wire from "../../generated/types.gen.ts";
import { vUser, vUserCreatedResponse, vUserListResponse } from "../../generated/valibot.gen.ts";
import type { Success } from "../core/exchange.ts";
import { type PageData, toPage } from "../core/pages.ts";
import { unwrap } from "../core/unwrap.ts";
import type { CreatedUser, User } from "./types.ts";

export const toUser = (success: Success): User => unwrap<wire.User>(vUser, success);

export function toUserPage(success: Success): PageData<User> {
  const { users, pagination } = unwrap<wire.UserListResponse>(vUserListResponse, success);
  return toPage(users, pagination);
}

export function toCreatedUser(success: Success): CreatedUser {
  const body = unwrap<wire.UserCreatedResponse>(vUserCreatedResponse, success);
  const { temporaryPassword, ...user } = body;
  const created: CreatedUser = { ...user, outcome: "created" };
  if (Object.hasOwn(body, "temporaryPassword")) {
    Object.defineProperty(created, "temporaryPassword", { value: temporaryPassword });
  }
  return created;
}
