/** Whether a failed call may have changed anything: certainly not, or nobody can tell. */
export type Outcome = "not_applied" | "unknown";

/** One thing that is wrong with the arguments of a call. */
export interface ValidationIssue {
  /** The argument, in public names: `userId`, `role.name`, `emails[3]`. */
  path: string;
  /** The rule, and what was received instead. */
  message: string;
}

/** What is known of a request that got no usable answer. */
export interface FailedRequest {
  outcome: Outcome;
  attempts: number;
  cause?: unknown;
}

/** What an answer with an HTTP error status said, after RFC 9457. */
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
  /** What to quote to the vendor's support. */
  requestId?: string | undefined;
  /** The answer's headers without cookies and credentials; empty where the error was made without an answer. */
  headers: Headers;
  /** What `Retry-After` asks for, in milliseconds from the answer on. */
  retryAfterMs?: number;
  /** Whether the call may have taken effect. Always `not_applied` for a read. */
  outcome: Outcome;
  /** How many requests were sent. */
  attempts: number;
}
