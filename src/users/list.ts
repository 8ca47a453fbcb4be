import { encodeUsersListQuery } from "../../generated/models.gen.ts";
import { usersList } from "../../generated/sdk.gen.ts";
import type { UsersListData } from "../../generated/types.gen.ts";
import { vUsersListQuery } from "../../generated/valibot.gen.ts";
import { callOperation } from "../api/call-operation.ts";
import type { ApiCall, ClientContext } from "../api/client-context.ts";
import { withServerCase } from "../api/enum-case.ts";
import type { RequestForms } from "../api/request.ts";
import type { RequestOptions } from "../config/client-options.ts";
import { runList } from "../facade/list-operation.ts";
import { defineOperation } from "../facade/operation.ts";
import type { PageData, PagePromise } from "../facade/pages.ts";
import type { ListUsersParams, User } from "./types.ts";
import { toUserPage } from "./user-responses.ts";

const LIST = {
  method: defineOperation("users.list", "users_list"),
  query: { schema: vUsersListQuery, encode: encodeUsersListQuery },
  load: loadUsers,
};

export function listUsers(
  context: ClientContext,
  params: ListUsersParams = {},
  options?: RequestOptions,
): PagePromise<User> {
  return runList(context, LIST, params, options);
}

export type UsersListQuery = NonNullable<UsersListData["query"]>;

/** One page of the list. */
export async function loadUsers(call: ApiCall, query: RequestForms<UsersListQuery>): Promise<PageData<User>> {
  return toUserPage(
    call,
    await withServerCase(call, query, (query, call) =>
      callOperation(call, "users_list", (generated) => usersList({ ...generated, query })),
    ),
  );
}
