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
  /** The initial users, or the number of users to generate. The generated users are always the same. Default: none. */
  users?: number | readonly SeedUser[];
  /**
   * The initial organizations, or the number of organizations to generate. The generated organizations are always the same,
   * and have no members. Default: none.
   */
  organizations?: number | readonly SeedOrganization[];
  /** The only API key that the sandbox accepts. Default: `sandbox-key`. */
  apiKey?: string;
  /**
   * The dialect of requests and responses. Options and the sandbox's own properties use the values of `alpha` in both
   * dialects. Default: `alpha`.
   *
   * - `alpha`, the API until 2026-07-16: enum values in lower case, `read-only` with a hyphen. The name of a custom role in a
   *   request is ignored. An update clears a description with `""`.
   * - `current`, the hosted API of September 2026: enum values in upper case, `READ_ONLY` with an underscore. The name of a
   *   custom role in a request is rejected. An update clears a description with `null`. See also `createIsDeveloper`.
   *
   * Values of the other dialect are rejected with 400.
   */
  dialect?: "alpha" | "current";
  /**
   * How `current` treats `is_developer` in a request to create a user. The hosted API has not had this field since September
   * 2026. `refuse` responds with 422; with `ignore`, the role determines the permission. `alpha` always uses the field.
   * Default: `refuse`.
   */
  createIsDeveloper?: "refuse" | "ignore";
  /** The delay of each response, in milliseconds. A request takes effect before the delay. Default: 0. */
  latencyMs?: number;
  /**
   * A rate limit by token bucket: `burst` requests at once, then `perSecond`. Further requests get a 429. Its `Retry-After` is the
   * number of whole seconds until the next token, at least 1, or `retryAfterSeconds` if given. Default: no limit.
   */
  rateLimit?: {
    /** Tokens added per second, above 0. */
    perSecond: number;
    /** The most tokens, at least 1. */
    burst: number;
    /** The value of `Retry-After`, in seconds, at least 0. */
    retryAfterSeconds?: number;
  };
  /** The port to listen on; 0 is any free port. Default: 0. */
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
  /** The path as sent: percent-encoded, without the query. */
  readonly path: string;
  /** The query of the URL, decoded. */
  readonly query: URLSearchParams;
  /** The headers, by lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** The parsed JSON body, or the text if it is not JSON. Missing if there is no body, and until it is complete. */
  readonly body?: unknown;
  /** The status of the response. Missing until it is sent, and if the socket was closed before. */
  readonly status?: number;
  /** The time of arrival, in milliseconds since 1970, with fractions. Measured with a monotonic clock. */
  readonly receivedAtMs: number;
}

/**
 * An email that the API would have sent.
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
  /** The recipient's email address. */
  to: string;
  /** The recipient's user ID. */
  userId: string;
  /** What the email is for. */
  kind: "invitation" | "password_reset";
}

/**
 * A fault to inject: `status` replaces the real response, or `socket` breaks the connection.
 * A fault applies to every request that it matches, even without the key or beyond the rate limit.
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
  /** The HTTP method, case-insensitive. Default: every method. */
  method?: string;
  /** The complete path without the query, percent-encoded or not, or a pattern for a part of it. Default: every path. */
  path?: string | RegExp;
  /** The number of matching requests that are served normally first. Default: 0. */
  skip?: number;
  /** The number of requests that fail after that; `Infinity` for all. Default: 1. */
  times?: number;
  /**
   * Whether the request fails before or after it takes effect in the sandbox. Without a `status`, `cut` and `stall-body`
   * need the real response, so they always apply after. Default: `before`.
   */
  when?: "before" | "after";
  /** The status of the response, 200 to 599. */
  status?: number;
  /**
   * The body of the response; only with `status`. A string is sent as it is, as `text/html`. Any other value is sent as JSON: as
   * `application/problem+json` if the status is 400 or above, as the API does. Default: an empty body, as from a proxy.
   */
  body?: unknown;
  /** Headers of the response; only with `status`. They are added to the default headers, or replace them. */
  headers?: Record<string, string>;
  /**
   * How the connection breaks:
   *
   * - `drop` closes the socket without a response. `stall` never responds. Neither is allowed together with `status`.
   * - `cut` sends the headers and half of the body, then closes the socket. `stall-body` sends the same, then nothing more. The
   *   response is that of the fault if it has a `status`, and the real one otherwise. If it has no body, `cut` acts like `drop`
   *   and `stall-body` like `stall`.
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
  /** Removes the fault. Has no effect if it was already removed, or has been applied to its last request. */
  remove(): void;
}

/**
 * A running sandbox. `await using` closes it automatically.
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
  /** The address for clients: `http://127.0.0.1:` and the port. */
  readonly baseUrl: string;
  /** The only API key that the sandbox accepts. */
  readonly apiKey: string;
  /** All requests received, in order of arrival. New requests are appended. */
  readonly requests: readonly SandboxRequest[];
  /** All emails that the API would have sent, in order. New emails are appended. */
  readonly mails: readonly SandboxMail[];
  /** Returns copies of the users that the API would list, oldest first. */
  users(): SandboxUser[];
  /** Returns copies of the deleted users, oldest first. */
  removedUsers(): SandboxUser[];
  /** Returns copies of the organizations that are not deleted, oldest first. */
  organizations(): SandboxOrganization[];
  /**
   * Applies a fault to matching requests from now on. If several faults match, the one that was added first applies; the request
   * does not count towards `skip` and `times` of the others.
   *
   * @throws a TypeError if a member is unknown, of the wrong type, or not allowed together with another.
   * @throws a RangeError if a number is out of range.
   */
  fail(fault: Fault): ActiveFault;
  /**
   * Changes a user in ways that the API does not offer, such as the role, the email address or the status. In production, an admin
   * does this on the web, or single sign-on does. A user who becomes `inactive` leaves all organizations, as after a delete. Returns a
   * copy of the changed user.
   *
   * @throws a TypeError if no user has the ID, another user has the address, the user's roles in organizations do not permit the
   * account role, or a member is unknown or invalid.
   */
  updateUser(id: string, changes: SandboxUserUpdate): SandboxUser;
  /**
   * Makes an invited user `active`, as following the link in the email does. Returns a copy of the user.
   *
   * @throws a TypeError if there is no `invited` user with the ID.
   */
  acceptInvitation(id: string): SandboxUser;
  /**
   * Makes an invited user `expired`, as happens after some time. Returns a copy of the user.
   *
   * @throws a TypeError if there is no `invited` user with the ID.
   */
  expireInvitation(id: string): SandboxUser;
  /** Stops the server, and closes all connections at once. Further calls have no effect. */
  close(): Promise<void>;
  /** Calls {@link Sandbox.close}; for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}
