import { show } from "../util/show.ts";

/**
 * A rule that an argument or an option breaks.
 *
 * @example
 * import { ValidationError, type ValidationIssue } from "ax-users";
 *
 * const log = ({ path, message }: ValidationIssue) => console.log(path, message);
 * await client.users.delete({ userId: "" }).catch((error) => {
 *   if (!(error instanceof ValidationError)) throw error;
 *   error.issues.forEach(log);
 * });
 */
export interface ValidationIssue {
  /** The argument, by its public name: `userId`, `role.name`, `emails[3]`. Empty if the issue is not about a single argument. */
  path: string;
  /** The rule and the value received. */
  message: string;
}

/** Makes an issue in the common form of messages: the rule, then the value received. */
export const issue = (path: string, rule: string, received: unknown): ValidationIssue => ({
  path,
  message: `${rule}, received ${show(received)}`,
});

/** Checks a text that goes into a URL. encodeURIComponent throws on a lone surrogate. */
export function textIssue(path: string, value: unknown): ValidationIssue | undefined {
  if (typeof value !== "string") return issue(path, "must be a string", value);
  return value.isWellFormed() ? undefined : issue(path, "must be well-formed Unicode", value);
}

/** Checks an ID. `.` and `..` would change the path of the URL (RFC 3986, 5.2.4). */
export function idIssue(path: string, value: unknown): ValidationIssue | undefined {
  const wrong = textIssue(path, value);
  if (wrong || typeof value !== "string") return wrong;
  const id = value.trim();
  if (id === "") return issue(path, "must not be empty", value);
  return id === "." || id === ".." ? issue(path, "must be an ID", value) : undefined;
}
