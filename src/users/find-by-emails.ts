import type { ApiCall, ClientContext } from "../api/client-context.ts";
import { sameForms } from "../api/request.ts";
import type { RequestOptions } from "../config/client-options.ts";
import { ValidationError } from "../errors/errors.ts";
import { issue } from "../errors/issue.ts";
import { largestPage } from "../facade/all-pages.ts";
import { defineOperation, run } from "../facade/operation.ts";
import { walkPages } from "../facade/pages.ts";
import { AdaptiveLimiter, MOST_IN_FLIGHT } from "../throttle/adaptive-limiter.ts";
import { withOwnAbort } from "../transport/call-context.ts";
import { forEachLimited } from "../util/for-each-limited.ts";
import { emailIssue, emailKey, givenEmailKey } from "./email.ts";
import { findUser, onlyUser } from "./find-by-email.ts";
import { loadUsers } from "./list.ts";
import type { User } from "./types.ts";

const FIND_BY_EMAILS = defineOperation("users.findByEmails", "users_list");

/** Up to here each address is looked up by itself. */
const FEW = 2;

export function findUsersByEmails(
  context: ClientContext,
  emails: readonly string[],
  options?: RequestOptions,
): Promise<Map<string, User>> {
  return run(context, FIND_BY_EMAILS, options, async (call) => {
    if (!Array.isArray(emails)) {
      throw new ValidationError(FIND_BY_EMAILS.name, [issue("emails", "must be an array", emails)]);
    }
    const given: readonly string[] = [...emails];
    const issues = given.flatMap((email, index) => emailIssue(`emails[${index}]`, email) ?? []);
    if (issues.length > 0) throw new ValidationError(FIND_BY_EMAILS.name, issues);
    const paced = {
      ...call,
      limiter: new AdaptiveLimiter(context.clock, undefined, call.maxRetries),
    };
    const users = await lookUpUsers(paced, given, (error) => {
      throw error;
    });
    const entries = given.map((email) => [email, users.get(givenEmailKey(email))] as const);
    return new Map(entries.filter((entry): entry is [string, User] => entry[1] !== undefined));
  });
}

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
 * `onFailure` is told what went wrong with an address, or with the list; what it throws ends it all.
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
  await withAbort(call, (own) =>
    forEachLimited(open, MOST_IN_FLIGHT, (key) => settle(key, () => findUser(own, key))),
  );
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
  const load = (cursor?: string) => loadUsers(call, sameForms(largestPage(cursor)));
  let read = 0;
  try {
    for await (const page of walkPages(load)) {
      for (const user of page.data) {
        const key = emailKey(user.email);
        if (keys.has(key)) addTo(found, key, user);
      }
      read += 1;
      if (!page.pagination.hasMore) return found;
      if (read === keys.size) break;
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

/** Runs look-ups in a scope of their own, which ends with the first failure: the rest have nobody to tell. */
async function withAbort(call: ApiCall, body: (call: ApiCall) => Promise<void>): Promise<void> {
  const { call: own, end } = withOwnAbort(call);
  try {
    await body(own);
  } finally {
    end();
  }
}
