import { APIError, ArizeError, UnexpectedResponseError } from "../errors/errors.ts";
import { sleep } from "../util/sleep.ts";
import { backoffMs } from "./backoff.ts";
import { timeLeft } from "./call-context.ts";
import { emit } from "./emit.ts";
import type { CallStats, Failure } from "./failure/failure.ts";
import { abortErrorOf, acquirePermit, isStillValid } from "./permit.ts";
import type { RequestContext } from "./request-context.ts";
import { eventBase, type SuccessResponse, sendOnce } from "./send-once.ts";

/** A success, and whether an earlier request of the same call may have been carried out. */
export interface CallResult extends SuccessResponse {
  readonly afterUnknown: boolean;
}

/** Sends a request, again where that is safe and there is time, until it succeeds or another would be no use. */
export async function sendWithRetries(requestContext: RequestContext): Promise<CallResult> {
  const startedAt = requestContext.call.client.clock.now();
  const stats: CallStats = {
    attempts: 0,
    outcome: requestContext.call.earlierOutcome ?? "not_applied",
    failures: 0,
  };
  const failed = <E>(error: E): E => {
    if (error instanceof ArizeError) tellFailed(requestContext, stats, error, startedAt);
    return error;
  };
  try {
    const settled = await repeat(requestContext, stats);
    return { ...settled, unexpected: (reason) => failed(settled.unexpected(reason)) };
  } catch (error) {
    throw failed(error);
  }
}

async function repeat(requestContext: RequestContext, stats: CallStats): Promise<CallResult> {
  const { call } = requestContext;
  let last: Failure | undefined;
  const ended = (reason: unknown): never => {
    throw abortErrorOf(reason, call, last, stats);
  };
  for (;;) {
    const permit = await acquirePermit(requestContext, stats).catch(ended);
    if (!isStillValid(requestContext, permit, last, stats)) continue;
    stats.attempts += 1;
    const result = await sendOnce(requestContext, stats.attempts, permit);
    if (!("kind" in result)) {
      call.client.budget.earn(stats.failures + 1);
      return { ...result, afterUnknown: stats.outcome === "unknown" };
    }
    last = result;
    addTo(stats, result);
    const waitMs = waitBeforeNext(requestContext, result, stats);
    if (waitMs === undefined) throw result.toError(stats);
    const { status } = result;
    emit(call.client.settings.onEvent, () => ({
      ...eventBase(requestContext, stats.attempts),
      type: "retry",
      status,
      waitMs,
    }));
    // In a bulk call it is the flow that waits, before the next turn.
    if (!result.throttle) await sleep(call.client.clock, call.signal, waitMs).catch(ended);
  }
}

function addTo(stats: CallStats, { outcome, throttle }: Failure): void {
  if (outcome === "unknown") stats.outcome = "unknown";
  if (!throttle) stats.failures += 1;
}

/** How long to wait for the next request, in milliseconds; undefined where there is to be none. */
function waitBeforeNext(
  { call, safety }: RequestContext,
  failure: Failure,
  { failures }: CallStats,
): number | undefined {
  const { kind, status, retryAfterMs = 0, throttle } = failure;
  if (call.signal?.aborted || throttle === false) return undefined;
  const mayRepeat = kind === "refused" || (kind === "unknown" && safety === "repeat");
  if (!mayRepeat) return undefined;
  if (throttle) return failure.waitMs;
  if (failures > call.maxRetries || retryAfterMs > call.maxRetryAfterMs) return undefined;
  const waitMs = failure.waitMs ?? Math.max(retryAfterMs, backoffMs(call.client.random, failures));
  if (waitMs >= timeLeft(call)) return undefined;
  // What the server paces needs no budget besides.
  return status === 429 || failure.retryAfterMs !== undefined || call.client.budget.spend()
    ? waitMs
    : undefined;
}

function tellFailed(
  requestContext: RequestContext,
  stats: CallStats,
  error: ArizeError,
  startedAt: number,
): void {
  const { client } = requestContext.call;
  emit(client.settings.onEvent, () => ({
    ...eventBase(requestContext, stats.attempts),
    type: "failed",
    error: error.name,
    status: error instanceof APIError ? error.status : undefined,
    // A success that makes no sense is told of by its error alone.
    outcome: error instanceof UnexpectedResponseError ? error.outcome : stats.outcome,
    durationMs: client.clock.now() - startedAt,
  }));
}
