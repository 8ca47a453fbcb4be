import type { SandboxOrganization, SeedOrganization } from "./organizations/types.ts";
import type { SandboxUser, SeedUser } from "./users/types.ts";

/**
 * What {@link startSandbox} takes.
 *
 * @example
 * import { type SandboxOptions, startSandbox } from "ax-users/testing";
 *
 * const options: SandboxOptions = { users: 250, dialect: "current", rateLimit: { perSecond: 100, burst: 50 } };
 * const sandbox = await startSandbox(options);
 * console.log(sandbox.users().length); // 250
 * await sandbox.close();
 */
export interface SandboxOptions {
  /** So many made-up users, the same ones every time, or these. Left out, none. */
  users?: number | readonly SeedUser[];
  /** So many made-up organizations without members, the same ones every time, or these. Left out, none. */
  organizations?: number | readonly SeedOrganization[];
  /** The one key that is let in. Left out, `sandbox-key`. */
  apiKey?: string;
  /**
   * Which API it is on the wire. Options and what the sandbox gives are spelled as in `alpha` in either. Left out,
   * `alpha`.
   *
   * - `alpha`, until 2026-07-16: enum values in lower case, `read-only` with a hyphen; the name of a custom role in a
   *   request is ignored; an update clears a description by `""`.
   * - `current`, the hosted API since then: enum values in upper case, `READ_ONLY` with an underscore; the name of a
   *   custom role in a request is refused; an update clears a description by `null`; `createIsDeveloper`.
   *
   * What belongs to the other dialect is refused with 400.
   */
  dialect?: "alpha" | "current";
  /**
   * What `current` does with `is_developer` in a request to create a user. The hosted API does not have the field since
   * September 2026: `refuse` it with 422, or `ignore` it. Left out, it is used as before; `alpha` always uses it.
   */
  createIsDeveloper?: "refuse" | "ignore";
  /** How long each answer is held back, in milliseconds. A request takes effect before the wait. Left out, 0. */
  latencyMs?: number;
  /**
   * A token bucket: `burst` requests at once, then `perSecond`; what is beyond gets 429. Left out, no limit.
   * `Retry-After` says the whole seconds until the next token, at least 1, or `retryAfterSeconds` if given.
   */
  rateLimit?: {
    /** Tokens that come back in a second, above 0. */
    perSecond: number;
    /** Tokens that there are at most, from 1. */
    burst: number;
    /** What `Retry-After` says, in seconds, from 0. */
    retryAfterSeconds?: number;
  };
  /** Left out or 0, any that is free. */
  port?: number;
}

/**
 * A request as the sandbox received it. Its query, headers and body are made anew each time they are read.
 *
 * @example
 * import { type SandboxRequest, startSandbox } from "ax-users/testing";
 *
 * const line = ({ method, path, status }: SandboxRequest) => [method, path, status].join(" ");
 * const sandbox = await startSandbox();
 * await fetch(new URL("/v2/users", sandbox.baseUrl));
 * console.log(sandbox.requests.map(line)); // GET /v2/users 401: it was without the key
 * await sandbox.close();
 */
export interface SandboxRequest {
  /** HTTP's: `GET`. */
  readonly method: string;
  /** As it was sent, percent-encoded, without the query. */
  readonly path: string;
  /** Of the URL, decoded. */
  readonly query: URLSearchParams;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** The parsed JSON, or the text where it is none. Missing where there was no body, and until it has come whole. */
  readonly body?: unknown;
  /** The status sent. Missing until there is one, and for good where the socket was dropped before. */
  readonly status?: number;
  /** When it came, in milliseconds since the epoch, with fractions, by a clock that never goes back. */
  readonly receivedAtMs: number;
}

/**
 * A mail that the API would have sent.
 *
 * @example
 * import { ArizeClient } from "ax-users";
 * import { type SandboxMail, startSandbox } from "ax-users/testing";
 *
 * const sandbox = await startSandbox({ users: [{ id: "u1", email: "ada@example.com", status: "invited" }] });
 * const client = new ArizeClient({ baseUrl: sandbox.baseUrl, apiKey: sandbox.apiKey });
 * await client.users.resendInvitation({ userId: "u1" });
 * const [mail]: readonly SandboxMail[] = sandbox.mails;
 * console.log(mail?.to, mail?.kind); // ada@example.com invitation
 * await sandbox.close();
 */
export interface SandboxMail {
  /** The email address. */
  to: string;
  /** Whom it is for. */
  userId: string;
  /** What it is about. */
  kind: "invitation" | "password_reset";
}

/**
 * Something that goes wrong: `status` is answered instead of the real answer, or `socket` breaks the connection.
 * A fault strikes whatever it matches, also a request without the key or beyond the rate limit.
 *
 * @example
 * import { type Fault, startSandbox } from "ax-users/testing";
 *
 * const outage: Fault = { path: /^\/v2\/users/, status: 503, headers: { "retry-after": "2" }, times: Infinity };
 * const sandbox = await startSandbox();
 * sandbox.fail(outage);
 * console.log((await fetch(new URL("/v2/users", sandbox.baseUrl))).status); // 503
 * await sandbox.close();
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

/**
 * A running sandbox; `await using` closes it, too.
 *
 * @example
 * import { ArizeClient } from "ax-users";
 * import { type Sandbox, startSandbox } from "ax-users/testing";
 *
 * const clientOf = ({ baseUrl, apiKey }: Sandbox) => new ArizeClient({ baseUrl, apiKey });
 * const sandbox = await startSandbox({ users: [{ email: "ada@example.com" }] });
 * await clientOf(sandbox).users.delete({ userId: sandbox.users()[0]?.id ?? "" });
 * console.log(sandbox.removedUsers().length, sandbox.requests.length); // 1 1
 * await sandbox.close();
 */
export interface Sandbox {
  /** `http://127.0.0.1:` and the port. */
  readonly baseUrl: string;
  /** The one key that is let in. */
  readonly apiKey: string;
  /** Every request received, in order of arrival; grows as they come. */
  readonly requests: readonly SandboxRequest[];
  /** Every mail the API would have sent, in order; grows as they are sent. */
  readonly mails: readonly SandboxMail[];
  /** Copies of the users the API would list, oldest first. */
  users(): SandboxUser[];
  /** Copies of the users that were deleted, oldest first. */
  removedUsers(): SandboxUser[];
  /** Copies of the organizations that were not deleted, oldest first. */
  organizations(): SandboxOrganization[];
  /**
   * From now on, strikes the requests that match. Of several faults the first given wins; a request it strikes
   * does not count for the `skip` and `times` of the others.
   *
   * @throws a TypeError where a member is unknown, of the wrong kind, or does not go with another.
   * @throws a RangeError where a number is out of its range.
   */
  fail(fault: Fault): void;
  /** Stops, and ends open and stalled connections at once. Further calls change nothing. */
  close(): Promise<void>;
  /** What `await using` calls: {@link Sandbox.close}. */
  [Symbol.asyncDispose](): Promise<void>;
}
