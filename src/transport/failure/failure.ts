import { copyOfCause } from "../../errors/cause/copy-cause.ts";
import { codeOf, reasonOf } from "../../errors/cause/reason.ts";
import {
  ConnectionError,
  RateLimitError,
  TimeoutError,
  UnexpectedResponseError,
} from "../../errors/errors.ts";
import { letGo } from "../../errors/let-go.ts";
import { adviceOn } from "../../errors/response/advice.ts";
import {
  type CompleteResponse,
  isProblem,
  requestIdOf,
  toAPIError,
  withoutAnswer,
} from "../../errors/response/problem.ts";
import type { Outcome } from "../../errors/types.ts";
import { describe, withoutQuery } from "../http/http-request.ts";
import type { RequestContext } from "../request-context.ts";
import { type FailureKind, kindOfLoss, kindOfStatus, mayHaveApplied, outcomeOf } from "./outcome.ts";
import { retryAfterMs } from "./retry-after.ts";

/** What is told of all requests of a call together. */
export interface CallStats {
  attempts: number;
  outcome: Outcome;
  /** How many of them count against `maxRetries`: all that failed, but those that a bulk call waits out. */
  failures: number;
  /** Whether a request is under way. */
  isUnderWay?: boolean;
  /** The last request that failed. */
  last?: Failure;
}

/** A request that did not succeed, before it is known whether another one follows. */
export interface Failure {
  readonly kind: FailureKind;
  /** Of this request alone. */
  readonly outcome: Outcome;
  readonly status?: number;
  /** The status, or the code or the name of the error, as the `retry` event has it. */
  readonly reason: string | number;
  readonly retryAfterMs?: number | undefined;
  /** How long this call waits before its next request, where that is settled already, in milliseconds. */
  readonly waitMs?: number;
  /** In a bulk call, of an answer that asks for fewer requests: whether its flow lets this one be sent again. */
  readonly throttle?: boolean;
  /** The error to end the call with. */
  toError(stats: CallStats): Error;
}

/** No complete response arrived within `limitMs`. */
export function timedOut(context: RequestContext, limitMs: number): Failure {
  const why = `no complete response in time (${limitOf(context, limitMs)})`;
  return withoutResponse(context, "unknown", why, {}, TimeoutError);
}

const limitOf = ({ call: { timeoutMs, deadlineMs } }: RequestContext, limitMs: number): string =>
  limitMs < timeoutMs ? `deadlineMs: ${deadlineMs}` : `timeoutMs: ${timeoutMs}`;

/** The function that gives the key did not do so within `limitMs`. Nothing was sent. */
export function withoutToken(context: RequestContext, limitMs: number): Failure {
  const why = `the apiKey function gave no key in time (${limitOf(context, limitMs)})`;
  return withoutResponse(context, "terminal", why, {}, TimeoutError);
}

/** The connection was never made, or lost before a whole answer had come. */
export function lost(context: RequestContext, thrown: unknown): Failure {
  const { request, call } = context;
  const cause = copyOfCause(thrown, (said) => call.client.redact(withoutQuery(request, said)));
  return withoutResponse(context, kindOfLoss(cause), reasonOf(cause, new URL(request.url)), { cause });
}

export const withoutResponse = (
  { request }: RequestContext,
  kind: FailureKind,
  why: string,
  options: ErrorOptions = {},
  Class: typeof ConnectionError = ConnectionError,
): Failure => ({
  kind,
  outcome: outcomeOf(request.method, kind === "unknown"),
  reason: codeOf(options.cause) ?? (Class === TimeoutError ? "TimeoutError" : "ConnectionError"),
  toError: ({ attempts, outcome }) =>
    letGo(new Class(`${describe(request)}: ${why}.${adviceOn(outcome)}`, { attempts, outcome, ...options })),
});

/** The server answered with an error status. */
export function rejectedByStatus(
  { call: { client }, request }: RequestContext,
  response: CompleteResponse,
  doubt: string | undefined,
): Failure {
  const { status, headers } = response;
  const { redact } = client;
  const wait = retryAfterMs(headers, client.clock.wallTime());
  const kind = kindOfStatus(status, wait, () => isProblem(response));
  return {
    kind,
    outcome: outcomeOf(request.method, mayHaveApplied(status, kind)),
    status,
    reason: status,
    retryAfterMs: wait,
    toError: (stats) => letGo(toAPIError(describe(request), response, { ...stats, wait, redact, doubt })),
  };
}

/** The server called it a success, and the answer is not what the API specifies. */
export function unexpected(
  { call: { client }, request }: RequestContext,
  { status, headers }: CompleteResponse,
  reason: string,
): UnexpectedResponseError {
  const id = requestIdOf(headers);
  const said = client.redact(id ? `${reason} (request ID ${id})` : reason);
  const message = `${describe(request)}: HTTP ${status}, but ${said}.`;
  return letGo(new UnexpectedResponseError(message, outcomeOf(request.method, true)));
}

/** A request that was not sent, since the server asked for a longer pause than the call may wait for. */
export function pauseTooLong(
  { request }: RequestContext,
  pauseMs: number,
  { attempts, outcome }: CallStats,
): RateLimitError {
  const retryAfterMs = Math.ceil(pauseMs);
  const pause = `a pause of another ${retryAfterMs} ms, more than maxRetryAfterMs or the deadline allow`;
  return new RateLimitError(
    `${describe(request)}: not sent, as the server asked for ${pause}.${adviceOn(outcome)}`,
    { ...withoutAnswer("Rate limit exceeded"), status: 429, retryAfterMs, attempts, outcome },
  );
}
