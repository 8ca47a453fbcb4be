import type { OperationId } from "../../generated/operations.gen.ts";
import type { Outcome } from "../errors/types.ts";

/** The fields of all events. */
export interface EventBase {
  /**
   * Identifies the call. All requests of a call have the same ID, including the pages of an iteration; no other call of the
   * process has it.
   */
  callId: string;
  /** The time of the event, in milliseconds since 1970. */
  timestamp: number;
  /** The operation's name in the spec: `users_list`. */
  operation: OperationId;
  /** The HTTP method: `GET`. */
  method: string;
  /** The path in the spec, without IDs: `/v2/users/{user_id}`. */
  path: string;
  /** The number of the attempt, from 1. 0 if nothing was sent: only for `failed` and `aborted` events. */
  attempt: number;
}

/**
 * A request is about to be sent.
 *
 * @example
 * import { ArizeClient, type RequestEvent } from "ax-users";
 *
 * const log = ({ operation, attempt }: RequestEvent) => console.log(operation, attempt);
 * const client = new ArizeClient({ onEvent: (event) => event.type === "request" && log(event) });
 * await client.users.list();
 */
export interface RequestEvent extends EventBase {
  /** The kind of event. */
  type: "request";
}

/**
 * A complete response was read, with any status.
 *
 * @example
 * import { ArizeClient, type ResponseEvent } from "ax-users";
 *
 * const log = ({ operation, status, durationMs }: ResponseEvent) => console.log(operation, status, durationMs);
 * const client = new ArizeClient({ onEvent: (event) => event.type === "response" && log(event) });
 * await client.users.list();
 */
export interface ResponseEvent extends EventBase {
  /** The kind of event. */
  type: "response";
  /** The HTTP status. */
  status: number;
  /** The value of the `x-request-id` or `request-id` header. */
  requestId?: string | undefined;
  /** The time from the start of the request to the end of its response, in milliseconds. */
  durationMs: number;
}

/**
 * An attempt failed, and the next one follows after `waitMs`.
 *
 * @example
 * import { ArizeClient, type RetryEvent } from "ax-users";
 *
 * const log = ({ operation, waitMs }: RetryEvent) => console.log(operation, waitMs);
 * const client = new ArizeClient({ onEvent: (event) => event.type === "retry" && log(event) });
 * await client.users.list();
 */
export interface RetryEvent extends EventBase {
  /** The kind of event. */
  type: "retry";
  /** The HTTP status. Missing if no complete response arrived. */
  status?: number | undefined;
  /** The HTTP status; without one, the error's code (`ECONNRESET`), or its name if it has no code (`TimeoutError`). */
  reason: string | number;
  /** The time until the next attempt, in milliseconds. */
  waitMs: number;
}

/**
 * The server responded with 429. No call of this client sends a request for `waitMs`, or for `maxRetryAfterMs` if that is less.
 *
 * @example
 * import { ArizeClient, type RateLimitedEvent } from "ax-users";
 *
 * const log = ({ operation, waitMs }: RateLimitedEvent) => console.log(operation, waitMs);
 * const client = new ArizeClient({ onEvent: (event) => event.type === "rate_limited" && log(event) });
 * await client.users.list();
 */
export interface RateLimitedEvent extends EventBase {
  /** The kind of event. */
  type: "rate_limited";
  /** The pause that the server asked for, in milliseconds; without one, the backoff. */
  waitMs: number;
}

/**
 * An operation failed with an error, also if its method handles the error. An abort is an {@link AbortedEvent}.
 *
 * @example
 * import { ArizeClient, type FailedEvent } from "ax-users";
 *
 * const log = ({ operation, error }: FailedEvent) => console.log(operation, error);
 * const client = new ArizeClient({ onEvent: (event) => event.type === "failed" && log(event) });
 * await client.users.delete({ userId: "VXNlcjo5OTk5" }).catch(() => {});
 */
export interface FailedEvent extends EventBase {
  /** The kind of event. */
  type: "failed";
  /** The error's name: `ServerError`. */
  error: string;
  /** The HTTP status. Missing if no complete response arrived. */
  status?: number | undefined;
  /** Whether the operation may have taken effect. */
  outcome: Outcome;
  /** The time since the operation began, including waits, in milliseconds. */
  durationMs: number;
}

/**
 * An operation ended because its call was aborted: by the caller's signal, or by the package, which aborts the waiting requests
 * of a bulk call when its key is rejected.
 *
 * @example
 * import { type AbortedEvent, ArizeClient } from "ax-users";
 *
 * const log = ({ operation, outcome }: AbortedEvent) => console.log(operation, outcome);
 * const client = new ArizeClient({ onEvent: (event) => event.type === "aborted" && log(event) });
 * await client.users.list({}, { signal: AbortSignal.abort() }).catch(() => {});
 */
export interface AbortedEvent extends EventBase {
  /** The kind of event. */
  type: "aborted";
  /** Whether the operation may have taken effect. */
  outcome: Outcome;
  /** The time since the operation began, including waits, in milliseconds. */
  durationMs: number;
}

/**
 * An event in the life of a request. Passed to `onEvent`, to `logger` and, on Node 20.16 and later, to subscribers of the
 * diagnostics channel `ax-users:request`. Never contains a secret, an email address or a body.
 *
 * @example
 * import { ArizeClient, type ClientEvent } from "ax-users";
 *
 * const log = ({ type, operation }: ClientEvent) => console.log(type, operation);
 * const client = new ArizeClient({ onEvent: log });
 * await client.users.list();
 */
export type ClientEvent =
  | RequestEvent
  | ResponseEvent
  | RetryEvent
  | RateLimitedEvent
  | FailedEvent
  | AbortedEvent;

/**
 * A successful response of a call. Passed to `onResponse`.
 *
 * @example
 * import type { ResponseInfo } from "ax-users";
 *
 * const log = ({ operation, status, requestId }: ResponseInfo) => console.log(operation, status, requestId);
 * await client.users.list({}, { onResponse: log });
 */
export interface ResponseInfo {
  /** The operation's name in the spec: `users_list`. */
  operation: OperationId;
  /** The HTTP status. */
  status: number;
  /** The response headers, without cookies and credentials. */
  headers: Headers;
  /** The value of the `x-request-id` or `request-id` header. */
  requestId?: string | undefined;
  /** The number of requests sent, including retries. 1 without a retry. */
  attempts: number;
  /** The time from the start of the operation to the end of the response, including waits, in milliseconds. */
  durationMs: number;
}
