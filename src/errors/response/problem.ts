import {
  APIError,
  AuthenticationError,
  BadRequestError,
  ConflictError,
  NotFoundError,
  PermissionDeniedError,
  RateLimitError,
  ServerError,
  UnprocessableEntityError,
} from "../errors.ts";
import { isCredentialName } from "../redaction/credentials.ts";
import type { Redact } from "../redaction/redact.ts";
import type { APIErrorFields, Outcome } from "../types.ts";
import { readErrorBody } from "./error-body.ts";

/** A response with its complete body. */
export interface CompleteResponse {
  status: number;
  statusText: string;
  headers: Headers;
  text: string;
  /** Whether a successful response exceeds `maxResponseBytes`; the rest was not read. */
  isCut?: boolean;
}

/** What an error reports besides its response. */
export interface Circumstances {
  attempts: number;
  outcome: Outcome;
  /** The wait that `Retry-After` asks for, in milliseconds. */
  wait: number | undefined;
  readonly redact: Redact;
  /** A sentence that says why the response is not considered the API's (confirm-api.ts); undefined if it is. */
  doubt: string | undefined;
  /** Whether the request gives a name, so that a 409 means that it is taken. */
  givesName: boolean;
}

/** The most characters of title and detail in a message. The error has all of them. */
const LONGEST_SAID = 500;

/** The most characters of a request ID in a message. It comes from the server, too. */
const LONGEST_ID = 200;

/** The class for each status, with advice for the message. */
const KNOWN: Readonly<Record<number, readonly [typeof APIError, advice?: string]>> = {
  400: [BadRequestError],
  401: [
    AuthenticationError,
    "Check the API key: it may be mistyped, expired, revoked, or for another region.",
  ],
  403: [PermissionDeniedError, "The owner of the key lacks the permission."],
  404: [NotFoundError, "It does not exist, or this key may not read it."],
  409: [ConflictError],
  422: [UnprocessableEntityError],
  429: [RateLimitError],
};

/** The media type of problem documents. */
export const PROBLEM_TYPE = /^application\/problem\+json\b/i;

/** Errors made from a response that is not the API's. */
const foreign = new WeakSet<object>();

/** Whether an error was made from a response that is not the API's. It proves nothing about users or organizations. */
export const isForeign = (error: unknown): boolean =>
  typeof error === "object" && error !== null && foreign.has(error);

/**
 * Whether an error response is a problem document (RFC 9457), as all error responses of the API are: an object with a `title`,
 * and the media type of problem documents or the status of the response. One with another status is not about this response.
 */
export function isProblem({ status, headers, text }: CompleteResponse): boolean {
  const { members } = readErrorBody(text, (said) => said);
  if (typeof members?.["title"] !== "string") return false;
  if (members["status"] !== undefined) return members["status"] === status;
  return PROBLEM_TYPE.test(headers.get("content-type") ?? "");
}

/** Makes the error for a response with an error status. Reads the body by RFC 9457 if it is a problem document. */
export function toAPIError(request: string, response: CompleteResponse, stats: Circumstances): APIError {
  const { doubt } = stats;
  const fields = readFields(response, stats);
  const { status, title, detail, requestId } = fields;
  const said = [title, detail].filter(Boolean).join(": ");
  const excerpt = said.length > LONGEST_SAID ? `${said.slice(0, LONGEST_SAID)}…` : said;
  const parts = [
    `${request}: HTTP ${status} ${excerpt}`.trim().replace(/[^.?!…]$/, "$&."),
    adviceFor(fields, doubt),
    requestId && `Request ID: ${requestId.replace(/\s+/g, " ").slice(0, LONGEST_ID)}.`,
  ];
  const [Known = status >= 500 ? ServerError : APIError] = KNOWN[status] ?? [];
  const Class = status === 404 && doubt !== undefined ? APIError : Known;
  const reason = status === 409 && doubt === undefined && stats.givesName && { reason: "exists" };
  const error = new Class(parts.filter(Boolean).join(" "), { ...fields, ...reason });
  if (doubt !== undefined) foreign.add(error);
  return error;
}

/** The advice to append to the message of an error with this outcome. */
export const adviceOn = (outcome: Outcome): string =>
  outcome === "unknown" ? " It may have taken effect: check before you repeat it." : "";

/** The fields of an error that was made without a response of its status. */
export const noResponseFields = (title: string): Omit<APIErrorFields, "status"> => ({
  title,
  extensions: {},
  headers: new Headers(),
  outcome: "not_applied",
  attempts: 1,
});

/** The error for a lookup that found nothing. */
export const notFoundError = (message: string, options?: ErrorOptions): NotFoundError =>
  new NotFoundError(message, { ...noResponseFields("Resource not found"), status: 404 }, options);

function adviceFor({ status, outcome, retryAfterMs }: APIErrorFields, doubt: string | undefined): string {
  if (status < 400) return `Redirects are not followed: check baseUrl.${adviceOn(outcome)}`;
  if (doubt !== undefined) return doubt + adviceOn(outcome);
  if (outcome === "unknown") return adviceOn(outcome).trim();
  if (retryAfterMs !== undefined) return `Wait ${retryAfterMs} ms before you repeat it.`;
  return KNOWN[status]?.[1] ?? "";
}

function readFields(response: CompleteResponse, circumstances: Circumstances): APIErrorFields {
  const { attempts, outcome, wait, redact } = circumstances;
  const body = readErrorBody(response.text, redact);
  const { title, detail, type, instance, status: _, ...extensions } = body.members ?? {};
  const isDocument = typeof title === "string" && (detail === undefined || typeof detail === "string");
  const headers = fitToShow(response.headers, redact);
  return {
    status: response.status,
    title: stringIn(title) ?? (redact(response.statusText).trim() || "No reason given"),
    detail: stringIn(detail) ?? (isDocument ? undefined : body.excerpt),
    type: stringIn(type),
    instance: stringIn(instance),
    extensions,
    requestId: requestIdOf(headers) ?? stringIn(extensions["request_id"]),
    headers,
    ...(wait !== undefined && { retryAfterMs: wait }),
    outcome,
    attempts,
  };
}

const stringIn = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

/** The API does not document a header for the request ID; these are the usual ones. */
export const requestIdOf = (headers: Headers): string | undefined =>
  headers.get("x-request-id") || headers.get("request-id") || undefined;

/** The headers of a response without cookies and credentials. */
export function fitToShow(headers: Headers, redact: Redact): Headers {
  const shown = new Headers();
  headers.forEach((value, name) => {
    if (isCredentialName(name) || redact(name) !== name) return;
    // Unescaped text may contain characters that a header cannot.
    shown.set(name, redact(value).replace(/[^\t\x20-\x7e\x80-\xff]/g, "?"));
  });
  return shown;
}
