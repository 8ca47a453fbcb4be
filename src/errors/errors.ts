import type { User } from "../../generated/models.gen.ts";
import { printable } from "../util/show.ts";
import { guard, identify } from "./identity.ts";
import type { ValidationIssue } from "./issue.ts";
import type { APIErrorFields, FailedRequest, Outcome } from "./types.ts";

/**
 * The base class of all errors of this package. An aborted call rejects with the signal's own reason instead of one of these.
 *
 * @example
 * import { ArizeError } from "ax-users";
 *
 * await client.users.delete({ userId: "VXNlcjo5OTk5" }).catch((error) => {
 *   if (!(error instanceof ArizeError)) throw error;
 *   console.log(error.name, error.message);
 * });
 */
export class ArizeError extends Error {
  /**
   * Returns whether a value is an error of this class. Unlike `instanceof`, also recognizes errors of another copy of this
   * package.
   *
   * @example
   * import { ArizeError } from "ax-users";
   *
   * await client.users.delete({ userId: "VXNlcjo5OTk5" }).catch((error: unknown) => {
   *   if (!ArizeError.is(error)) throw error;
   *   console.log(error.outcome);
   * });
   */
  static readonly is: (value: unknown) => value is ArizeError = guard("ArizeError");
  /** The name of the class: `NotFoundError`. */
  declare readonly name: string;
  /** Whether the call may have taken effect. Always `not_applied` for a read. */
  readonly outcome: Outcome;
  /**
   * Set by `users.create` if the user was created, but `isDeveloper` could not be set afterwards. Includes the temporary password,
   * if any. Not enumerable, so that logs do not show the user.
   */
  declare readonly user?: User & {
    /** As on the result of `create`; not enumerable either. */
    readonly temporaryPassword?: string;
  };

  constructor(
    message?: string,
    { outcome = "not_applied", ...options }: { outcome?: Outcome | undefined; cause?: unknown } = {},
  ) {
    super(message && printable(message), options);
    this.outcome = outcome;
    identify(this);
  }

  /**
   * Returns name, message and fields for JSON, with the headers as an object; `JSON.stringify` would otherwise omit name and
   * message. Leaves out the cause and everything that is not enumerable.
   *
   * @example
   * await client.users.delete({ userId: "VXNlcjo5OTk5" }).catch((error) => console.log(JSON.stringify(error)));
   */
  toJSON(): object {
    const { headers, ...fields } = this as this & { headers?: Partial<Headers> };
    const entries = headers?.entries?.();
    const shown = headers && { headers: entries ? Object.fromEntries(entries) : headers };
    return Object.assign({ name: this.name, message: this.message }, fields, shown);
  }
}

/** The message for an unknown argument names the argument already. */
const sentence = ({ path, message }: ValidationIssue): string =>
  message.startsWith(`unknown argument ${JSON.stringify(path)}`) ? message : `${path} ${message}`.trim();

/**
 * An argument or an option breaks a rule. Nothing was sent, unless a token provider failed at a later attempt: `outcome` then
 * covers the earlier attempts.
 *
 * @example
 * import { ValidationError } from "ax-users";
 *
 * await client.users.delete({ userId: "" }).catch((error) => {
 *   if (!(error instanceof ValidationError)) throw error;
 *   console.log(error.issues);
 * });
 */
export class ValidationError extends ArizeError {
  /** All broken rules, not just the first. */
  readonly issues: readonly ValidationIssue[];

  constructor(
    where: string,
    issues: readonly ValidationIssue[],
    options?: { outcome?: Outcome | undefined; cause?: unknown },
  ) {
    super(`${where}: ${issues.map(sentence).join("; ")}`, options);
    this.issues = issues;
  }

  static override readonly is: (value: unknown) => value is ValidationError = guard("ValidationError");
  declare readonly name: "ValidationError";
}

/**
 * No complete response arrived: the connection failed or was lost, or the body ended early. Requests that are safe to
 * repeat were repeated up to `maxRetries` times. `cause` is a copy of the error that `fetch` threw, without
 * secrets: its name, message, `code`, `syscall`, address and causes.
 *
 * @example
 * import { ConnectionError } from "ax-users";
 *
 * await client.users.resetPassword({ userId: user.id }).catch((error) => {
 *   if (!(error instanceof ConnectionError)) throw error;
 *   console.log(error.outcome); // unknown: the email may be on its way
 * });
 */
export class ConnectionError extends ArizeError {
  /** The number of requests sent; 0 if the time was up before the first. */
  readonly attempts: number;

  constructor(message: string, { attempts, ...options }: FailedRequest) {
    super(message, options);
    this.attempts = attempts;
  }

