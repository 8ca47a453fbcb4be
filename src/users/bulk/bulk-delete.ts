import type { ApiCall } from "../../api/client-context.ts";
import { NotFoundError } from "../../errors/errors.ts";
import { issue } from "../../errors/issue.ts";
import type { ValidationIssue } from "../../errors/types.ts";
import { Batch, readBulkParams, reporterOf } from "../../facade/batch.ts";
import { defineMethod } from "../../facade/operation.ts";
import { givenEmailKey } from "../email.ts";
import { lookUpUsers } from "../find-by-emails.ts";
import { removeUser } from "../operations.ts";
import type { BulkDeleteUsersParams, BulkUserDeletionResult } from "../types.ts";
import {
  assignUsers,
  type BulkTarget,
  fail,
  namesOf,
  notFound,
  targetsByEmail,
  targetsById,
} from "./bulk-targets.ts";

const BULK_DELETE = ["users.bulkDelete", "users_delete", "users_list"] as const;

export const bulkDeleteUsers = defineMethod<BulkDeleteUsersParams, BulkUserDeletionResult[]>(
  BULK_DELETE,
  async (call, params) => {
    const given = readBulkParams(call, params, ["userIds", "emails"], targetIssues);
    const { userIds = [], emails = [] } = given;
    const batch = new Batch(call, given.concurrency);
    const targets = await resolveEmails(batch, [
      ...targetsById(call.method, userIds),
      ...targetsByEmail(call.method, emails),
    ]);
    const progress = { total: targets.length, done: 0, deleted: 0, notFound: 0, failed: 0 };
    return batch.results<BulkTarget, BulkUserDeletionResult>(targets, {
      prepare: (target) => target.result ?? ((call) => sendDelete(call, target)),
      fail,
      report: reporterOf(progress, given),
    });
  },
);

const targetIssues = ({ userIds, emails }: BulkDeleteUsersParams): (ValidationIssue | undefined)[] => {
  const isMissing = userIds === undefined && emails === undefined;
  return [
    ...Object.entries({ userIds, emails }).map(([name, list]) =>
      list === undefined || Array.isArray(list)
        ? undefined
        : issue(name, "must be an array of strings", list),
    ),
    isMissing ? { path: "", message: "userIds or emails is required" } : undefined,
  ];
};

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
    return { ...namesOf(target), userId, status: "deleted" };
  } catch (error) {
    // After an attempt without a response it is not known whether that attempt removed the user.
    if (!(error instanceof NotFoundError) || error.outcome === "unknown") throw error;
    return notFound(target, "ID");
  }
}
