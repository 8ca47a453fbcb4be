import { pipe, rfcEmail, string } from "../core/schema.ts";
import { issue, issuesOf, textIssue } from "../core/validate.ts";
import type { ValidationIssue } from "../error-types.ts";
import { ValidationError } from "../errors.ts";

/** RFC 5321, 4.5.3.1.3 has 256 octets for a path, two of which are its angle brackets. */
const MAX_LENGTH = 254;

/** The spec's `format: email`, as the generated schemas have it. */
const EMAIL = pipe(string(), rfcEmail());

/** What two spellings of one address have in common. */
export const emailKey = (email: string): string => email.trim().toLowerCase();

/** What is wrong with an address, if anything: the spec's `format: email`, and the length of RFC 5321. */
export function emailIssue(path: string, value: unknown): ValidationIssue | undefined {
  const wrong = textIssue(path, value);
  if (wrong || typeof value !== "string") return wrong;
  const email = value.trim();
  if (email.length > MAX_LENGTH) {
    return issue(path, `must have at most ${MAX_LENGTH} characters`, email.length);
  }
  return issuesOf(EMAIL, email, path)[0];
}

/** @throws {ValidationError} where the value is no address. */
export function checkEmail(method: string, path: string, value: unknown): void {
  const wrong = emailIssue(path, value);
  if (wrong) throw new ValidationError(method, [wrong]);
}
