import { APIError, ArizeError, UnexpectedResponseError } from "../errors/errors.ts";
import { sleep } from "../util/sleep.ts";
import { backoffMs } from "./backoff.ts";
import { timeLeft } from "./call-context.ts";
import { emitOf } from "./emit.ts";
import type { CallStats, Failure } from "./failure/failure.ts";
import { acquirePermit, isStillValid } from "./permit.ts";
import type { RequestContext } from "./request-context.ts";
import { type SuccessResponse, sendOnce } from "./send-once.ts";

/** A success, and whether an earlier request of the same call may have been carried out. */
export interface CallResult extends SuccessResponse {
  readonly afterUnknown: boolean;
}

/** Sends a request, again where that is safe and there is time, until it succeeds or another would be no use. */
export async function sendWithRetries(context: RequestContext): Promise<CallResult> {
  const { client, signal, ignoreAbortOnceSent, earlierOutcome = "not_applied" } = context.call;
  const startedAt = client.clock.now();
  const stats: CallStats = { attempts: 0, outcome: earlierOutcome, failures: 0 };
  const failed = <E>(error: E): E => {
    if (!(error instanceof ArizeError)) return error;
    emitOf(context, stats.attempts, () => ({
      type: "failed",
      error: error.name,
      status: error instanceof APIError ? error.status : undefined,
      // A success that makes no sense is told of by its error alone.
      outcome: error instanceof UnexpectedResponseError ? error.outcome : stats.outcome,
      durationMs: client.clock.now() - startedAt,
    }));
    return error;
  };
  try {
    const result = await repeat(context, stats);
    return {
      ...result,
      afterUnknown: stats.outcome === "unknown",
      unexpected: (reason) => failed(result.unexpected(reason)),
    };
  } catch (error) {
    const { last } = stats;
    // Where what was sent has to be accounted for, an abort ends the call with its failure.
    const isAbort = signal?.aborted && error === signal.reason;
    throw failed(isAbort && ignoreAbortOnceSent && last ? last.toError(stats) : error);
  }
}

async function repeat(context: RequestContext, stats: CallStats): Promise<SuccessResponse> {
  const { call } = context;
  for (;;) {
    const permit = await acquirePermit(context, stats);
    if (!isStillValid(context, permit, stats)) continue;
    stats.attempts += 1;
    const result = await sendOnce(context, stats.attempts, permit);
    if (!("kind" in result)) {
      call.client.budget.earn(stats.failures + 1);
      return result;
    }
    count(stats, result);
    const { status, throttle } = result;
    const waitMs = waitBeforeNext(context, result, stats.failures);
    if (waitMs === undefined) throw result.toError(stats);
    emitOf(context, stats.attempts, () => ({ type: "retry", status, waitMs }));
    // In a bulk call it is the flow that waits, before the next turn.
    if (!throttle) await sleep(call.client.clock, call.signal, waitMs);
  }
}

function count(stats: CallStats, failure: Failure): void {
  stats.last = failure;
  if (failure.outcome === "unknown") stats.outcome = "unknown";
  if (!failure.throttle) stats.failures += 1;
}

/** Whether another request of this kind may follow, whenever that is. */
function mayRepeat({ call, safety }: RequestContext, { kind, throttle }: Failure): boolean {
  if (call.signal?.aborted || throttle === false) return false;
  return kind === "rejected" || (kind === "unknown" && safety === "safe");
}

/** How long to wait for the next request, in milliseconds; undefined where there is to be none. */
function waitBeforeNext(context: RequestContext, failure: Failure, failures: number): number | undefined {
  const { call } = context;
  const { status, retryAfterMs, waitMs } = failure;
  if (!mayRepeat(context, failure)) return undefined;
  if (failure.throttle) return waitMs;
  const askedMs = retryAfterMs ?? 0;
  if (failures > call.maxRetries || askedMs > call.maxRetryAfterMs) return undefined;
  const nextMs = waitMs ?? Math.max(askedMs, backoffMs(call.client.random, failures));
  if (nextMs >= timeLeft(call)) return undefined;
  // What the server paces needs no budget besides.
  const isPaced = status === 429 || retryAfterMs !== undefined;
  return isPaced || call.client.budget.spend() ? nextMs : undefined;
}
