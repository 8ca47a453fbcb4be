import type { Outcome } from "../error-types.ts";
import { ConnectionError, TimeoutError, UnexpectedResponseError } from "../errors.ts";
import { adviceOn } from "./advice.ts";
import { copyOfCause } from "./cause.ts";
import type { Core } from "./core.ts";
import { describe, type HttpRequest, withoutQuery } from "./http-request.ts";
import { letGo } from "./let-go.ts";
import { mayHaveApplied, outcomeOf, type Verdict, verdictOnLoss, verdictOnStatus } from "./outcome.ts";
import { isProblem, requestIdOf, toAPIError, type WholeAnswer } from "./problem.ts";
import { reasonOf } from "./reason.ts";
import { retryAfterMs } from "./retry-after.ts";
import { deadlineOrTimeout, type Scope } from "./scope.ts";

/** What is told of all requests of a call together. */
export interface Told {
  attempts: number;
  outcome: Outcome;
  /** How many of them count against `maxRetries`: all that failed, but those that a bulk call waits out. */
  failures: number;
}

/** A request that did not succeed, before it is known whether another one follows. */
export interface Failure {
  readonly verdict: Verdict;
  /** Of this request alone. */
  readonly outcome: Outcome;
  readonly status?: number;
  readonly retryAfterMs?: number | undefined;
  /** How long this call waits before its next request, where that is settled already, in milliseconds. */
  readonly waitMs?: number;
  /** In a bulk call, of an answer that asks for fewer requests: whether its flow lets this one be sent again. */
  readonly mayFlow?: boolean;
  /** The error to end the call with. */
  toError(told: Told): Error;
}

/** No whole answer came in time. */
export const timedOut = (request: HttpRequest, scope: Scope, limitMs: number): Failure =>
  unanswered(TimeoutError, request, "unknown", () => [
    `no complete response in time (${deadlineOrTimeout(scope, limitMs)})`,
  ]);

/** The connection was never made, or lost before a whole answer had come. */
export const lost = (core: Core, request: HttpRequest, cause: unknown): Failure =>
  unanswered(ConnectionError, request, verdictOnLoss(cause), () => {
    const redact = (said: string) => core.redact(withoutQuery(request, said));
    return [reasonOf(cause, request.url, redact), { cause: copyOfCause(cause, redact) }];
  });

function unanswered(
  Class: typeof ConnectionError,
  request: HttpRequest,
  verdict: Verdict,
  explain: () => [why: string, options?: ErrorOptions],
): Failure {
  return {
    verdict,
    outcome: outcomeOf(request.method, verdict === "unknown"),
    toError: ({ attempts, outcome }) => {
      const [why, options] = explain();
      const message = `${describe(request)}: ${why}.${adviceOn(outcome)}`;
      return letGo(new Class(message, { attempts, outcome, ...options }));
    },
  };
}

/** The runtime has no `fetch`, so that there is no request and none can follow. */
export const withoutFetch = (request: HttpRequest): Failure =>
  unanswered(ConnectionError, request, "final", () => ["this runtime has no fetch: use the fetch option"]);

/**
 * `fetch` gave a response whose status the runtime hides (0): a redirect that it was told not to follow (browsers), which may
 * be one to what was done, or a network error.
 */
export const withoutStatus = (request: HttpRequest, type: string): Failure => {
  const isRedirect = type === "opaqueredirect";
  const why = isRedirect ? "a redirect, which is not followed: check baseUrl" : "a response without a status";
  return {
    ...unanswered(ConnectionError, request, "unknown", () => [why]),
    // The next one would be redirected, too.
    ...(isRedirect && { verdict: "final" }),
  };
};

/** The server answered with an error status. */
export function refused(
  core: Core,
  request: HttpRequest,
  answer: WholeAnswer,
  doubt: string | undefined,
): Failure {
  const { status, headers } = answer;
  const wait = retryAfterMs(headers, core.clock.wallTime());
  const verdict = verdictOnStatus(status, wait, () => isProblem(answer));
  return {
    verdict,
    outcome: outcomeOf(request.method, mayHaveApplied(status, verdict)),
    status,
    retryAfterMs: wait,
    toError: (told) =>
      letGo(toAPIError(describe(request), answer, { ...told, wait, redact: core.redact, doubt })),
  };
}

/** The server called it a success, and the answer is not what the API specifies. */
export function unexpected(
  core: Core,
  request: HttpRequest,
  answer: WholeAnswer,
  reason: string,
): UnexpectedResponseError {
  const id = requestIdOf(answer.headers);
  const said = core.redact(id ? `${reason} (request ID ${id})` : reason);
  const message = `${describe(request)}: HTTP ${answer.status}, but ${said}.`;
  return letGo(new UnexpectedResponseError(message, outcomeOf(request.method, true)));
}
