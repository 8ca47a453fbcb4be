/** Lookups by email address. `users.ts` documents the methods. */
import type { ApiCall } from "../api/client-context.ts";
import { sameForms } from "../api/request.ts";
import { assertValid } from "../api/request-issues.ts";
import { issue } from "../errors/issue.ts";
import { filterPages, largestPage, onlyOne } from "../facade/all-pages.ts";
import { defineMethod } from "../facade/operation.ts";
import { walkPages } from "../facade/pages.ts";
import { AdaptiveLimiter, MOST_IN_FLIGHT } from "../throttle/adaptive-limiter.ts";
import { withOwnAbort } from "../transport/call-context.ts";
import { forEachLimited } from "../util/for-each-limited.ts";
import { emailIssue, emailKey, givenEmailKey } from "./email.ts";
import { loadUsers } from "./list.ts";
import type { User } from "./types.ts";

const FIND_BY_EMAIL = ["users.findByEmail", "users_list"] as const;
const FIND_BY_EMAILS = ["users.findByEmails", "users_list"] as const;

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
const onlyUser = (matches: readonly User[]): User | null => onlyOne(matches, "users have this email address");

export const findUserByEmail = defineMethod<string, User | null>(FIND_BY_EMAIL, async (call, email) => {
  assertValid(call.method, [emailIssue("email", email)]);
  return findUser(call, email);
});

/** Up to this many addresses are looked up one by one. */
const FEW = 2;

export const findUsersByEmails = defineMethod<readonly string[], Map<string, User>>(
  FIND_BY_EMAILS,
  async (call, emails) => {
    if (!Array.isArray(emails)) assertValid(call.method, [issue("emails", "must be an array", emails)]);
    const given = [...emails];
    const issues = given.map((email, index) => emailIssue(`emails[${index}]`, email));
    assertValid(call.method, issues);
    const limiter = new AdaptiveLimiter(call.client.clock, undefined, call.maxRetries);
    const users = await lookUpUsers({ ...call, limiter }, given, (error) => {
      throw error;
    });
    return new Map(
      given.flatMap((email) => {
        const user = users.get(givenEmailKey(email));
        return user ? [[email, user]] : [];
      }),
    );
  },
);

/**
 * Returns the users with these addresses, by `givenEmailKey`. An address without a user is not in the map.
 *
 * There are two ways: one filtered lookup for each of the k addresses, or reading all P pages (of 100 users) of the list. Which
 * one is cheaper depends on P, which is not known. So up to k pages are read first:
 *
 * - If the list ends within them, P ≤ k: this was the cheaper way. Only addresses that the list did not show are looked up once
 *   more, since a user may have been added meanwhile.
 * - Otherwise k lookups are the cheaper way. All k addresses are looked up, also those that the pages did show, since a second
 *   user with the same address may be on a later page. That makes 2k requests: twice the cheaper way at most.
 *
 * `onFailure` is called with the error of an address, or of the list. If it throws, the whole call fails.
 */
export async function lookUpUsers(
  call: ApiCall,
  emails: readonly string[],
  onFailure: (error: unknown, key?: string) => void,
): Promise<Map<string, User>> {
  const keys = new Set(emails.map(givenEmailKey));
  const users = new Map<string, User>();
  const settle = async (key: string, find: () => User | null | Promise<User | null>) => {
    try {
      const user = await find();
      if (user) users.set(key, user);
    } catch (error) {
      onFailure(error, key);
    }
  };
  const listed = keys.size > FEW ? await readList(call, keys, onFailure) : new Map<string, User[]>();
  for (const [key, matches] of listed) await settle(key, () => onlyUser(matches));
  const open = [...keys].filter((key) => !listed.has(key));
  // If one fails, the others are aborted.
  const { call: own, end } = withOwnAbort(call);
  const work = (key: string) => settle(key, () => findUser(own, key));
  await forEachLimited(open, MOST_IN_FLIGHT, work).finally(end);
  return users;
}

/**
 * Reads the whole list, and returns the given addresses that it shows, each with all its users. Returns an empty map if the list
 * has more pages than there are addresses, or if reading it fails.
 */
async function readList(
  call: ApiCall,
  keys: ReadonlySet<string>,
  onFailure: (error: unknown) => void,
): Promise<Map<string, User[]>> {
  const found = new Map<string, User[]>();
  let pages = 0;
  try {
    for await (const page of walkPages((cursor) => loadUsers(call, sameForms(largestPage(cursor))))) {
      for (const user of page.data) {
        const key = emailKey(user.email);
        if (keys.has(key)) addTo(found, key, user);
      }
      pages += 1;
      if (!page.pagination.hasMore) return found;
      if (pages === keys.size) break;
    }
  } catch (error) {
    onFailure(error);
  }
  return new Map();
}

/** Appends in place: copying the array for each of many users with one address would be quadratic. */
function addTo(found: Map<string, User[]>, key: string, user: User): void {
  const matches = found.get(key);
  if (matches) matches.push(user);
  else found.set(key, [user]);
}
