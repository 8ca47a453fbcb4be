/** An account role, as the API gives it. */
export type SandboxRole =
  | { type: "predefined"; name: "admin" | "member" | "annotator" }
  | { type: "custom"; id: string; name?: string };

/** A user of the sandbox. `inactive` is what the API makes of a deleted one; it never lists or gets those. */
export interface SandboxUser {
  id: string;
  name: string;
  email: string;
  status: "active" | "invited" | "expired" | "inactive";
  role: SandboxRole;
  isDeveloper: boolean;
  /** RFC 3339 in UTC. */
  createdAt: string;
}

/** A user to start with. Only the email is needed. */
export interface SeedUser {
  /** Unique among the seeds, whatever its case. */
  email: string;
  /** Left out, what stands before the `@`. */
  name?: string;
  /** Left out, one like the API's: base64 of `User:1`, `User:2`, ... that no other seed has. */
  id?: string;
  /** Left out, `active`. */
  status?: "active" | "invited" | "expired" | "inactive";
  /** A name stands for the predefined role. Left out, `member`. */
  role?: SandboxRole | "admin" | "member" | "annotator";
  /** Left out, false for an annotator and true for every other role. */
  isDeveloper?: boolean;
  /** The order of listing. Left out, 2024-01-01T00:00:00Z and a minute for each seed before this one. */
  createdAt?: string | Date;
}

/** What `startSandbox` takes. */
export interface SandboxOptions {
  /** So many made-up users, the same ones every time, or these. Left out, none. */
  users?: number | readonly SeedUser[];
  /** The one key that is let in. Left out, `sandbox-key`. */
  apiKey?: string;
  /** The API's spelling of enum values: `alpha`, the only one so far, has them in lower case. */
  era?: "alpha";
  /** How long each answer is held back. A request takes effect before the wait. Left out, 0. */
  latencyMs?: number;
  /**
   * A token bucket: `burst` requests at once, then `perSecond`; what is beyond gets 429. Left out, no limit.
   * `Retry-After` says the whole seconds until the next token, at least 1, or `retryAfterSeconds` if given.
   */
  rateLimit?: { perSecond: number; burst: number; retryAfterSeconds?: number };
  /** Left out or 0, any that is free. */
  port?: number;
}

/** A request as the sandbox received it. */
export interface SandboxRequest {
  readonly method: string;
  /** As it was sent, percent-encoded, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** The parsed JSON, or the text where it is none. Missing where there was no body, and until it has come whole. */
  readonly body?: unknown;
  /** The status sent. Missing until there is one, and for good where the socket was dropped before. */
  readonly status?: number;
  /** Since the epoch, with fractions, by a clock that never goes back. */
  readonly receivedAtMs: number;
}

/** A mail that the API would have sent. */
export interface SandboxMail {
  /** The email address. */
  to: string;
  userId: string;
  kind: "invitation" | "password_reset";
}

/**
 * Something that goes wrong: `status` is answered instead of the real answer, or `socket` breaks the connection.
 * A fault strikes whatever it matches, also a request without the key or beyond the rate limit.
 */
export interface Fault {
  /** In any case. Left out, every method. */
  method?: string;
  /** The whole path without the query, percent-encoded or not, or what is to be found in it. Left out, every path. */
  path?: string | RegExp;
  /** So many matches are let through first. Left out, 0. */
  skip?: number;
  /** Then so many are struck; `Infinity` for all. Left out, 1. */
  times?: number;
  /**
   * Whether the request is struck before it takes effect in the sandbox, or after. Left out, `before`. Without
   * a `status`, `cut` and `stall-body` need the real answer and so always come after.
   */
  when?: "before" | "after";
  /** From 200 to 599. */
  status?: number;
  /**
   * With `status` only. A string is sent as it is, as `text/html`; anything else as JSON, from 400 on as
   * `application/problem+json`. Left out, the answer is empty.
   */
  body?: unknown;
  /** With `status` only. Added to the answer's own headers, and stronger. */
  headers?: Record<string, string>;
  /**
   * - `drop` closes the socket without an answer, `stall` never answers. Neither goes with `status`.
   * - `cut` sends the headers and half of the body, then closes the socket; `stall-body` sends as much and then
   *   nothing. Of the fault's answer where it has a `status`, else of the real one. An answer without a body is
   *   dropped or stalled whole.
   */
  socket?: "drop" | "stall" | "cut" | "stall-body";
}

/** A running sandbox. */
export interface Sandbox {
  /** `http://127.0.0.1:` and the port. */
  readonly baseUrl: string;
  readonly apiKey: string;
  /** Every request received, in order of arrival; grows as they come. */
  readonly requests: readonly SandboxRequest[];
  /** Every mail the API would have sent, in order; grows as they are sent. */
  readonly mails: readonly SandboxMail[];
  /** Copies of the users the API would list, oldest first. */
  users(): SandboxUser[];
  /** Copies of the users that were deleted, oldest first. */
  removedUsers(): SandboxUser[];
  /**
   * From now on, strikes the requests that match. Of several faults the first given wins; a request it strikes
   * does not count for the `skip` and `times` of the others.
   *
   * @throws {TypeError} where a member is unknown, of the wrong kind, or does not go with another.
   * @throws {RangeError} where a number is out of its range.
   */
  fail(fault: Fault): void;
  /** Stops, and ends open and stalled connections at once. Further calls change nothing. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}
