import { usersList } from "../../generated/sdk.gen.ts";
import type { UsersListData } from "../../generated/types.gen.ts";
import { vUsersListQuery } from "../../generated/valibot.gen.ts";
import { call } from "../core/call.ts";
import type { Core } from "../core/core.ts";
import { method } from "../core/method.ts";
import { type PageData, PagePromise } from "../core/pages.ts";
import { warnOnce } from "../core/prerelease.ts";
import { openScope, type Scope } from "../core/scope.ts";
import { namesOf, readParams, toRequest } from "../core/validate.ts";
import { inServersCase } from "../core/wire-case.ts";
import { type RequestOptions, readRequestOptions } from "../options.ts";
import type { ListUsersParams, User } from "./types.ts";
import { toUserPage } from "./wire.ts";

const LIST = method("users.list", "users_list");

/** `users.list`. The arguments are read now, and what is wrong with them is told to who asks for a page. */
export function listUsers(
  core: Core,
  params: ListUsersParams = {},
  options?: RequestOptions,
): PagePromise<User> {
  warnOnce(core, LIST.key, LIST.uses);
  const given = settled(() => ({
    query: toRequest(LIST.name, vUsersListQuery, readParams(LIST.name, params, namesOf(vUsersListQuery))),
    options: readRequestOptions(LIST.name, options),
  }));
  return new PagePromise(async (cursor) => {
    const { query, options } = given();
    return loadUsers(core, openScope(core, LIST.name, options), { ...query, ...(cursor && { cursor }) });
  }, params?.cursor);
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

/** Makes a value now, and gives it or throws its failure each time it is asked for. */
function settled<T>(make: () => T): () => T {
  try {
    const value = make();
    return () => value;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}
