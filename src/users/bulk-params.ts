import { batchIssues } from "../core/batch.ts";
import { issue, readParams } from "../core/validate.ts";
import type { ValidationIssue } from "../error-types.ts";
import { ValidationError } from "../errors.ts";
import type { BulkDeleteUsersParams } from "./types.ts";

/** @throws {ValidationError} with everything that keeps the whole call from being made; a malformed target does not. */
export function checkBulkParams(method: string, given: BulkDeleteUsersParams): BulkDeleteUsersParams {
  const params = readParams(method, given, ["userIds", "emails", "concurrency", "onProgress"]);
  const { userIds, emails } = params;
  const issues = [...listIssues("userIds", userIds), ...listIssues("emails", emails)];
  if (issues.length === 0 && !userIds?.length && !emails?.length) {
    issues.push({ path: "", message: "userIds or emails must name at least one target" });
  }
  issues.push(...batchIssues(params));
  if (issues.length > 0) throw new ValidationError(method, issues);
  return params;
}

function listIssues(path: string, value: unknown): ValidationIssue[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) return [issue(path, "must be an array of strings", value)];
  // Array.from, since flatMap passes over holes.
  return Array.from(value).flatMap((item: unknown, index) =>
    typeof item === "string" ? [] : issue(`${path}[${index}]`, "must be a string", item),
  );
}
