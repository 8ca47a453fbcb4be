import { ValidationError } from "../../errors/errors.ts";
import { issue } from "../../errors/issue.ts";
import type { ValidationIssue } from "../../errors/types.ts";
import { batchIssues } from "../../facade/batch.ts";
import { readParams } from "../../facade/params.ts";
import type { BulkDeleteUsersParams } from "../types.ts";

/** @throws {ValidationError} with everything that keeps the whole call from being made; a malformed target does not. */
export function checkBulkParams(method: string, given: BulkDeleteUsersParams): BulkDeleteUsersParams {
  const params = readParams(method, given, ["userIds", "emails", "concurrency", "onProgress"]);
  const { userIds, emails } = params;
  const issues = [...listIssues("userIds", userIds), ...listIssues("emails", emails)];
  if (userIds === undefined && emails === undefined) {
    issues.push({ path: "", message: "userIds or emails is required" });
  }
  issues.push(...batchIssues(params));
  if (issues.length > 0) throw new ValidationError(method, issues);
  return params;
}

const listIssues = (path: string, value: unknown): ValidationIssue[] =>
  value === undefined || Array.isArray(value) ? [] : [issue(path, "must be an array of strings", value)];
