import type { SandboxOrganization, SeedOrganization } from "./organizations/types.ts";
import type { SandboxUser, SandboxUserUpdate, SeedUser } from "./users/types.ts";

/**
 * The options of {@link startSandbox}.
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
  /** The number of users to generate, the same ones every time, or the users themselves. Default: none. */
  users?: number | readonly SeedUser[];
  /** The number of organizations to generate, without members and the same ones every time, or the organizations themselves. Default: none. */
  organizations?: number | readonly SeedOrganization[];
  /** The only key that is accepted. Default: `sandbox-key`. */
  apiKey?: string;
  /**
   * The dialect of requests and responses. Options and the sandbox's own properties use the values of `alpha` in both.
   * Default: `alpha`.
   *
   * - `alpha`, until 2026-07-16: enum values in lower case, `read-only` with a hyphen; the name of a custom role in a
   *   request is ignored; an update clears a description with `""`.
   * - `current`, the hosted API of September 2026: enum values in upper case, `READ_ONLY` with an underscore; the name of a
   *   custom role in a request is rejected; an update clears a description with `null`; `createIsDeveloper`.
   *
   * Values of the other dialect are rejected with 400.
   */
  dialect?: "alpha" | "current";
  /**
   * What `current` does with `is_developer` in a request to create a user. The hosted API has no such field since September
   * 2026: `refuse` responds with 422, `ignore` leaves the permission to the role. Default: `refuse`. `alpha` uses the field,
   * whatever this says.
   */
  createIsDeveloper?: "refuse" | "ignore";
  /** The delay of each response, in milliseconds. A request takes effect before the delay. Default: 0. */
  latencyMs?: number;
  /**
   * A token bucket: `burst` requests at once, then `perSecond`; further ones get 429. Default: no limit.
   * `Retry-After` is the number of whole seconds until the next token, at least 1, or `retryAfterSeconds` if given.
   */
  rateLimit?: {
    /** Tokens added per second, above 0. */
    perSecond: number;
    /** The most tokens, at least 1. */
    burst: number;
    /** The value of `Retry-After`, in seconds, at least 0. */
    retryAfterSeconds?: number;
  };
  /** Default: any free port, as with 0. */
  port?: number;
}

/**
 * A request as the sandbox received it. Each read of its query, headers and body returns a new object.
 *
 * @example
 * import { type SandboxRequest, startSandbox } from "ax-users/testing";
 *
 * const line = ({ method, path, status }: SandboxRequest) => [method, path, status].join(" ");
 * const sandbox = await startSandbox();
 * await fetch(new URL("/v2/users", sandbox.baseUrl));
 * console.log(sandbox.requests.map(line)); // GET /v2/users 401: without the key
 * await sandbox.close();
 */
export interface SandboxRequest {
  /** The HTTP method: `GET`. */
  readonly method: string;
  /** As sent, percent-encoded, without the query. */
  readonly path: string;
  /** The query of the URL, decoded. */
  readonly query: URLSearchParams;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** The parsed JSON, or the text if it is not JSON. Missing if there was no body, and until it is complete. */
  readonly body?: unknown;
  /** The status sent. Missing until then, and if the socket was closed before. */
  readonly status?: number;
  /** When it arrived, in milliseconds since the epoch, with fractions, by a monotonic clock. */
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
  /** The ID of its recipient. */
  userId: string;
  /** Its subject. */
  kind: "invitation" | "password_reset";
}

/**
 * A fault: `status` replaces the real response, or `socket` breaks the connection.
 * A fault applies to any request it matches, even without the key or beyond the rate limit.
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
  /** Case-insensitive. Default: every method. */
  method?: string;
  /** The whole path without the query, percent-encoded or not, or a pattern that it contains. Default: every path. */
  path?: string | RegExp;
  /** How many matching requests are served first. Default: 0. */
  skip?: number;
  /** How many requests then fail; `Infinity` for all. Default: 1. */
  times?: number;
  /**
   * Whether the request fails before it takes effect in the sandbox, or after. Default: `before`. Without
   * a `status`, `cut` and `stall-body` need the real response, so they always apply after.
   */
  when?: "before" | "after";
  /** 200 to 599. */
  status?: number;
  /**
   * Only with `status`. A string is sent as it is, as `text/html`; anything else as JSON, from 400 on as
   * `application/problem+json`. Default: an empty body.
   */
  body?: unknown;
  /** Only with `status`. Added to the response's own headers, and replacing them. */
  headers?: Record<string, string>;
  /**
   * - `drop` closes the socket without a response, `stall` never responds. Not together with `status`.
   * - `cut` sends the headers and half of the body, then closes the socket; `stall-body` sends the same and then
   *   nothing: of the fault's response if it has a `status`, else of the real one. Without a body, `cut` is `drop` and
   *   `stall-body` is `stall`.
   */
  socket?: "drop" | "stall" | "cut" | "stall-body";
}

/**
 * A fault of a running sandbox.
 *
 * @example
 * import { type ActiveFault, startSandbox } from "ax-users/testing";
 *
 * const sandbox = await startSandbox();
 * const outage: ActiveFault = sandbox.fail({ status: 503, times: Infinity });
 * console.log((await fetch(new URL("/v2/users", sandbox.baseUrl))).status); // 503
 * outage.remove();
 * console.log((await fetch(new URL("/v2/users", sandbox.baseUrl))).status); // 401: without the key
 * await sandbox.close();
 */
export interface ActiveFault {
  /** Applies the fault to no further request. A call after that, or after its last request, has no effect. */
  remove(): void;
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
  /** The only key that is accepted. */
  readonly apiKey: string;
  /** All requests received, in order of arrival; grows with each. */
  readonly requests: readonly SandboxRequest[];
  /** All mails that the API would have sent, in order; grows with each. */
  readonly mails: readonly SandboxMail[];
  /** Copies of the users that the API would list, oldest first. */
  users(): SandboxUser[];
  /** Copies of the users that were deleted, oldest first. */
  removedUsers(): SandboxUser[];
  /** Copies of the organizations that were not deleted, oldest first. */
  organizations(): SandboxOrganization[];
  /**
   * Applies a fault to matching requests from now on. Of several faults, the first one added applies; a request that it
   * fails does not count for the `skip` and `times` of the others.
   *
   * @throws a TypeError where a member is unknown, of the wrong type, or not allowed together with another.
   * @throws a RangeError where a number is out of range.
   */
  fail(fault: Fault): ActiveFault;
  /**
   * Changes a user in a way that the API does not offer, as an admin on the web or single sign-on would: the role, the address, the
   * status. Returns a copy of the changed user.
   *
   * @throws a TypeError where nobody has the ID, another user has the address, or a member is unknown or invalid.
   */
  updateUser(id: string, changes: SandboxUserUpdate): SandboxUser;
  /**
   * Makes an invited user `active`, as the link in the mail does. Returns a copy of the user.
   *
   * @throws a TypeError where no user with the ID is `invited`.
   */
  acceptInvitation(id: string): SandboxUser;
  /**
   * Makes an invited user `expired`, as time does. Returns a copy of the user.
   *
   * @throws a TypeError where no user with the ID is `invited`.
   */
  expireInvitation(id: string): SandboxUser;
  /** Stops the server, and closes open and stalled connections at once. Further calls have no effect. */
  close(): Promise<void>;
  /** What `await using` calls: {@link Sandbox.close}. */
  [Symbol.asyncDispose](): Promise<void>;
}
