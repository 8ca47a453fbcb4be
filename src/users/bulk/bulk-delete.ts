import type { ClientContext } from "../../api/client-context.ts";
import type { RequestOptions } from "../../config/client-options.ts";
import { NotFoundError } from "../../errors/errors.ts";
import { Batch, progressReporter } from "../../facade/batch.ts";
import { defineOperation, run } from "../../facade/operation.ts";
import { givenEmailKey } from "../email.ts";
import { lookUpUsers } from "../find-by-emails.ts";
import { removeUser } from "../operations.ts";
import type { BulkDeleteUsersParams, BulkUserDeletionResult } from "../types.ts";
import { checkBulkParams } from "./bulk-params.ts";
import { assignUsers, type BulkTarget, deleted, fail, notFound, readTargets } from "./bulk-targets.ts";

const BULK_DELETE = defineOperation("users.bulkDelete", "users_delete", "users_list");
const NO_SUCH_ID = "no user has this ID, or none that this key may read";

export function bulkDeleteUsers(
  context: ClientContext,
  params: BulkDeleteUsersParams,
  options?: RequestOptions,
): Promise<BulkUserDeletionResult[]> {
  const { name } = BULK_DELETE;
  return run(context, BULK_DELETE, options, async (call) => {
    const { userIds = [], emails = [], concurrency, onProgress } = checkBulkParams(name, params);
    const batch = new Batch(name, call, concurrency);
    const targets = await resolveEmails(batch, readTargets(name, userIds, emails));
    const report = progressReporter(
      { total: targets.length, done: 0, deleted: 0, notFound: 0, failed: 0 },
      onProgress,
    );
    return batch.results(targets, (target) => target.result ?? remove(batch, target), report);
  });
}

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

function remove(batch: Batch, target: BulkTarget): BulkUserDeletionResult | Promise<BulkUserDeletionResult> {
  const stopped = batch.stopped();
  return stopped ? fail(target, stopped) : sendDelete(batch, target);
}

async function sendDelete(batch: Batch, target: BulkTarget): Promise<BulkUserDeletionResult> {
  const { userId = "" } = target;
  try {
    // Once sent, a delete is waited for whatever happens: who was removed must be told.
    await removeUser({ ...batch.call, ignoreAbortOnceSent: true }, userId);
    return deleted(target, userId);
  } catch (error) {
    // After an attempt without a response it is not known whether that attempt removed the user.
    return error instanceof NotFoundError && error.outcome !== "unknown"
      ? notFound(target, NO_SUCH_ID)
      : fail(target, batch.failureOf(error));
  }
}
