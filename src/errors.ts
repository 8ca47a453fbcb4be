import type { APIErrorFields, FailedRequest, Outcome, ValidationIssue } from "./error-types.ts";
import type { User } from "./users/types.ts";

/** What every error of this package is; one `instanceof` catches them all. */
export class ArizeError extends Error {
  override get name(): string {
    return "ArizeError";
  }

  /** Errors lose name and message in JSON otherwise. Cause and what else is not enumerable stay out. */
  toJSON(): object {
    return Object.assign({ name: this.name, message: this.message }, this);
  }
}

/** An argument or a setting breaks a rule. Nothing was sent. */
export class ValidationError extends ArizeError {
  /** Everything that is wrong, not just the first thing. */
  readonly issues: readonly ValidationIssue[];

  constructor(where: string, issues: readonly ValidationIssue[]) {
    super(`${where}: ${issues.map(({ path, message }) => `${path} ${message}`.trim()).join("; ")}`);
    this.issues = issues;
  }

  override get name(): string {
    return "ValidationError";
  }
}

/** No whole answer came: not connected, connection lost, or a body that ends early. */
export class ConnectionError extends ArizeError {
  /** Whether the request may have taken effect. Always `not_applied` for a read. */
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

/** No whole answer came within `timeoutMs` or `deadlineMs`. */
export class TimeoutError extends ConnectionError {
  override get name(): string {
    return "TimeoutError";
  }
}

/** A whole answer of success that is not what the API specifies: a page of a proxy, an empty or a broken body. */
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

/** Several users with one email address, or organizations with one name: which is meant, only the caller can tell. */
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

/** The server refused. The subclass says how, by HTTP status; a status without a subclass is an `APIError`. */
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

/** 400: the server refuses the request as it is. */
export class BadRequestError extends APIError {
  declare readonly status: 400;

  override get name(): string {
    return "BadRequestError";
  }
}

/** 401: the key is missing, invalid, expired or revoked. */
export class AuthenticationError extends APIError {
  declare readonly status: 401;

  override get name(): string {
    return "AuthenticationError";
  }
}

/** 403: the key may not do this. */
export class PermissionDeniedError extends APIError {
  declare readonly status: 403;

  override get name(): string {
    return "PermissionDeniedError";
  }
}

/** 404: no such thing, or none that the key may read; the API does not tell the two apart. */
export class NotFoundError extends APIError {
  declare readonly status: 404;

  override get name(): string {
    return "NotFoundError";
  }
}

/** 409: the user or the organization exists already, or the user was removed for good. */
export class ConflictError extends APIError {
  declare readonly status: 409;

  /** The user in the way, where there is one to be seen. Not enumerable, so that logs do not show the person. */
  declare readonly existing?: User;

  constructor(
    message: string,
    { existing, ...fields }: APIErrorFields & { existing?: User | undefined },
    options?: ErrorOptions,
  ) {
    super(message, fields, options);
    if (existing) Object.defineProperty(this, "existing", { value: existing });
  }

  override get name(): string {
    return "ConflictError";
  }
}

/** 422: a value is well-formed but not acceptable. */
export class UnprocessableEntityError extends APIError {
  declare readonly status: 422;

  override get name(): string {
    return "UnprocessableEntityError";
  }
}

/** 429: too many requests; `retryAfterMs` says how long to wait, where the server did. */
export class RateLimitError extends APIError {
  declare readonly status: 429;

  override get name(): string {
    return "RateLimitError";
  }
}

/** 5xx: the server failed. */
export class ServerError extends APIError {
  override get name(): string {
    return "ServerError";
  }
}
