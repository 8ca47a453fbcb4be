/**
 * Whether any request of a failed call may have taken effect. `not_applied`: certainly none has. `unknown`: one may have. Always
 * `not_applied` for a read.
 *
 * @example
 * import type { Outcome } from "ax-users";
 *
 * const advice: Record<Outcome, string> = { not_applied: "repeat it", unknown: "look first" };
 * console.log(advice.unknown);
 */
export type Outcome = "not_applied" | "unknown";

/**
 * The options of the {@link ConnectionError} constructor, for your own tests.
 *
 * @example
 * import { ConnectionError, type FailedRequest } from "ax-users";
 *
 * const failed: FailedRequest = { outcome: "unknown", attempts: 3 };
 * console.log(new ConnectionError("connection lost", failed));
 */
export interface FailedRequest {
  /** Whether the call may have taken effect. */
  outcome: Outcome;
  /** The number of requests sent. */
  attempts: number;
  /** The error that the request failed with. */
  cause?: unknown;
}

/**
 * The fields of an {@link APIError}: those of the problem document (RFC 9457), if the body was one, and those of the call.
 *
 * @example
 * import { APIError, type APIErrorFields } from "ax-users";
 *
 * const log = ({ status, title, requestId }: APIErrorFields) => console.log(status, title, requestId);
 * await client.users.delete({ userId: "VXNlcjo5OTk5" }).catch((error) => {
 *   if (!(error instanceof APIError)) throw error;
 *   log(error);
 * });
 */
export interface APIErrorFields {
  /** The HTTP status. A different `status` in the body is ignored. */
  status: number;
  /** The problem's title; without one, the reason phrase of the response. */
  title: string;
  /** The problem's explanation. If the body is not a problem document, the start of the body. */
  detail?: string | undefined;
  /** A URI reference that identifies the kind of problem. */
  type?: string | undefined;
  /** A URI reference that identifies this occurrence. */
  instance?: string | undefined;
  /** The other members of the problem document, as the server sent them. */
  extensions: Record<string, unknown>;
  /** The ID to quote to the vendor's support, from `x-request-id`, `request-id`, or the problem's `request_id`. */
  requestId?: string | undefined;
  /** The response headers, without cookies and credentials. Empty if the error was made without a response. */
  headers: Headers;
  /** The wait that `Retry-After` asks for (RFC 9110, 10.2.3), in milliseconds after the response. */
  retryAfterMs?: number;
  /** Whether the call may have taken effect. Always `not_applied` for a read. */
  outcome: Outcome;
  /** The number of requests sent. */
  attempts: number;
}
