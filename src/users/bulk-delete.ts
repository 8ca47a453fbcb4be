import type { Core } from "../core/core.ts";
import { forEachLimited } from "../core/for-each.ts";
import { method, run } from "../core/method.ts";
import { quietly } from "../core/quietly.ts";
import { endable, type Scope, timeLeft } from "../core/scope.ts";
import { ArizeError, AuthenticationError, NotFoundError, TimeoutError } from "../errors.ts";
import type { RequestOptions } from "../options.ts";
import { checkBulkParams } from "./bulk-params.ts";
import { assignUsers, type BulkTarget, deleted, fail, notFound, readTargets } from "./bulk-targets.ts";
import { emailKey } from "./email.ts";
import { lookUpUsers } from "./find-by-emails.ts";
import { removeUser } from "./operations.ts";
import type { BulkDeleteUsersParams, BulkUserDeletionResult } from "./types.ts";

const BULK_DELETE = method("users.bulkDelete", "users_delete", "users_list");
const DEFAULT_CONCURRENCY = 8;
const NO_SUCH_ID = "no user has this ID, or none that this key may read";

/** One bulk delete under way. */
interface Batch {
  readonly core: Core;
  /** Its signal ends with the caller's, and with the batch. */
  readonly scope: Scope;
  readonly end: () => void;
  readonly concurrency: number;
  /** Why no further request is made; unset as long as there is no reason. */
  stopped?: { cause: unknown; why: string };
}

export function bulkDeleteUsers(
  core: Core,
  params: BulkDeleteUsersParams,
  options?: RequestOptions,
): Promise<BulkUserDeletionResult[]> {
  return run(core, BULK_DELETE, options, async (scope) => {
    const {
      userIds = [],
      emails = [],
      concurrency = DEFAULT_CONCURRENCY,
      onProgress,
    } = checkBulkParams(BULK_DELETE.name, params);
    const batch: Batch = { core, concurrency, ...endable(scope) };
    const targets = await resolveEmails(batch, readTargets(BULK_DELETE.name, userIds, emails));
    const report = progressReporter(targets.length, onProgress);
    await forEachLimited(targets, concurrency, async (target) => {
      target.result ??= await remove(batch, target);
      report(target.result);
    });
    batch.end();
    return targets.flatMap(({ result }) => result ?? []);
  });
}

/** Looks up every email before the first delete, so that no page shifts while the list is read. */
async function resolveEmails(batch: Batch, targets: BulkTarget[]): Promise<BulkTarget[]> {
  const byKey = new Map<string, BulkTarget>();
  for (const target of targets) {
    if (target.email !== undefined && !target.result) byKey.set(emailKey(target.email), target);
  }
  try {
    const { core, scope, concurrency } = batch;
    const users = await lookUpUsers(core, scope, [...byKey.keys()], concurrency, (error, key) => {
      if (mustStop(batch, error)) throw error;
      const target = key === undefined ? undefined : byKey.get(key);
      if (target) target.result = fail(target, error);
    });
    return assignUsers(targets, users);
  } catch (error) {
    if (!batch.stopped) throw error;
    return targets;
  }
}

async function remove(batch: Batch, target: BulkTarget): Promise<BulkUserDeletionResult> {
  if (mustStop(batch) || target.userId === undefined) return notAttempted(batch, target);
  try {
    // Once sent, a delete is waited for whatever happens: who was removed must be told.
    await removeUser(batch.core, { ...batch.scope, finishSent: true }, target.userId);
    return deleted(target, target.userId);
  } catch (error) {
    if (error instanceof NotFoundError) return notFound(target, NO_SUCH_ID);
    return mustStop(batch, error) && !wasSent(batch, error)
      ? notAttempted(batch, target)
      : fail(target, error);
  }
}

/** With finishSent, the signal's reason comes only where nothing was sent. */
const wasSent = ({ scope }: Batch, error: unknown): boolean =>
  error !== scope.signal?.reason &&
  !(error instanceof ArizeError && "attempts" in error && error.attempts === 0);

const notAttempted = ({ stopped }: Batch, target: BulkTarget): BulkUserDeletionResult =>
  fail(target, stopped?.cause, `not attempted: ${stopped?.why}`);

/** Whether the batch ends here: by a refused key, the caller's signal, or the deadline. */
function mustStop(batch: Batch, error?: unknown): boolean {
  const { core, scope, end } = batch;
  if (scope.signal?.aborted) batch.stopped ??= { cause: scope.signal.reason, why: "the call was aborted" };
  if (error instanceof AuthenticationError)
    batch.stopped ??= { cause: error, why: "the API key was refused" };
  if (timeLeft(core, scope) === 0) {
    const why = `the deadline has passed (deadlineMs: ${scope.deadlineMs})`;
    const cause = new TimeoutError(`users.bulkDelete: ${why}.`, { outcome: "not_applied", attempts: 0 });
    batch.stopped ??= { cause, why };
  }
  if (batch.stopped) end();
  return batch.stopped !== undefined;
}

function progressReporter(total: number, onProgress: BulkDeleteUsersParams["onProgress"]) {
  const counts = { deleted: 0, not_found: 0, failed: 0 };
  let done = 0;
  return ({ status }: BulkUserDeletionResult): void => {
    counts[status] += 1;
    done += 1;
    const { deleted, not_found: notFound, failed } = counts;
    quietly(() => onProgress?.({ total, done, deleted, notFound, failed }));
  };
}