  static override readonly is: (value: unknown) => value is ConnectionError = guard("ConnectionError");
  declare readonly name: "ConnectionError" | "TimeoutError";
}

/**
 * No complete response arrived within `timeoutMs` or `deadlineMs`. A `signal` that times out rejects with its own reason instead.
 *
 * @example
 * import { TimeoutError } from "ax-users";
 *
 * await client.users.resetPassword({ userId: user.id }, { timeoutMs: 500 }).catch((error) => {
 *   if (!(error instanceof TimeoutError)) throw error;
 *   console.log(error.outcome);
 * });
 */
export class TimeoutError extends ConnectionError {
  static override readonly is: (value: unknown) => value is TimeoutError = guard("TimeoutError");
  declare readonly name: "TimeoutError";
}

/**
 * A complete response with a success status is not what the API specifies: a proxy's page, an empty or broken body, a cursor
 * that leads back to an earlier page. The request is not sent again.
 *
 * @example
 * import { UnexpectedResponseError } from "ax-users";
 *
 * await client.users.delete({ userId: user.id }).catch((error) => {
 *   if (!(error instanceof UnexpectedResponseError)) throw error;
 *   console.log(error.message);
 * });
 */
export class UnexpectedResponseError extends ArizeError {
  /**
   * Set by `create`: the one-time password of the user who was created, even though the response is not what the API specifies.
   * It is searched for in JSON, text within JSON, forms and XML. A password that is not a string is given as its JSON text. Not
   * enumerable: logs and JSON do not show it.
   */
  declare readonly temporaryPassword?: string;

  /** `outcome` is `unknown` for a write, since the server reported success, and `not_applied` for a read. */
  constructor(message: string, outcome: Outcome, options?: ErrorOptions) {
    super(message, { ...options, outcome });
  }

  static override readonly is: (value: unknown) => value is UnexpectedResponseError =
    guard("UnexpectedResponseError");
  declare readonly name: "UnexpectedResponseError";
}

/**
 * Several users have the same email address, or several organizations the same name. Use the ID of the one that you mean.
 *
 * @example
 * import { AmbiguousMatchError } from "ax-users";
 *
 * await client.organizations.get({ organization: "sales" }).catch((error) => {
 *   if (!(error instanceof AmbiguousMatchError)) throw error;
 *   console.log(error.matchingIds);
 * });
 */
export class AmbiguousMatchError extends ArizeError {
  /** The IDs of all matches. */
  readonly matchingIds: readonly string[];

  constructor(message: string, matchingIds: readonly string[]) {
    super(message);
    this.matchingIds = matchingIds;
  }

  static override readonly is: (value: unknown) => value is AmbiguousMatchError =
    guard("AmbiguousMatchError");
  declare readonly name: "AmbiguousMatchError";
}

// The interface has the class's name, so that the fields are declared once and set in one statement.
export interface APIError extends Readonly<APIErrorFields> {}

/**
 * The server responded with an error status. Each common status has a subclass; any other one is an `APIError`, and so is a
 * redirect, because redirects are not followed. {@link APIErrorFields} describes the fields.
 *
 * @example
 * import { APIError } from "ax-users";
 *
 * await client.users.delete({ userId: "VXNlcjo5OTk5" }).catch((error) => {
 *   if (!(error instanceof APIError)) throw error;
 *   console.log(error.status, error.detail, error.requestId);
 * });
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: the constructor sets every field of the interface
export class APIError extends ArizeError {
  constructor(message: string, fields: APIErrorFields, options?: ErrorOptions) {
    super(message, options);
    Object.assign(this, fields);
  }

  static override readonly is: (value: unknown) => value is APIError = guard("APIError");
  declare readonly name: string;
}

/**
 * 400: the server rejected the request as invalid.
 *
 * @example
 * import { BadRequestError } from "ax-users";
 *
 * await client.users.resendInvitation({ userId: user.id }).catch((error) => {
 *   if (!(error instanceof BadRequestError)) throw error;
 *   console.log(error.detail);
 * });
 */
export class BadRequestError extends APIError {
  declare readonly status: 400;

  static override readonly is: (value: unknown) => value is BadRequestError = guard("BadRequestError");
  declare readonly name: "BadRequestError";
}

/**
 * 401: the key is missing, mistyped, expired, revoked, or belongs to another region. It ends a bulk call.
 *
 * @example
 * import { ArizeClient, AuthenticationError } from "ax-users";
 *
 * const client = new ArizeClient({ apiKey: "mistyped" });
 * await client.users.list().catch((error) => {
 *   if (!(error instanceof AuthenticationError)) throw error;
 *   console.log(error.detail);
 * });
 */
