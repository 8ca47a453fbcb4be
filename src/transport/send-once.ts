import { successStatuses } from "../../generated/operations.gen.ts";
import type { UnexpectedResponseError } from "../errors/errors.ts";
import { type CompleteResponse, requestIdOf } from "../errors/response/problem.ts";
import { backoffMs } from "./backoff.ts";
import { timeLeft } from "./call-context.ts";
import { reasonForDoubt } from "./confirm-api.ts";
import { emit } from "./emit.ts";
import { type Failure, rejectedByStatus, unexpected } from "./failure/failure.ts";
import { attempt } from "./http/attempt.ts";
import type { AttemptEnd, Permit } from "./permit.ts";
import type { RequestContext } from "./request-context.ts";

/** An answer of a status that the spec counts as success. */
export interface SuccessResponse {
  readonly status: number;
  /** The body, which not every operation has a use for. */
  readonly text: string;
  readonly contentType: string | null;
  /** When the server sent it, by its own clock: its `Date` header. */
  readonly date: string | null;
  /** The error to throw where the body is not what the spec says. */
  unexpected(reason: string): UnexpectedResponseError;
}

/**
 * One request and its answer, in its turn, which it gives back. A 429 closes the gate before anybody else can enter.
 *
 * @throws {UnexpectedResponseError} where the answer is a success that the spec does not know.
 * @throws the signal's own reason.
 */
export async function sendOnce(
  requestContext: RequestContext,
  number: number,
  permit: Permit,
): Promise<SuccessResponse | Failure> {
  const { call, request } = requestContext;
  const end: AttemptEnd = {};
  try {
    const response = await send(requestContext, number);
    if ("kind" in response) {
      end.lost = true;
      return response;
    }
    end.status = response.status;
    if (response.status >= 200 && response.status < 300) return understand(requestContext, response);
    const doubt = await reasonForDoubt(call, request, response, (confirming) =>
      sendConfirming({ ...requestContext, operation: "users_list", request: confirming }),
    );
    const failure = rejectedByStatus(call.client, request, response, doubt);
    end.limited = asksForLess(failure);
    return end.limited ? slowDown(requestContext, number, failure, permit) : failure;
  } finally {
    permit.release(end);
  }
}

/** Sends a request once, and emits the events about it. */
async function send(requestContext: RequestContext, number: number): Promise<CompleteResponse | Failure> {
  const { call, request } = requestContext;
  emit(call.client.settings.onEvent, () => ({ ...eventBase(requestContext, number), type: "request" }));
  const startedAt = call.client.clock.now();
  const response = await attempt(call, request);
  if ("kind" in response) return response;
  emit(call.client.settings.onEvent, () => ({
    ...eventBase(requestContext, number),
    type: "response",
    status: response.status,
    requestId: call.client.redact(requestIdOf(response.headers) ?? "") || undefined,
    durationMs: call.client.clock.now() - startedAt,
  }));
  return response;
}

/** Sends the request that confirms a 404 (confirm-api.ts). */
async function sendConfirming(requestContext: RequestContext): Promise<CompleteResponse | Failure> {
  const { call, request } = requestContext;
  const { client } = call;
  const response = await send(requestContext, 1);
  if (!("kind" in response) && response.status === 429) {
    const { retryAfterMs = backoffMs(client.random, 1) } = rejectedByStatus(
      client,
      request,
      response,
      undefined,
    );
    closeGate(requestContext, 1, retryAfterMs);
  }
  return response;
}

/** What all events of a request have in common. */
export const eventBase = ({ operation, request }: RequestContext, number: number) => ({
  operation,
  method: request.method,
  path: request.template,
  attempt: number,
});

/** Too many requests, or a 503 that says when to come back. */
const asksForLess = ({ status, retryAfterMs }: Failure): boolean =>
  status === 429 || (status === 503 && retryAfterMs !== undefined);

/** Keeps all calls of the client from sending for as long as a 429 asks for. */
function closeGate(requestContext: RequestContext, number: number, pauseMs: number): void {
  const { call } = requestContext;
  call.client.gate.close(pauseMs, call.maxRetryAfterMs);
  emit(call.client.settings.onEvent, () => ({
    ...eventBase(requestContext, number),
    type: "rate_limited",
    waitMs: pauseMs,
  }));
}

/** Closes the gate after a 429, and slows the bulk call down, if any. */
function slowDown(requestContext: RequestContext, number: number, failure: Failure, permit: Permit): Failure {
  const { call } = requestContext;
  const { limiter } = call;
  const drawnMs = backoffMs(call.client.random, limiter ? limiter.fruitlessPauses + 1 : number);
  const pauseMs = failure.retryAfterMs ?? drawnMs;
  if (failure.status === 429) closeGate(requestContext, number, pauseMs);
  if (!limiter) return failure.status === 429 ? { ...failure, waitMs: Math.max(pauseMs, drawnMs) } : failure;
  const canWait = pauseMs <= call.maxRetryAfterMs && pauseMs < timeLeft(call);
  return {
    ...failure,
    waitMs: pauseMs,
    throttle: limiter.slowDown(permit.window, pauseMs, canWait),
  };
}

function understand(
  { call: { client }, operation, request }: RequestContext,
  response: CompleteResponse,
): SuccessResponse {
  const { status, headers, text } = response;
  const wrong = (reason: string) => unexpected(client, request, response, reason);
  if (response.isCut)
    throw wrong(`the body is larger than maxResponseBytes (${client.settings.maxResponseBytes} bytes)`);
  const expected: readonly number[] = successStatuses[operation];
  if (!expected.includes(status)) throw wrong(`the API specifies ${expected.join(" or ")}`);
  // A 204 has no body that could show more.
  if (status === 204) client.server.isAPI = true;
  return {
    status,
    text,
    date: headers.get("date"),
    contentType: headers.get("content-type"),
    unexpected: wrong,
  };
}
