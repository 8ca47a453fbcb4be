import { successStatuses } from "../../generated/operations.gen.ts";
import type { UnexpectedResponseError } from "../errors/errors.ts";
import type { CompleteResponse } from "../errors/response/problem.ts";
import { backoffMs } from "./backoff.ts";
import { type RequestContext, timeLeft } from "./call-context.ts";
import { reasonForDoubt } from "./confirm-api.ts";
import { type Failure, isFailure, rejectedByStatus, unexpected } from "./failure/failure.ts";
import { attempt } from "./http/attempt.ts";
import { type AttemptEnd, closeGate, type Permit } from "./permit.ts";

/** A response with a success status of the spec. */
export interface SuccessResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Makes the error to throw if the body does not match the spec. */
  unexpected(reason: string): UnexpectedResponseError;
}

/**
 * Sends one attempt, and releases its permit. After a 429, closes the gate before another request can pass it.
 *
 * @throws {UnexpectedResponseError} if a success has a status that the spec does not have, or too large a body.
 * @throws the signal's own reason.
 */
export async function sendOnce(
  context: RequestContext,
  number: number,
  permit: Permit,
): Promise<SuccessResponse | Failure> {
  const end: AttemptEnd = {};
  try {
    const response = await attempt(context, number);
    if (isFailure(response)) {
      end.lost = true;
      return response;
    }
    const { status } = response;
    end.status = status;
    end.mayRenew = status === 401 && context.token !== undefined;
    if (status >= 200 && status < 300) return understand(context, response);
    const doubt = await reasonForDoubt(context, response);
    const failure = rejectedByStatus(context, response, doubt);
    // Too many requests, or a 503 with Retry-After.
    end.limited = status === 429 || (status === 503 && failure.retryAfterMs !== undefined);
    return end.limited ? slowDown(context, number, failure, permit.window) : failure;
  } finally {
    permit.release(end);
  }
}

/** Closes the gate after a 429, and slows down the bulk call, if any. */
function slowDown(context: RequestContext, number: number, failure: Failure, window: number): Failure {
  const { call } = context;
  const { limiter } = call;
  const drawnMs = backoffMs(call.client.random, limiter ? limiter.fruitlessPauses + 1 : number);
  // A Retry-After of 0 asks for no pause. A bulk call would use up all its pauses at once.
  const askedMs = limiter && failure.retryAfterMs === 0 ? undefined : failure.retryAfterMs;
  const pauseMs = askedMs ?? drawnMs;
  if (failure.status === 429) closeGate(context, number, pauseMs);
  if (!limiter) return failure.status === 429 ? { ...failure, waitMs: Math.max(pauseMs, drawnMs) } : failure;
  // The client's own backoff is no pause that the server asked for.
  const canWait = (askedMs ?? 0) <= call.maxRetryAfterMs && pauseMs < timeLeft(call);
  const { cleanResponses } = call.client.gate;
  return {
    ...failure,
    waitMs: pauseMs,
    throttle: limiter.slowDown(window, pauseMs, canWait, cleanResponses),
  };
}

function understand(context: RequestContext, response: CompleteResponse): SuccessResponse {
  const { client } = context.call;
  const { status, headers, text, isCut } = response;
  const wrong = (reason: string) => unexpected(context, response, reason);
  if (isCut)
    throw wrong(`the body is larger than maxResponseBytes (${client.settings.maxResponseBytes} bytes)`);
  const expected: readonly number[] = successStatuses[context.operation];
  if (!expected.includes(status)) throw wrong(`the API specifies ${expected.join(" or ")}`);
  // A 204 has no body that could be checked.
  if (status === 204) client.server.isAPI = true;
  return { status, text, headers, unexpected: wrong };
}
