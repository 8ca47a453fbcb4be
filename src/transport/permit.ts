import { timeLeft } from "./call-context.ts";
import { type CallStats, pauseTooLong, timedOut } from "./failure/failure.ts";
import type { RequestContext } from "./request-context.ts";

/** A request's leave to be sent, which it has to give back. */
export interface Permit {
  /** The flow's window in which it was let in; 0 outside of bulk calls. */
  readonly window: number;
  release(end?: AttemptEnd): void;
}

/** What came of a request; nothing where it was not sent, or the caller ended it. */
export interface AttemptEnd {
  /** Of the response, where one came. */
  status?: number;
  /** The response asks for fewer requests. */
  limited?: boolean;
  /** A 401 after which another key is asked for, so that a bulk call does not end with it yet. */
  mayRenew?: boolean;
  /** No whole response came, in time or at all. */
  lost?: boolean;
}

/**
 * Waits until a request may be sent: for the limiter of its bulk call, if any, and the client's rate-limit gate.
 *
 * @throws {RateLimitError} at once where the server asked for a longer pause than `maxRetryAfterMs` or the deadline allow.
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
      gate.release(pauses, status !== undefined && status !== 429);
      limiter?.release(window, mayRenew ? undefined : status, limited);
    };
    return { window, release };
  } catch (error) {
    limiter?.release(window);
    throw error;
  }
}

/**
 * Whether a permit is still good when it is used: there is a moment between being let in and sending, in which others may
 * have been told to wait. Gives back one that is not.
 *
 * @throws the error of the last request, or a TimeoutError, where the time is up.
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
