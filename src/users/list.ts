import { decodeUserListResponse, type ListUsersParams, listUsersParams } from "../../generated/models.gen.ts";
import { usersList } from "../../generated/sdk.gen.ts";
import type { UsersListData } from "../../generated/types.gen.ts";
import { callOperation } from "../api/call-operation.ts";
import type { ApiCall } from "../api/client-context.ts";
import { decodeResponse } from "../api/decode-response.ts";
import { withServerCase } from "../api/enum-case.ts";
import { mapForms, type RequestForms } from "../api/request.ts";
import { defineList, type ListMethod } from "../facade/list-method.ts";
import { type PageData, toPage } from "../facade/pages.ts";
import type { User } from "./types.ts";

type Query = NonNullable<UsersListData["query"]>;

/** Loads one page of the list. */
export async function loadUsers(call: ApiCall, forms: RequestForms<Query>): Promise<PageData<User>> {
  const result = await withServerCase(call, forms, (query, call) =>
    callOperation(call, "users_list", usersList<true>, { query }),
  );
  const { users, pagination } = decodeResponse(call, result, decodeUserListResponse);
  return toPage(users, pagination);
}

export const listUsers: ListMethod<ListUsersParams, User> = defineList(
  "users.list",
  "users_list",
  listUsersParams,
  (call, forms) => loadUsers(call, withTrimmedEmail(forms)),
);

function withTrimmedEmail(forms: RequestForms<Query>): RequestForms<Query> {
  const { email } = forms.lower;
  return email === undefined ? forms : mapForms(forms, { email: email.trim() });
}