export class AuthenticationError extends APIError {
  declare readonly status: 401;

  static override readonly is: (value: unknown) => value is AuthenticationError =
    guard("AuthenticationError");
  declare readonly name: "AuthenticationError";
}

/**
 * 403: the key's owner lacks the permission.
 *
 * @example
 * import { PermissionDeniedError } from "ax-users";
 *
 * await client.users.delete({ userId: user.id }).catch((error) => {
 *   if (!(error instanceof PermissionDeniedError)) throw error;
 *   console.log(error.detail);
 * });
 */
export class PermissionDeniedError extends APIError {
  declare readonly status: 403;

  static override readonly is: (value: unknown) => value is PermissionDeniedError =
    guard("PermissionDeniedError");
  declare readonly name: "PermissionDeniedError";
}

/**
 * 404: the user, organization or member does not exist, or the key may not read it; the API does not distinguish the two.
 * `headers` is empty if a lookup by address or name found nothing. A 404 that is not from the API is an {@link APIError}.
 *
 * @example
 * import { NotFoundError } from "ax-users";
 *
 * await client.users.get({ user: "nobody@example.com" }).catch((error) => {
 *   if (!(error instanceof NotFoundError)) throw error;
 *   console.log("no such user");
 * });
 */
export class NotFoundError extends APIError {
  declare readonly status: 404;

  static override readonly is: (value: unknown) => value is NotFoundError = guard("NotFoundError");
  declare readonly name: "NotFoundError";
}

/**
 * 409: the user or the organization already exists, or the user was removed for good. `reason` says which.
 *
 * @example
 * import { ConflictError } from "ax-users";
 *
 * await client.organizations.create({ name: "Data Ops" }).catch((error) => {
 *   if (!(error instanceof ConflictError)) throw error;
 *   console.log(error.reason, error.detail);
 * });
 */
export class ConflictError extends APIError {
  declare readonly status: 409;

  /**
   * The kind of conflict:
   *
   * - `exists`: the user or the organization already exists.
   * - `removed`: the server reports that the address is taken, but no user with it can be found. The user was removed for
   *   good, or is not visible to this key.
   * - `unknown`: neither could be determined. If a lookup failed, `cause` is its error.
   */
  readonly reason: "exists" | "removed" | "unknown";

  /** The existing user, with `onExisting: "throw"`. Not enumerable, so that logs do not show the user. */
  declare readonly existing?: User;

  constructor(
    message: string,
    {
      existing,
      reason = "unknown",
      ...fields
    }: APIErrorFields & { existing?: User | undefined; reason?: ConflictError["reason"] },
    options?: ErrorOptions,
  ) {
    super(message, fields, options);
    this.reason = reason;
    if (existing) Object.defineProperty(this, "existing", { value: existing });
  }

  static override readonly is: (value: unknown) => value is ConflictError = guard("ConflictError");
  declare readonly name: "ConflictError";
}

/**
 * 422: a value is well-formed, but the server does not accept it.
 *
 * @example
 * import { UnprocessableEntityError } from "ax-users";
 *
 * await client.users.delete({ userId: user.id }).catch((error) => {
 *   if (!(error instanceof UnprocessableEntityError)) throw error;
 *   console.log(error.detail);
 * });
 */
export class UnprocessableEntityError extends APIError {
  declare readonly status: 422;

  static override readonly is: (value: unknown) => value is UnprocessableEntityError =
    guard("UnprocessableEntityError");
  declare readonly name: "UnprocessableEntityError";
}

/**
 * 429: too many requests. Thrown when retries did not help, or at once if the pause would exceed `maxRetryAfterMs` or the
 * deadline. `retryAfterMs` is the time to wait, if the server stated one.
 *
 * @example
 * import { RateLimitError } from "ax-users";
 *
 * await client.users.delete({ userId: user.id }).catch((error) => {
 *   if (!(error instanceof RateLimitError)) throw error;
 *   console.log(error.retryAfterMs);
 * });
 */
export class RateLimitError extends APIError {
  declare readonly status: 429;

  static override readonly is: (value: unknown) => value is RateLimitError = guard("RateLimitError");
  declare readonly name: "RateLimitError";
}

/**
 * 5xx: the server failed. Check `outcome` before you repeat a write.
 *
 * @example
 * import { ServerError } from "ax-users";
 *
 * await client.users.delete({ userId: user.id }).catch((error) => {
 *   if (!(error instanceof ServerError)) throw error;
 *   console.log(error.outcome);
 * });
 */
export class ServerError extends APIError {
  static override readonly is: (value: unknown) => value is ServerError = guard("ServerError");
  declare readonly name: "ServerError";
}
