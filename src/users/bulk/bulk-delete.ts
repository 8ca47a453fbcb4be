import type { ApiCall } from "../../api/client-context.ts";
import { assertValid } from "../../api/request-issues.ts";
import { NotFoundError } from "../../errors/errors.ts";
import { issue } from "../../errors/issue.ts";
import type { ValidationIssue } from "../../errors/types.ts";
import { Batch, bulkIssues, progressReporter } from "../../facade/batch.ts";
import { defineMethod } from "../../facade/operation.ts";
import { readParams } from "../../facade/params.ts";
import { givenEmailKey } from "../email.ts";
import { lookUpUsers } from "../find-by-emails.ts";
import { removeUser } from "../operations.ts";
import type { BulkDeleteUsersParams, BulkUserDeletionResult } from "../types.ts";
import {
  assignUsers,
  type BulkTarget,
  fail,
  notFound,
  succeed,
  targetsByEmail,
  targetsById,
} from "./bulk-targets.ts";

export const bulkDeleteUsers = defineMethod(
  "users.bulkDelete",
  ["users_delete", "users_list"],
  async (call, params: BulkDeleteUsersParams): Promise<BulkUserDeletionResult[]> => {
    const given = readParams(call, params, ["userIds", "emails", "concurrency", "onProgress"]);
    const { userIds, emails, concurrency, onProgress } = given;
    const isEmpty = userIds === undefined && emails === undefined;
    assertValid(call.method, [
      listIssue("userIds", userIds),
      listIssue("emails", emails),
      isEmpty ? { path: "", message: "userIds or emails is required" } : undefined,
      ...bulkIssues(given),
    ]);
    const batch = new Batch(call, concurrency);
    const targets = await resolveEmails(batch, [
      ...targetsById(call.method, userIds ?? []),
      ...targetsByEmail(call.method, emails ?? []),
    ]);
    const progress = { total: targets.length, done: 0, deleted: 0, notFound: 0, failed: 0 };
    return batch.results<BulkTarget, BulkUserDeletionResult>(targets, {
      prepare: (target) => target.result ?? ((call) => sendDelete(call, target)),
      fail,
      report: progressReporter(progress, onProgress),
    });
  },
);

const listIssue = (path: string, value: unknown): ValidationIssue | undefined =>
  value === undefined || Array.isArray(value) ? undefined : issue(path, "must be an array of strings", value);

/** Looks up every email before the first delete, so that no page shifts while the list is read. */
async function resolveEmails(batch: Batch, targets: BulkTarget[]): Promise<BulkTarget[]> {
  const byKey = new Map<string, BulkTarget>();
  for (const target of targets) {
    if (target.email !== undefined && !target.result) byKey.set(givenEmailKey(target.email), target);
  }
  if (byKey.size === 0) return targets;
  try {
    const users = await lookUpUsers(batch.call, [...byKey.keys()], (error, key) => {
      if (batch.stopped(error)) throw error;
      const target = key === undefined ? undefined : byKey.get(key);
      if (target) target.result = fail(target, batch.failureOf(error));
    });
    return assignUsers(targets, users);
  } catch (error) {
    if (!batch.stopped()) throw error;
    return targets;
  }
}

async function sendDelete(call: ApiCall, target: BulkTarget): Promise<BulkUserDeletionResult> {
  const { userId = "" } = target;
  try {
    await removeUser(call, userId);
    return succeed(target, userId);
  } catch (error) {
    // After an attempt without a response it is not known whether that attempt removed the user.
    if (!(error instanceof NotFoundError) || error.outcome === "unknown") throw error;
    return notFound(target, "ID");
  }
}
