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
 * Returns the user with an address, which is checked already. The filter matches substrings, so the user may be on any page, and
 * a second user with the same address must not be missed: all pages are read.
 *
 * @throws {AmbiguousMatchError} if several users have it.
 */
export async function findUser(call: ApiCall, given: string): Promise<User | null> {
  const email = given.trim();
  const matches = await filterPages(
    (cursor) => loadUsers(call, sameForms({ email, ...largestPage(cursor) })),
    (user) => emailKey(user.email) === emailKey(email),
  );
  return onlyUser(matches);
}

/** Returns the only user of a list, or null if it is empty. */
export const onlyUser = (matches: readonly User[]): User | null =>
  onlyOne(matches, "users have this email address");

export const findUserByEmail = defineMethod<string, User | null>(FIND_BY_EMAIL, async (call, email) => {
  assertValid(call.method, [emailIssue("email", email)]);
  return findUser(call, email);
});
