import { APIError, ArizeError, UnexpectedResponseError } from "../errors/errors.ts";
import { sleep } from "../util/sleep.ts";
import { backoffMs } from "./backoff.ts";
import { type RequestContext, timeLeft } from "./call-context.ts";
import { emitOf, reportResponse, tenths } from "./emit.ts";
import { type CallStats, type Failure, isFailure } from "./failure/failure.ts";
import { outcomeOf } from "./failure/outcome.ts";
import { acquirePermit, isStillValid } from "./permit.ts";
import { RequestTokens } from "./request-tokens.ts";
import { type SuccessResponse, sendOnce } from "./send-once.ts";

/** A successful response, the number of attempts, and whether an earlier one may have taken effect. */
export interface CallResult extends SuccessResponse {
  readonly attempts: number;
  readonly afterUnknown: boolean;
}

/** Sends a request with retries, until it succeeds, or another attempt is unsafe, useless or too late. */
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
      // The outcome of an unexpected success depends only on its own error.
      outcome: error instanceof UnexpectedResponseError ? error.outcome : stats.outcome,
      durationMs: tenths(client.clock.now() - startedAt),
    }));
    return error;
  };
  try {
    const result = await repeat(context, stats);
    if (onResponse) reportResponse(context, result, stats.attempts, client.clock.now() - startedAt);
    const { status, headers, text } = result;
    const unexpected = (reason: string) => failed(result.unexpected(reason));
    const { attempts, outcome } = stats;
    return { status, headers, text, unexpected, attempts, afterUnknown: outcome === "unknown" };
  } catch (error) {
    const isAbort = signal?.aborted && Object.is(error, signal.reason);
    // A bulk call returns a result for what it has sent: after an abort, the error of the last attempt.
    const instead = isAbort && ignoreAbortOnceSent ? stats.last : undefined;
    if (isAbort && !instead) {
      emitOf(context, stats.attempts, () => ({
        type: "aborted",
        outcome: stats.isUnderWay ? outcomeOf(context.request.method, true) : stats.outcome,
        durationMs: tenths(client.clock.now() - startedAt),
      }));
      throw error;
    }
    throw failed(instead?.toError(stats) ?? error);
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
    const sentAt = client.clock.now();
    const result = await sendOnce(attempt, stats.attempts, permit);
    if (!isFailure(result)) {
      client.budget.earn(stats.failures > 0);
      return result;
    }
    count(stats, result);
    if (result.outcome === "unknown") context.call.onUnknown?.(sentAt);
    if (!(await tokens?.renew(result))) await waitToRepeat(context, stats, result);
  }
}

/**
 * Waits before the next attempt.
 *
 * @throws the error of the failure, if there is no next attempt.
 */
async function waitToRepeat(context: RequestContext, stats: CallStats, failure: Failure): Promise<void> {
  const { call } = context;
  const { status, reason, throttle } = failure;
  const waitMs = waitBeforeNext(context, failure, stats.failures);
  if (waitMs === undefined) throw failure.toError(stats);
  emitOf(context, stats.attempts, () => ({ type: "retry", status, reason, waitMs: tenths(waitMs) }));
  // In a bulk call, the adaptive limiter waits before it grants the next permit.
  if (!throttle) await sleep(call.client.clock, call.signal, waitMs);
}

function count(stats: CallStats, failure: Failure): void {
  stats.last = failure;
  stats.isUnderWay = false;
  if (failure.outcome === "unknown") stats.outcome = "unknown";
  if (!failure.throttle) stats.failures += 1;
}

/** Whether another attempt is permitted at all. */
function mayRepeat({ call, safety }: RequestContext, { kind, throttle }: Failure): boolean {
  if (call.signal?.aborted || throttle === false) return false;
  return kind === "rejected" || (kind === "unknown" && safety === "safe");
}

/** Returns how long to wait before the next attempt, in milliseconds; undefined if there is none. */
function waitBeforeNext(context: RequestContext, failure: Failure, failures: number): number | undefined {
  const { call } = context;
  const { status, retryAfterMs, waitMs } = failure;
  if (!mayRepeat(context, failure)) return undefined;
  if (failure.throttle) return waitMs;
  const askedMs = retryAfterMs ?? 0;
  if (failures > call.maxRetries || askedMs > call.maxRetryAfterMs) return undefined;
  const nextMs = waitMs ?? Math.max(askedMs, backoffMs(call.client.random, failures));
  if (nextMs >= timeLeft(call)) return undefined;
  // A retry that the server paces does not draw on the retry budget.
  const isPaced = status === 429 || retryAfterMs !== undefined;
  return isPaced || call.client.budget.spend() ? nextMs : undefined;
}
