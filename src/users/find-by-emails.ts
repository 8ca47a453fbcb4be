import type { Core } from "../core/core.ts";
import { forEachLimited } from "../core/for-each.ts";
import { method, run } from "../core/method.ts";
import { walkPages } from "../core/pages.ts";
import type { Scope } from "../core/scope.ts";
import { issue } from "../core/validate.ts";
import { ValidationError } from "../errors.ts";
import type { RequestOptions } from "../options.ts";
import { emailIssue, emailKey } from "./email.ts";
import { findUser, LARGEST_PAGE, onlyUser } from "./find-by-email.ts";
import { loadUsers } from "./list.ts";
import type { User } from "./types.ts";

const FIND_BY_EMAILS = method("users.findByEmails", "users_list");

/** Most look-ups at once. */
export const LOOK_UPS_IN_FLIGHT = 8;

/** Up to here each address is looked up by itself. */
const FEW = 2;

export function findUsersByEmails(
  core: Core,
  emails: readonly string[],
  options?: RequestOptions,
): Promise<Map<string, User>> {
  return run(core, FIND_BY_EMAILS, options, async (scope) => {
    if (!Array.isArray(emails)) {
      throw new ValidationError(FIND_BY_EMAILS.name, [issue("emails", "must be an array", emails)]);
    }
    const given: readonly string[] = [...emails];
    const issues = given.flatMap((email, index) => emailIssue(`emails[${index}]`, email) ?? []);
    if (issues.length > 0) throw new ValidationError(FIND_BY_EMAILS.name, issues);
    const users = await lookUpUsers(core, scope, given, LOOK_UPS_IN_FLIGHT, (error) => {
      throw error;
    });
    const entries = given.map((email) => [email, users.get(emailKey(email))] as const);
    return new Map(entries.filter((entry): entry is [string, User] => entry[1] !== undefined));
  });
}

/**
 * The users of many addresses, by `emailKey`; one without a user is not in the map.
 *
 * There are two ways, and the cheaper one depends on the size P (in pages of 100) of the account, which
 * nobody knows: k filtered look-ups, one for each address, or P pages of the whole list. So up to k pages are
 * read. Where the list ends by then, that was P ≤ k requests, the cheaper way, and only addresses that it did
 * not show are asked for once more, since a user may have been added meanwhile. Where it does not, k is the
 * cheaper way, and the at most k look-ups that follow make it 2k at the most: never more than twice the
 * cheaper way, whichever it was.
 *
 * `onFailure` is told what went wrong with an address, or with the list; what it throws ends it all.
 */
export async function lookUpUsers(
  core: Core,
  scope: Scope,
  emails: readonly string[],
  concurrency: number,
  onFailure: (error: unknown, key?: string) => void,
): Promise<Map<string, User>> {
  const keys = [...new Set(emails.map(emailKey))];
  const users = new Map<string, User>();
  const open = new Set(keys);
  const settle = (key: string, matches: readonly User[]) => {
    try {
      const user = onlyUser(matches);
      if (user) users.set(key, user);
    } catch (error) {
      onFailure(error, key);
    }
    open.delete(key);
  };
  if (keys.length > FEW) {
    for (const [key, matches] of await readList(core, scope, open, onFailure)) settle(key, matches);
  }
  await withAbort(scope, (own) =>
    forEachLimited([...open], concurrency, async (key) => {
      try {
        const user = await findUser(core, own, key);
        if (user) users.set(key, user);
      } catch (error) {
        onFailure(error, key);
      }
    }),
  );
  return users;
}

/** Those of the addresses that are on the first pages of the whole list, as many pages as there are addresses. */
async function readList(
  core: Core,
  scope: Scope,
  keys: ReadonlySet<string>,
  onFailure: (error: unknown) => void,
): Promise<Map<string, User[]>> {
  const found = new Map<string, User[]>();
  const load = (cursor?: string) =>
    loadUsers(core, scope, { limit: LARGEST_PAGE, ...(cursor && { cursor }) });
  let read = 0;
  try {
    for await (const page of walkPages(load)) {
      for (const user of page.data) {
        const key = emailKey(user.email);
        if (keys.has(key)) found.set(key, [...(found.get(key) ?? []), user]);
      }
      read += 1;
      if (read === keys.size) break;
    }
  } catch (error) {
    onFailure(error);
  }
  return found;
}

/** Runs look-ups in a scope of their own, which ends with the first failure: the rest have nobody to tell. */
async function withAbort(scope: Scope, body: (scope: Scope) => Promise<void>): Promise<void> {
  const controller = new AbortController();
  const signals = scope.signal ? [scope.signal, controller.signal] : [controller.signal];
  try {
    await body({ ...scope, signal: AbortSignal.any(signals) });
  } finally {
    controller.abort();
  }
}
