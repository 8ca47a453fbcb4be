import { decodeUser, decodeUserCreatedResponse, decodeUserListResponse } from "../../generated/models.gen.ts";
import type { ApiCall } from "../api/client-context.ts";
import { decodeResponse, isSameId } from "../api/decode-response.ts";
import { type PageData, toPage } from "../facade/pages.ts";
import type { CallResult } from "../transport/send-with-retries.ts";
import { emailKey } from "./email.ts";
import type { CreatedUser, User } from "./types.ts";

/** The ID or the address that the user of a response must have. */
export type AskedUser = { readonly id: string } | { readonly email: string };

const differsFrom =
  (asked: AskedUser) =>
  ({ id, email }: { id: string; email: string }): string | undefined => {
    if ("id" in asked) return isSameId(id, asked.id) ? undefined : "id";
    return emailKey(email) === emailKey(asked.email) ? undefined : "email";
  };

export const toUser = (call: ApiCall, result: CallResult, asked: AskedUser): User =>
  decodeResponse(call, result, decodeUser, differsFrom(asked));

export function toUserPage(call: ApiCall, result: CallResult): PageData<User> {
  const { users, pagination } = decodeResponse(call, result, decodeUserListResponse);
  return toPage(users, pagination);
}

export function toCreatedUser(call: ApiCall, result: CallResult, email: string): CreatedUser {
  const body = decodeResponse(call, result, decodeUserCreatedResponse, differsFrom({ email }));
  const { temporaryPassword, ...user } = body;
  const created: CreatedUser = { ...user, outcome: "created" };
  if (Object.hasOwn(body, "temporaryPassword")) {
    Object.defineProperty(created, "temporaryPassword", { value: temporaryPassword });
  }
  return created;
}
