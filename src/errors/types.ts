/**
 * Whether a failed call may have changed anything, by any of its requests: certainly not, or nobody can tell. That of a
 * read is always `not_applied`.
 *
 * @example
 * import type { Outcome } from "ax-users";
 *
 * const advice: Record<Outcome, string> = { not_applied: "repeat it", unknown: "look first" };
 * console.log(advice.unknown);
 */
export type Outcome = "not_applied" | "unknown";

/**
 * One thing that is wrong with the arguments of a call.
 *
 * @example
 * import { ValidationError, type ValidationIssue } from "ax-users";
 *
 * const tell = ({ path, message }: ValidationIssue) => console.log(path, message);
 * await client.users.delete({ userId: "" }).catch((error) => {
 *   if (!(error instanceof ValidationError)) throw error;
 *   error.issues.forEach(tell);
 * });
 */
export interface ValidationIssue {
  /** The argument, in public names: `userId`, `role.name`, `emails[3]`; empty where it is not about one. */
  path: string;
  /** The rule, and what was received instead. */
  message: string;
}

/**
 * What a {@link ConnectionError} is made of, for tests of your own.
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
  /** How many requests were sent. */
  attempts: number;
  /** Why the request failed. */
  cause?: unknown;
}

/**
 * What an {@link APIError} says: of a problem document (RFC 9457) where the body was one, and of the call.
 *
 * @example
 * import { APIError, type APIErrorFields } from "ax-users";
 *
 * const tell = ({ status, title, requestId }: APIErrorFields) => console.log(status, title, requestId);
 * await client.users.delete({ userId: "VXNlcjo5OTk5" }).catch((error) => {
 *   if (!(error instanceof APIError)) throw error;
 *   tell(error);
 * });
 */
export interface APIErrorFields {
  /** HTTP's status, whatever the body says. */
  status: number;
  /** The problem's title, else HTTP's own phrase for the status. */
  title: string;
  /** The problem's explanation; where the body is no problem document, the start of that body. */
  detail?: string | undefined;
  /** A URI reference that names the kind of problem. */
  type?: string | undefined;
  /** A URI reference to this occurrence. */
  instance?: string | undefined;
  /** The problem's other members, as the server sent them. */
  extensions: Record<string, unknown>;
  /** What to quote to the vendor's support: of `x-request-id`, `request-id`, or the problem's `request_id`. */
  requestId?: string | undefined;
  /** The response's headers without cookies and credentials; empty if the error was made without a response. */
  headers: Headers;
  /** What `Retry-After` (RFC 9110, 10.2.3) asks for, in milliseconds from the answer on. */
  retryAfterMs?: number;
  /** Whether the call may have taken effect. Always `not_applied` for a read. */
  outcome: Outcome;
  /** How many requests were sent. */
  attempts: number;
}
