/** Batches of several calls per target. */
import type { ApiCall, ClientContext } from "../../api/client-context.ts";
import type { ClientEvent } from "../../config/client-events.ts";
import { type RequestOptions, readRequestOptions } from "../../config/client-options.ts";
import { Batch, type BulkFailure, type BulkProgress } from "../../facade/batch.ts";
import { createCall } from "../../facade/operation.ts";
import { Organizations } from "../../organizations/organizations.ts";
import { Users } from "../../users/users.ts";

/** The methods of a client for one batch. Their requests share the batch's limiter, and end with the batch. */
export interface BatchClient {
  readonly users: Users;
  readonly organizations: Organizations;
  /** Whether a write for the target was sent again, although it may have taken effect. */
  readonly wasRetried: boolean;
  /** Whether an error ends the batch, as a 401 does. */
  ends(error: unknown): boolean;
}

/** A batch of targets that may each take several calls. */
export interface BatchRun<Target, Result> {
  /** The method's name, for error messages. */
  readonly method: string;
  readonly targets: readonly Target[];
  readonly options: RequestOptions;
  /** Awaited before `send`. If it returns a result, there is nothing to send. */
  before(target: Target, client: BatchClient): Promise<Result | undefined>;
  send(target: Target, client: BatchClient): Promise<Result>;
  /** `ended` is the reason if the batch has ended. If it is the failure itself, nothing was sent. */
  fail(target: Target, failure: BulkFailure, ended: BulkFailure | undefined): Result;
  /** Awaited after the last response of a target, with its request ID, before the next target begins. */
  after(target: Target, result: Result, requestId: string | undefined): Promise<void>;
}

/**
 * Runs a batch with the code of the bulk calls, which handles speed, rate limits, a 401 and an abort. Returns the reason if
 * it ended early.
 */
export async function runBatch<Target, Result extends { status: string }>(
  context: ClientContext,
  { method, targets, options, before, send, fail, after }: BatchRun<Target, Result>,
): Promise<{ error: unknown } | undefined> {
  const batch = new Batch<BulkProgress, Result>(
    createCall(context, method, readRequestOptions(method, options, context.settings.apiKey)),
    {},
  );
  const requestIds = new Map<Target, string | undefined>();
  let end: BulkFailure | undefined;
  const ends = (error: unknown): boolean => {
    end ??= batch.stopped(error);
    return end !== undefined;
  };
  const clientOf = (shared: ApiCall, target?: Target): BatchClient => {
    let wasRetried = false;
    const onEvent = (event: ClientEvent) => {
      // After a 429, nothing had happened.
      if (event.type === "retry" && event.method !== "GET" && event.status !== 429) wasRetried = true;
      if (event.type === "response" && target !== undefined) requestIds.set(target, event.requestId);
      context.onEvent?.(event);
    };
    const own: ClientContext = { ...context, redact: shared.client.redact, onEvent, shared };
    return {
      users: new Users(own),
      organizations: new Organizations(own),
      ends,
      get wasRetried() {
        return wasRetried;
      },
    };
  };
  const named = targets.map((target, index) => ({
    path: `changes[${index}]`,
    key: String(index),
    request: target,
  }));
  await batch.results<Target, BulkFailure>(named, {
    counts: { failed: 0 },
    send: (call, _, target) => send(target, clientOf(call, target)),
    toResult: ({ request }, failure) =>
      fail(request as Target, failure, ends(failure.cause) ? end : undefined),
    before: (call, { request }) => before(request as Target, clientOf(call)),
    after: async ({ request }, result) => {
      const target = request as Target;
      await after(target, result, requestIds.get(target));
      requestIds.delete(target);
    },
  });
  return end && { error: end.cause };
}
