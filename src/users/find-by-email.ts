import type { ApiCall } from "../api/client-context.ts";
import { sameForms } from "../api/request.ts";
import { assertValid } from "../api/request-issues.ts";
import { filterPages, largestPage, onlyOne } from "../facade/all-pages.ts";
import { defineMethod } from "../facade/operation.ts";
import { emailIssue, emailKey } from "./email.ts";
import { loadUsers } from "./list.ts";
import type { User } from "./types.ts";

const FIND_BY_EMAIL = ["users.findByEmail", "users_list"] as const;

/**
 * The user with an address, which is checked already. The filter finds substrings, so that all its pages are read:
 * the one that is meant may stand on any, and a second one must not go unseen.
 *
 * @throws {AmbiguousMatchError} where several users have it.
 */
export async function findUser(call: ApiCall, given: string): Promise<User | null> {
  const email = given.trim();
  const matches = await filterPages(
    (cursor) => loadUsers(call, sameForms({ email, ...largestPage(cursor) })),
    (user) => emailKey(user.email) === emailKey(email),
  );
  return onlyUser(matches);
}

/** The one user of a list that names nobody else. */
export const onlyUser = (matches: readonly User[]): User | null =>
  onlyOne(matches, "users have this email address");

export const findUserByEmail = defineMethod<string, User | null>(FIND_BY_EMAIL, async (call, email) => {
  assertValid(call.method, [emailIssue("email", email)]);
  return findUser(call, email);
});
