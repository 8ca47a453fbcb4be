import { usersList } from "../../generated/sdk.gen.ts";
import type { UsersListData } from "../../generated/types.gen.ts";
import { vUsersListQuery } from "../../generated/valibot.gen.ts";
import { call } from "../core/call.ts";
import type { Core } from "../core/core.ts";
import { runList } from "../core/list.ts";
import { method } from "../core/method.ts";
import type { PageData, PagePromise } from "../core/pages.ts";
import type { Scope } from "../core/scope.ts";
import { inServersCase } from "../core/wire-case.ts";
import type { RequestOptions } from "../options.ts";
import type { ListUsersParams, User } from "./types.ts";
import { toUserPage } from "./wire.ts";

const LIST = { method: method("users.list", "users_list"), schema: vUsersListQuery, load: loadUsers };

export function listUsers(
  core: Core,
  params: ListUsersParams = {},
  options?: RequestOptions,
): PagePromise<User> {
  return runList(core, LIST, params, options);
}

/** One page of the list. */
export async function loadUsers(
  core: Core,
  scope: Scope,
  query: NonNullable<UsersListData["query"]>,
): Promise<PageData<User>> {
  return toUserPage(
    await inServersCase(core, scope, vUsersListQuery, query, (query) =>
      call(core, "users_list", scope, (send) => usersList({ ...send, query })),
    ),
  );
}
