import { copyOfCause } from "../../errors/cause/copy-cause.ts";
import { codeOf, reasonOf } from "../../errors/cause/reason.ts";
import {
  ConnectionError,
  RateLimitError,
  TimeoutError,
  UnexpectedResponseError,
} from "../../errors/errors.ts";
import { letGo } from "../../errors/let-go.ts";
import {
  adviceOn,
  type CompleteResponse,
  isProblem,
  noResponseFields,
  requestIdOf,
  toAPIError,
} from "../../errors/response/problem.ts";
import type { Outcome } from "../../errors/types.ts";
import type { RequestContext } from "../call-context.ts";
import { describe, withoutQuery } from "../http/http-request.ts";
import { type FailureKind, kindOfLoss, kindOfStatus, mayHaveApplied, outcomeOf } from "./outcome.ts";
import { retryAfterMs } from "./retry-after.ts";

/** Totals over all attempts of a request; reported on the final error. */
export interface CallStats {
  attempts: number;
  outcome: Outcome;
  /** The number of failures that count against `maxRetries`: all except those after which a bulk call pauses. */
  failures: number;
  /** Whether an attempt is in flight. */
  isUnderWay?: boolean;
  /** The last failed attempt. */
  last?: Failure;
}

/** A failed attempt, before it is decided whether another one follows. */
export interface Failure {
  readonly kind: FailureKind;
  /** The outcome of this attempt alone. */
  readonly outcome: Outcome;
  readonly status?: number;
  /** The `reason` of the `retry` event: the status, or the code or name of the error. */
  readonly reason: string | number;
  readonly retryAfterMs?: number | undefined;
  /** The wait before the next attempt, in milliseconds, if it is already determined. */
  readonly waitMs?: number;
  /** Bulk calls only, after a 429 or a 503 with Retry-After: whether the limiter permits another attempt. */
  readonly throttle?: boolean;
  /** Makes the error that the call rejects with. */
  toError(stats: CallStats): Error;
}

/** Whether an attempt failed. Its own property says so: other code may have extended `Object.prototype`. */
export const isFailure = (result: object): result is Failure => Object.hasOwn(result, "kind");

/** No complete response arrived within `limitMs`. */
export function timedOut(context: RequestContext, limitMs: number): Failure {
  const why = `no complete response in time (${limitOf(context, limitMs)})`;
  return withoutResponse(context, "unknown", why, {}, TimeoutError);
}

const limitOf = ({ call: { timeoutMs, deadlineMs } }: RequestContext, limitMs: number): string =>
  limitMs < timeoutMs ? `deadlineMs: ${deadlineMs}` : `timeoutMs: ${timeoutMs}`;

/** The token provider did not return a key within `limitMs`. Nothing was sent. */
export function withoutToken(context: RequestContext, limitMs: number): Failure {
  const why = `the apiKey function returned no key in time (${limitOf(context, limitMs)})`;
  return withoutResponse(context, "terminal", why, {}, TimeoutError);
}

/** The connection failed, or was lost before a complete response arrived. */
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

/** The server responded with an error status. */
export function rejectedByStatus(
  { call: { client }, operation, request }: RequestContext,
  response: CompleteResponse,
  doubt: string | undefined,
): Failure {
  const { status, headers } = response;
  const { redact } = client;
  const wait = retryAfterMs(headers, client.clock.wallTime());
  const kind = kindOfStatus(status, wait, () => isProblem(response));
  // users.create determines its own reason of a conflict.
  const givesName = operation === "organizations_create" || operation === "organizations_update";
  return {
    kind,
    outcome: outcomeOf(request.method, mayHaveApplied(status, kind)),
    status,
    reason: status,
    retryAfterMs: wait,
    toError: (stats) =>
      letGo(toAPIError(describe(request), response, { ...stats, wait, redact, doubt, givesName })),
  };
}

/** The server reported success, but the response is not what the API specifies. */
export function unexpected(
  { call: { client, onUnexpected }, request }: RequestContext,
  response: CompleteResponse,
  reason: string,
): UnexpectedResponseError {
  const { status, headers } = response;
  const id = requestIdOf(headers);
  const said = client.redact(id ? `${reason} (request ID ${id})` : reason);
  const message = `${describe(request)}: HTTP ${status}, but ${said}.`;
  const error = letGo(new UnexpectedResponseError(message, outcomeOf(request.method, true)));
  onUnexpected?.(error, response);
  return error;
}

/** The request was not sent, because the server asked for a longer pause than the call may wait. */
export function pauseTooLong(
  { request }: RequestContext,
  pauseMs: number,
  { attempts, outcome }: CallStats,
): RateLimitError {
  const retryAfterMs = Math.ceil(pauseMs);
  const pause = `a pause of another ${retryAfterMs} ms, more than maxRetryAfterMs or the deadline allows`;
  return new RateLimitError(
    `${describe(request)}: not sent, as the server asked for ${pause}.${adviceOn(outcome)}`,
    { ...noResponseFields("Rate limit exceeded"), status: 429, retryAfterMs, attempts, outcome },
  );
}
