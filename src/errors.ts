import type { APIErrorFields, FailedRequest, Outcome, ValidationIssue } from "./error-types.ts";
import type { User } from "./users/types.ts";

/**
 * What every error of this package is; one `instanceof` catches them all. An aborted call rejects with the signal's
 * own reason instead.
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
  /** The name of the class: `NotFoundError`. */
  override get name(): string {
    return "ArizeError";
  }

  /**
   * Name, message and fields, the first two of which JSON loses otherwise; no cause, and nothing that is not enumerable.
   *
   * @example
   * await client.users.delete({ userId: "VXNlcjo5OTk5" }).catch((error) => console.log(JSON.stringify(error)));
   */
  toJSON(): object {
    return Object.assign({ name: this.name, message: this.message }, this);
  }
}

/** The message for an unknown argument quotes its name. */
const sentence = ({ path, message }: ValidationIssue): string =>
  message.startsWith(`unknown argument ${JSON.stringify(path)}`) ? message : `${path} ${message}`.trim();

/**
 * An argument or a setting breaks a rule. Nothing was sent.
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
  /** Everything that is wrong, not just the first thing. */
  readonly issues: readonly ValidationIssue[];

  constructor(where: string, issues: readonly ValidationIssue[]) {
    super(`${where}: ${issues.map(sentence).join("; ")}`);
    this.issues = issues;
  }

  override get name(): string {
    return "ValidationError";
  }
}

/**
 * No whole answer came: not connected, connection lost, or a body that ends early. What can be sent again without harm
 * was, up to `maxRetries` times; `cause` is what `fetch` failed with at last.
 *
 * @example
 * import { ConnectionError } from "ax-users";
 *
 * await client.users.resetPassword({ userId: user.id }).catch((error) => {
 *   if (!(error instanceof ConnectionError)) throw error;
 *   console.log(error.outcome); // unknown: the mail may be on its way
 * });
 */
export class ConnectionError extends ArizeError {
  /** Whether the call may have taken effect. Always `not_applied` for a read. */
  readonly outcome: Outcome;
  /** How many requests were sent, 0 where the time was up before the first. */
  readonly attempts: number;

  constructor(message: string, { outcome, attempts, ...options }: FailedRequest) {
    super(message, options);
    this.outcome = outcome;
    this.attempts = attempts;
  }

  override get name(): string {
    return "ConnectionError";
  }
}

/**
 * No whole answer came within `timeoutMs` or `deadlineMs`. A `signal` that times out rejects with its own reason instead.
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
  override get name(): string {
    return "TimeoutError";
  }
}

/**
 * A whole answer of success that is not what the API specifies: a page of a proxy, an empty or a broken body, a cursor
 * that leads in a circle. It is not sent again.
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
  /** `unknown` for a write, since the server called it a success; `not_applied` for a read. */
  readonly outcome: Outcome;

  constructor(message: string, outcome: Outcome, options?: ErrorOptions) {
    super(message, options);
    this.outcome = outcome;
  }

  override get name(): string {
    return "UnexpectedResponseError";
  }
}

/**
 * Several users with one email address, or organizations with one name: which is meant, only the caller can tell.
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
  /** The IDs of all that match. */
  readonly matchingIds: readonly string[];

  constructor(message: string, matchingIds: readonly string[]) {
    super(message);
    this.matchingIds = matchingIds;
  }

  override get name(): string {
    return "AmbiguousMatchError";
  }
}

// Class and interface of one name: the fields are declared once and set in one statement.
export interface APIError extends Readonly<APIErrorFields> {}

/**
 * The server refused. The subclass says how, by HTTP status; a status without one is an `APIError`, as is a redirect,
 * since none is followed. {@link APIErrorFields} has its fields.
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

  override get name(): string {
    return "APIError";
  }
}

/**
 * 400: the server refuses the request as it is.
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

  override get name(): string {
    return "BadRequestError";
  }
}

/**
 * 401: the key is missing, mistyped, expired, revoked, or of another region. It ends a bulk call.
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

  override get name(): string {
    return "AuthenticationError";
  }
}

/**
 * 403: the owner of the key may not do this.
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

  override get name(): string {
    return "PermissionDeniedError";
  }
}

/**
 * 404: no such thing, or none that the key may read; the API does not tell the two apart. Where it was a look-up by
 * address or name that found nobody, `headers` is empty. A 404 that is not from the API is an {@link APIError}.
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

  override get name(): string {
    return "NotFoundError";
  }
}

/**
 * 409: the user or the organization exists already, or the user was removed for good; `reason` says which.
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
   * What the conflict is: `exists`, the user or the organization is there already; `removed`, the server calls the address
   * taken and no user with it can be found, since the user was removed for good or is not visible to this key; `unknown`, it
   * could not be found out, and `cause` says why where a look-up failed.
   */
  readonly reason: "exists" | "removed" | "unknown";

  /** The user in the way, by `onExisting: "throw"`. Not enumerable, so that logs do not show the person. */
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

  override get name(): string {
    return "ConflictError";
  }
}

/**
 * 422: a value is well-formed but not acceptable.
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

  override get name(): string {
    return "UnprocessableEntityError";
  }
}

/**
 * 429: too many requests, also after waiting; or at once, where the pause would be longer than `maxRetryAfterMs` or the
 * deadline. `retryAfterMs` says how long to wait, where the server did.
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

  override get name(): string {
    return "RateLimitError";
  }
}

/**
 * 5xx: the server failed. Look at `outcome` before you repeat a write.
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
  override get name(): string {
    return "ServerError";
  }
}
