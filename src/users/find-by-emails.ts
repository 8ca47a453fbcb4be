import type { ApiCall } from "../api/client-context.ts";
import { sameForms } from "../api/request.ts";
import { assertValid } from "../api/request-issues.ts";
import { issue } from "../errors/issue.ts";
import { largestPage } from "../facade/all-pages.ts";
import { defineMethod } from "../facade/operation.ts";
import { walkPages } from "../facade/pages.ts";
import { AdaptiveLimiter, MOST_IN_FLIGHT } from "../throttle/adaptive-limiter.ts";
import { withOwnAbort } from "../transport/call-context.ts";
import { forEachLimited } from "../util/for-each-limited.ts";
import { emailIssue, emailKey, givenEmailKey } from "./email.ts";
import { findUser, onlyUser } from "./find-by-email.ts";
import { loadUsers } from "./list.ts";
import type { User } from "./types.ts";

const FIND_BY_EMAILS = ["users.findByEmails", "users_list"] as const;

/** Up to here each address is looked up by itself. */
const FEW = 2;

export const findUsersByEmails = defineMethod<readonly string[], Map<string, User>>(
  FIND_BY_EMAILS,
  async (call, emails) => {
    if (!Array.isArray(emails)) assertValid(call.method, [issue("emails", "must be an array", emails)]);
    const given = [...emails];
    assertValid(
      call.method,
      given.map((email, index) => emailIssue(`emails[${index}]`, email)),
    );
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
 * The users of many addresses, by `givenEmailKey`; one without a user is not in the map.
 *
 * There are two ways, and the cheaper one depends on the size P (in pages of 100) of the account, which
 * nobody knows: k filtered look-ups, one for each address, or P pages of the whole list. So up to k pages are
 * read. Where the list ends by then, that was P ≤ k requests, the cheaper way, and only addresses that it did
 * not show are asked for once more, since a user may have been added meanwhile. Where it does not, k is the
 * cheaper way, and the k look-ups that follow make it 2k: never more than twice the cheaper way, whichever it
 * was. They include the addresses that the pages did show, whose second user might stand on a later page.
 *
 * `onFailure` gets what went wrong with an address, or with the list; what it throws ends it all.
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
  // They end with the first failure: nobody waits for the rest.
  const { call: own, end } = withOwnAbort(call);
  const work = (key: string) => settle(key, () => findUser(own, key));
  await forEachLimited(open, MOST_IN_FLIGHT, work).finally(end);
  return users;
}

/**
 * Those of the addresses that the whole list shows, each with all its users; none where the list has more pages
 * than there are addresses, or cannot be read to its end.
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

/** In place: a page may have any number of users of one address, and copies of them add up. */
function addTo(found: Map<string, User[]>, key: string, user: User): void {
  const matches = found.get(key);
  if (matches) matches.push(user);
  else found.set(key, [user]);
}
