import { filterPages, largestPage } from "../core/all-pages.ts";
import type { Core } from "../core/core.ts";
import { method, run } from "../core/method.ts";
import { onlyOne } from "../core/only-one.ts";
import type { Scope } from "../core/scope.ts";
import type { RequestOptions } from "../options.ts";
import { checkEmail, emailKey, givenEmailKey } from "./email.ts";
import { loadUsers } from "./list.ts";
import type { User } from "./types.ts";

const FIND_BY_EMAIL = method("users.findByEmail", "users_list");

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
  const key = givenEmailKey(email);
  const matches = await filterPages(
    (cursor) => loadUsers(core, scope, { email: email.trim(), ...largestPage(cursor) }),
    (user) => emailKey(user.email) === key,
  );
  return onlyUser(matches);
}

/** The one user of a list that names nobody else. */
export const onlyUser = (matches: readonly User[]): User | null =>
  onlyOne(matches, "users have this email address");
