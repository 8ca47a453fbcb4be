import { type RequestContext, timeLeft } from "./call-context.ts";
import { emitOf, tenths } from "./emit.ts";
import { type CallStats, pauseTooLong, timedOut } from "./failure/failure.ts";

/** The right to send one attempt. It must be released. */
export interface Permit {
  /** The window of the adaptive limiter in which the permit was acquired; 0 outside of bulk calls. */
  readonly window: number;
  release(end?: AttemptEnd): void;
}

/** The result of an attempt. Empty if it was not sent, or was aborted. */
export interface AttemptEnd {
  /** The status of the response, if there was one. */
  status?: number;
  /** The server asked for fewer requests. */
  limited?: boolean;
  /** A 401 that may be repeated with another key, so it does not end a bulk call yet. */
  mayRenew?: boolean;
  /** No complete response arrived, or not in time. */
  lost?: boolean;
}

/**
 * Waits until a request may be sent: for the adaptive limiter in a bulk call, and for the client's rate-limit gate.
 *
 * @throws {RateLimitError} at once if the server asked for a longer pause than `maxRetryAfterMs` or the deadline allows.
 * @throws the signal's own reason.
 */
export async function acquirePermit(context: RequestContext, stats: CallStats): Promise<Permit> {
  const { call } = context;
  const { limiter } = call;
  const { gate } = call.client;
  const window = limiter ? await limiter.acquire(call.signal, call.deadlineAt) : 0;
  try {
    const entry = await gate.acquire(call, limiter !== undefined);
    if ("tooLongMs" in entry) throw pauseTooLong(context, entry.tooLongMs, stats);
    const { pauses } = entry;
    const release = ({ status, limited, lost, mayRenew }: AttemptEnd = {}) => {
      if (lost) gate.giveUp(pauses);
      gate.release(pauses, status !== undefined);
      if (limiter?.release(window, mayRenew ? undefined : status, limited)) gate.cleanResponses += 1;
    };
    return { window, release };
  } catch (error) {
    limiter?.release(window);
    throw error;
  }
}

/**
 * Checks a permit again before sending: a 429 may have arrived since it was acquired. Releases a permit that is no longer
 * valid.
 *
 * @throws the error of the last attempt, or a TimeoutError, if the deadline has passed.
 * @throws the signal's own reason.
 */
export function isStillValid(context: RequestContext, permit: Permit, stats: CallStats): boolean {
  const { call } = context;
  const { signal } = call;
  const isOpen = call.client.gate.isOpen();
  if (isOpen && timeLeft(call) > 0 && !signal?.aborted) return true;
  permit.release();
  if (signal?.aborted) throw signal.reason;
  if (isOpen) throw (stats.last ?? timedOut(context, 0)).toError(stats);
  return false;
}

/** Pauses all calls of the client for as long as a 429 asks for, but at most `maxRetryAfterMs`. */
export function closeGate(context: RequestContext, number: number, waitMs: number): void {
  const { client, maxRetryAfterMs } = context.call;
  client.gate.close(waitMs, maxRetryAfterMs);
  emitOf(context, number, () => ({ type: "rate_limited", waitMs: tenths(waitMs) }));
}
