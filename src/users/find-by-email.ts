import type { ApiCall, ClientContext } from "../api/client-context.ts";
import { sameForms } from "../api/request.ts";
import type { RequestOptions } from "../config/client-options.ts";
import { filterPages, largestPage } from "../facade/all-pages.ts";
import { onlyOne } from "../facade/only-one.ts";
import { defineOperation, run } from "../facade/operation.ts";
import { checkEmail, emailKey, givenEmailKey } from "./email.ts";
import { loadUsers } from "./list.ts";
import type { User } from "./types.ts";

const FIND_BY_EMAIL = defineOperation("users.findByEmail", "users_list");

export function findUserByEmail(
  context: ClientContext,
  email: string,
  options?: RequestOptions,
): Promise<User | null> {
  return run(context, FIND_BY_EMAIL, options, async (call) => {
    checkEmail(FIND_BY_EMAIL.name, "email", email);
    return findUser(call, email);
  });
}

/**
 * The user with an address, which is checked already. The filter finds substrings, so that all its pages are read:
 * the one that is meant may stand on any, and a second one must not go unseen.
 *
 * @throws {AmbiguousMatchError} where several users have it.
 */
export async function findUser(call: ApiCall, email: string): Promise<User | null> {
  const key = givenEmailKey(email);
  const matches = await filterPages(
    (cursor) => loadUsers(call, sameForms({ email: email.trim(), ...largestPage(cursor) })),
    (user) => emailKey(user.email) === key,
  );
  return onlyUser(matches);
}

/** The one user of a list that names nobody else. */
export const onlyUser = (matches: readonly User[]): User | null =>
  onlyOne(matches, "users have this email address");
