import { APIError, ArizeError, UnexpectedResponseError } from "../errors/errors.ts";
import { sleep } from "../util/sleep.ts";
import { backoffMs } from "./backoff.ts";
import { timeLeft } from "./call-context.ts";
import { emitOf, reportResponse, tenths } from "./emit.ts";
import type { CallStats, Failure } from "./failure/failure.ts";
import { outcomeOf } from "./failure/outcome.ts";
import { acquirePermit, isStillValid } from "./permit.ts";
import type { RequestContext } from "./request-context.ts";
import { RequestTokens } from "./request-tokens.ts";
import { type SuccessResponse, sendOnce } from "./send-once.ts";

/** A success, and whether an earlier request of the same call may have been carried out. */
export interface CallResult extends SuccessResponse {
  readonly afterUnknown: boolean;
}

/** Sends a request, again where that is safe and there is time, until it succeeds or another would be no use. */
export async function sendWithRetries(context: RequestContext): Promise<CallResult> {
  const { client, signal, onResponse, ignoreAbortOnceSent, earlierOutcome = "not_applied" } = context.call;
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
      durationMs: tenths(client.clock.now() - startedAt),
    }));
    return error;
  };
  try {
    const result = await repeat(context, stats);
    if (onResponse) reportResponse(context, result, stats.attempts, client.clock.now() - startedAt);
    return {
      ...result,
      afterUnknown: stats.outcome === "unknown",
      unexpected: (reason) => failed(result.unexpected(reason)),
    };
  } catch (error) {
    const { last } = stats;
    // Where what was sent has to be accounted for, an abort ends the call with its failure.
    const isAbort = signal?.aborted && error === signal.reason;
    if (isAbort && !(ignoreAbortOnceSent && last)) {
      emitOf(context, stats.attempts, () => ({
        type: "aborted",
        outcome: stats.isUnderWay ? outcomeOf(context.request.method, true) : stats.outcome,
        durationMs: tenths(client.clock.now() - startedAt),
      }));
      throw error;
    }
    throw failed(isAbort && last ? last.toError(stats) : error);
  }
}

async function repeat(context: RequestContext, stats: CallStats): Promise<SuccessResponse> {
  const { client } = context.call;
  const tokens = client.tokens && new RequestTokens(client.tokens, context, stats);
  for (;;) {
    const permit = await acquirePermit(context, stats);
    const attempt = tokens ? await tokens.withToken(permit) : context;
    if (!isStillValid(context, permit, stats)) continue;
    stats.attempts += 1;
    stats.isUnderWay = true;
    const result = await sendOnce(attempt, stats.attempts, permit);
    if (!("kind" in result)) {
      client.budget.earn(stats.failures + 1);
      return result;
    }
    count(stats, result);
    if (!(await tokens?.renew(result))) await waitToRepeat(context, stats, result);
  }
}

/** @throws the error of the failure, where no other attempt follows. */
async function waitToRepeat(context: RequestContext, stats: CallStats, failure: Failure): Promise<void> {
  const { call } = context;
  const { status, reason, throttle } = failure;
  const waitMs = waitBeforeNext(context, failure, stats.failures);
  if (waitMs === undefined) throw failure.toError(stats);
  emitOf(context, stats.attempts, () => ({ type: "retry", status, reason, waitMs: tenths(waitMs) }));
  // In a bulk call it is the flow that waits, before the next turn.
  if (!throttle) await sleep(call.client.clock, call.signal, waitMs);
}

function count(stats: CallStats, failure: Failure): void {
  stats.last = failure;
  stats.isUnderWay = false;
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
