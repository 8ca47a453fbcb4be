import { vCreateUserRequest, vUsersListQuery } from "../../generated/valibot.gen.ts";
import { characters } from "../api/code-points.ts";
import { requestIssues } from "../api/request-issues.ts";
import { issue, textIssue } from "../errors/issue.ts";
import type { ValidationIssue } from "../errors/types.ts";
import { asciiLower } from "../util/ascii.ts";

/** RFC 5321, 4.5.3.1.3 has 256 octets for a path, two of which are its angle brackets. */
const MAX_LENGTH = 254;

/**
 * What two spellings of one address have in common: case is ignored for ASCII letters, and nothing else is, least of all in
 * an address that a server gives.
 */
export const emailKey = (email: string): string => asciiLower(email);

/** The same for an address that a caller gave, without surrounding whitespace. */
export const givenEmailKey = (email: string): string => emailKey(email.trim());

/** What is wrong with the address of a new user, if anything: the spec's `format: email`, and the length of RFC 5321. */
export function newEmailIssue(path: string, value: unknown): ValidationIssue | undefined {
  const wrong = textIssue(path, value);
  if (wrong) return wrong;
  const email = String(value).trim();
  if (email.length > MAX_LENGTH) {
    return { path, message: `must have at most ${MAX_LENGTH} characters, received ${characters(email)}` };
  }
  return requestIssues(vCreateUserRequest.entries.email, email, path)[0];
}

/**
 * Whether a text is an email address that {@link Users.create} takes. Surrounding whitespace does not count.
 *
 * @example
 * import { isEmailAddress } from "ax-users";
 *
 * console.log(isEmailAddress("ada@example.com"), isEmailAddress("Ada <ada@example.com>")); // true false
 */
export const isEmailAddress = (text: string): boolean => newEmailIssue("text", text) === undefined;

/** Of an address with a quoted local part (RFC 5321, 4.1.2), the quoted text; it may have whitespace. */
const QUOTED = /^"(?:[^"\\]|\\.)*"(?=@)/s;

/** With an `@` in it, and neither whitespace nor angle brackets: those are of `Ada <ada@example.com>`, which is no address. */
const LOOKS_LIKE_ADDRESS = /^[^\s<>]+@[^\s<>]+$/;

/**
 * What is wrong with an address to look up, if anything. A server may hold addresses that it would not take today (an umlaut,
 * a quoted local part), so that little more than an `@` is required, and a length that the filter takes.
 */
export function emailIssue(path: string, value: unknown): ValidationIssue | undefined {
  const wrong = textIssue(path, value);
  if (wrong) return wrong;
  const email = String(value).trim();
  if (LOOKS_LIKE_ADDRESS.test(email.replace(QUOTED, "quoted"))) {
    return requestIssues(vUsersListQuery.entries.email, email, path)[0];
  }
  return issue(path, "must be an email address", value);
}
