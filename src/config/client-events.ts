import type { OperationId } from "../../generated/operations.gen.ts";
import type { Outcome } from "../errors/types.ts";

/** What every event has. */
export interface EventBase {
  /** The same for all requests of one call of a method, the pages of an iteration included; no other call of the process has it. */
  callId: string;
  /** When it happened, in milliseconds since 1970. */
  timestamp: number;
  /** The spec's name of the operation: `users_list`. */
  operation: OperationId;
  /** HTTP's: `GET`. */
  method: string;
  /** The path as the spec has it, without IDs: `/v2/users/{user_id}`. */
  path: string;
  /** Which request of the call this is about, from 1. */
  attempt: number;
}

/**
 * A request is about to be sent.
 *
 * @example
 * import { ArizeClient, type RequestEvent } from "ax-users";
 *
 * const tell = ({ operation, attempt }: RequestEvent) => console.log(operation, attempt);
 * const client = new ArizeClient({ onEvent: (event) => event.type === "request" && tell(event) });
 * await client.users.list();
 */
export interface RequestEvent extends EventBase {
  /** Which event it is. */
  type: "request";
}

/**
 * An answer was read to its end, of whatever status.
 *
 * @example
 * import { ArizeClient, type ResponseEvent } from "ax-users";
 *
 * const tell = ({ operation, status, durationMs }: ResponseEvent) => console.log(operation, status, durationMs);
 * const client = new ArizeClient({ onEvent: (event) => event.type === "response" && tell(event) });
 * await client.users.list();
 */
export interface ResponseEvent extends EventBase {
  /** Which event it is. */
  type: "response";
  /** HTTP's. */
  status: number;
  /** Of the `x-request-id` or `request-id` header. */
  requestId?: string | undefined;
  /** From the request to the end of its answer, in milliseconds. */
  durationMs: number;
}

/**
 * A request failed, and the next one follows after a wait.
 *
 * @example
 * import { ArizeClient, type RetryEvent } from "ax-users";
 *
 * const tell = ({ operation, waitMs }: RetryEvent) => console.log(operation, waitMs);
 * const client = new ArizeClient({ onEvent: (event) => event.type === "retry" && tell(event) });
 * await client.users.list();
 */
export interface RetryEvent extends EventBase {
  /** Which event it is. */
  type: "retry";
  /** Missing if no complete response arrived. */
  status?: number | undefined;
  /** The status, or the code of what went wrong (`ECONNRESET`), or the name of the error without one (`TimeoutError`). */
  reason: string | number;
  /** Until the next request, in milliseconds. */
  waitMs: number;
}

/**
 * The server answered 429: no call of this client sends anything for so long, or for `maxRetryAfterMs` where that is less.
 *
 * @example
 * import { ArizeClient, type RateLimitedEvent } from "ax-users";
 *
 * const tell = ({ operation, waitMs }: RateLimitedEvent) => console.log(operation, waitMs);
 * const client = new ArizeClient({ onEvent: (event) => event.type === "rate_limited" && tell(event) });
 * await client.users.list();
 */
export interface RateLimitedEvent extends EventBase {
  /** Which event it is. */
  type: "rate_limited";
  /** What the server asked for, or without that the back-off, in milliseconds. */
  waitMs: number;
}

/**
 * An operation ends with an error, one that its method goes on to settle included; an abort is an {@link AbortedEvent}.
 *
 * @example
 * import { ArizeClient, type FailedEvent } from "ax-users";
 *
 * const tell = ({ operation, error }: FailedEvent) => console.log(operation, error);
 * const client = new ArizeClient({ onEvent: (event) => event.type === "failed" && tell(event) });
 * await client.users.delete({ userId: "VXNlcjo5OTk5" }).catch(() => {});
 */
export interface FailedEvent extends EventBase {
  /** Which event it is. */
  type: "failed";
  /** The error's name: `ServerError`. */
  error: string;
  /** Missing if no complete response arrived. */
  status?: number | undefined;
  /** Whether it may have taken effect. */
  outcome: Outcome;
  /** From the beginning of the first request on, waits included, in milliseconds. */
  durationMs: number;
}

/**
 * An operation ends since its call was aborted by the caller's signal, or by the package, such as the waiting requests of a bulk
 * call whose key was refused.
 *
 * @example
 * import { type AbortedEvent, ArizeClient } from "ax-users";
 *
 * const tell = ({ operation, outcome }: AbortedEvent) => console.log(operation, outcome);
 * const client = new ArizeClient({ onEvent: (event) => event.type === "aborted" && tell(event) });
 * await client.users.list({}, { signal: AbortSignal.abort() }).catch(() => {});
 */
export interface AbortedEvent extends EventBase {
  /** Which event it is. */
  type: "aborted";
  /** Whether it may have taken effect. */
  outcome: Outcome;
  /** From the beginning of the first request on, waits included, in milliseconds. */
  durationMs: number;
}

/**
 * What happens to a client's requests, for `onEvent`, `logger` and, on Node from 20.16, subscribers of the diagnostics channel
 * `ax-users:request`. Never carries a secret, an address or a body.
 *
 * @example
 * import { ArizeClient, type ClientEvent } from "ax-users";
 *
 * const tell = ({ type, operation }: ClientEvent) => console.log(type, operation);
 * const client = new ArizeClient({ onEvent: tell });
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
 * A successful response of a call, for `onResponse`.
 *
 * @example
 * import type { ResponseInfo } from "ax-users";
 *
 * const tell = ({ operation, status, requestId }: ResponseInfo) => console.log(operation, status, requestId);
 * await client.users.list({}, { onResponse: tell });
 */
export interface ResponseInfo {
  /** The spec's name of the operation: `users_list`. */
  operation: OperationId;
  /** HTTP's. */
  status: number;
  /** The response's headers, without cookies and credentials. */
  headers: Headers;
  /** Of the `x-request-id` or `request-id` header. */
  requestId?: string | undefined;
  /** How many requests were sent for it, 1 where none had to be repeated. */
  attempts: number;
  /** From the beginning of the first request to the end of the response, waits included, in milliseconds. */
  durationMs: number;
}
