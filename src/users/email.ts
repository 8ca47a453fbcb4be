import { vCreateUserRequest, vUsersListQuery } from "../../generated/valibot.gen.ts";
import { characters } from "../api/code-points.ts";
import { requestIssues } from "../api/request-issues.ts";
import { issue, textIssue, type ValidationIssue } from "../errors/issue.ts";
import { asciiLower } from "../util/ascii.ts";

/** RFC 5321, 4.5.3.1.3 allows 256 octets for a path; two of them are the angle brackets. */
const MAX_LENGTH = 254;

/**
 * The form in which addresses are compared. Only the case of ASCII letters is ignored. An address of a response is not trimmed.
 */
export const emailKey = (email: string): string => asciiLower(email);

/** The same for an address from the caller, which is trimmed. */
export const givenEmailKey = (email: string): string => emailKey(email.trim());

/** Checks the address of a new user against the spec's `format: email` and the maximum length of RFC 5321. */
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
 * Returns whether a text is an email address that {@link Users.create} sends. Ignores surrounding whitespace. A server may have
 * stricter rules: this only finds text that is no address.
 *
 * @example
 * import { isEmailAddress } from "ax-users";
 *
 * console.log(isEmailAddress("ada@example.com"), isEmailAddress("Ada <ada@example.com>")); // true false
 */
export const isEmailAddress = (text: string): boolean => newEmailIssue("text", text) === undefined;

/** A quoted local part (RFC 5321, 4.1.2), which may contain whitespace. */
const QUOTED = /^"(?:[^"\\]|\\.)*"(?=@)/s;

/** Text around an `@`, without whitespace or angle brackets, which `Ada <ada@example.com>` has. */
const LOOKS_LIKE_ADDRESS = /^[^\s<>]+@[^\s<>]+$/;

/**
 * Checks an address to look up. A server may hold addresses that it would not accept today (an umlaut, a quoted local part), so
 * this requires little more than an `@` and a length that the filter accepts.
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
