import { Batch, progressReporter } from "../core/batch.ts";
import type { Core } from "../core/core.ts";
import { method, run } from "../core/method.ts";
import { NotFoundError } from "../errors.ts";
import type { RequestOptions } from "../options.ts";
import { checkBulkParams } from "./bulk-params.ts";
import { assignUsers, type BulkTarget, deleted, fail, notFound, readTargets } from "./bulk-targets.ts";
import { givenEmailKey } from "./email.ts";
import { lookUpUsers } from "./find-by-emails.ts";
import { removeUser } from "./operations.ts";
import type { BulkDeleteUsersParams, BulkUserDeletionResult } from "./types.ts";

const BULK_DELETE = method("users.bulkDelete", "users_delete", "users_list");
const NO_SUCH_ID = "no user has this ID, or none that this key may read";

export function bulkDeleteUsers(
  core: Core,
  params: BulkDeleteUsersParams,
  options?: RequestOptions,
): Promise<BulkUserDeletionResult[]> {
  const { name } = BULK_DELETE;
  return run(core, BULK_DELETE, options, async (scope) => {
    const { userIds = [], emails = [], concurrency, onProgress } = checkBulkParams(name, params);
    const batch = new Batch(core, name, scope, concurrency);
    const targets = await resolveEmails(core, batch, readTargets(name, userIds, emails));
    const report = progressReporter(
      { total: targets.length, done: 0, deleted: 0, notFound: 0, failed: 0 },
      onProgress,
    );
    return batch.results(targets, (target) => target.result ?? remove(core, batch, target), report);
  });
}

/** Looks up every email before the first delete, so that no page shifts while the list is read. */
async function resolveEmails(core: Core, batch: Batch, targets: BulkTarget[]): Promise<BulkTarget[]> {
  const byKey = new Map<string, BulkTarget>();
  for (const target of targets) {
    if (target.email !== undefined && !target.result) byKey.set(givenEmailKey(target.email), target);
  }
  if (byKey.size === 0) return targets;
  try {
    const users = await lookUpUsers(core, batch.scope, [...byKey.keys()], (error, key) => {
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

function remove(
  core: Core,
  batch: Batch,
  target: BulkTarget,
): BulkUserDeletionResult | Promise<BulkUserDeletionResult> {
  const stopped = batch.stopped();
  return stopped ? fail(target, stopped) : sendDelete(core, batch, target);
}

async function sendDelete(core: Core, batch: Batch, target: BulkTarget): Promise<BulkUserDeletionResult> {
  const { userId = "" } = target;
  try {
    // Once sent, a delete is waited for whatever happens: who was removed must be told.
    await removeUser(core, { ...batch.scope, finishSent: true }, userId);
    return deleted(target, userId);
  } catch (error) {
    // After an attempt without a response it is not known whether that attempt removed the user.
    return error instanceof NotFoundError && error.outcome !== "unknown"
      ? notFound(target, NO_SUCH_ID)
      : fail(target, batch.failureOf(error));
  }
}
