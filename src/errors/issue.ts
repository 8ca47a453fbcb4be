import { show } from "../util/show.ts";
import type { ValidationIssue } from "./types.ts";

/** An issue in the form that all messages have: the rule, then what was received. */
export const issue = (path: string, rule: string, received: unknown): ValidationIssue => ({
  path,
  message: `${rule}, received ${show(received)}`,
});

/** What is wrong with a text that goes into a URL, if anything: encodeURIComponent throws on a lone surrogate. */
export function textIssue(path: string, value: unknown): ValidationIssue | undefined {
  if (typeof value !== "string") return issue(path, "must be a string", value);
  return value.isWellFormed() ? undefined : issue(path, "must be well-formed Unicode", value);
}

/** What is wrong with an ID, if anything. `.` and `..` would make another path of the URL (RFC 3986, 5.2.4). */
export function idIssue(path: string, value: unknown): ValidationIssue | undefined {
  const wrong = textIssue(path, value);
  if (wrong || typeof value !== "string") return wrong;
  const id = value.trim();
  if (id === "") return issue(path, "must not be empty", value);
  return id === "." || id === ".." ? issue(path, "must be an ID", value) : undefined;
}
