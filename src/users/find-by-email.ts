import type { Core } from "../core/core.ts";
import { method, run } from "../core/method.ts";
import { walkPages } from "../core/pages.ts";
import type { Scope } from "../core/scope.ts";
import { AmbiguousMatchError } from "../errors.ts";
import type { RequestOptions } from "../options.ts";
import { checkEmail, emailKey } from "./email.ts";
import { loadUsers } from "./list.ts";
import type { User } from "./types.ts";

const FIND_BY_EMAIL = method("users.findByEmail", "users_list");

/** The most that the API puts on a page. */
export const LARGEST_PAGE = 100;

export function findUserByEmail(core: Core, email: string, options?: RequestOptions): Promise<User | null> {
  return run(core, FIND_BY_EMAIL, options, async (scope) => {
    checkEmail(FIND_BY_EMAIL.name, "email", email);
    return findUser(core, scope, email);
  });
}

/**
 * The user with an address, which is checked already. The filter finds substrings, so that all its pages are read:
 * the one that is meant may stand on any, and a second one must not go unseen.
 *
 * @throws {AmbiguousMatchError} where several users have it.
 */
export async function findUser(core: Core, scope: Scope, email: string): Promise<User | null> {
  const filter = { email: email.trim(), limit: LARGEST_PAGE };
  const matches: User[] = [];
  for await (const page of walkPages((cursor) =>
    loadUsers(core, scope, { ...filter, ...(cursor && { cursor }) }),
  )) {
    matches.push(...page.data.filter((user) => emailKey(user.email) === emailKey(email)));
  }
  return onlyUser(matches);
}

/** The one user of a list that names nobody else; the same one twice is one. */
export function onlyUser(matches: readonly User[]): User | null {
  const ids = [...new Set(matches.map(({ id }) => id))];
  if (ids.length > 1) {
    throw new AmbiguousMatchError(`${ids.length} users have this email address: ${ids.join(", ")}.`, ids);
  }
  return matches[0] ?? null;
}
