import type { APIErrorFields, Outcome } from "../error-types.ts";
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
import { retryAfterMs } from "./retry-after.ts";
import { isRecord } from "./wire.ts";

/** An answer whose body was read to its end. */
export interface WholeAnswer {
  status: number;
  statusText: string;
  headers: Headers;
  text: string;
}

/** Enough of a page to recognise it by. */
const EXCERPT_LENGTH = 200;

/** Headers of an answer that may let somebody in. */
const CREDENTIAL_HEADERS = ["set-cookie", "set-cookie2", "authorization", "proxy-authorization"];

const CLASSES: Readonly<Record<number, typeof APIError>> = {
  400: BadRequestError,
  401: AuthenticationError,
  403: PermissionDeniedError,
  404: NotFoundError,
  409: ConflictError,
  422: UnprocessableEntityError,
  429: RateLimitError,
};

const ADVICE: Readonly<Record<number, string>> = {
  401: "Check the API key: it may be mistyped, expired, revoked, or of another region.",
  403: "The owner of the key lacks the permission.",
  404: "It does not exist, or this key may not read it.",
};

/** The error for an answer that is fit to show, after RFC 9457 where the body is a problem document. */
export function toAPIError(
  request: string,
  answer: WholeAnswer,
  outcome: Outcome,
  wallTime: number,
): APIError {
  const fields = readFields(answer, outcome, wallTime);
  const said = [fields.title, fields.detail].filter(Boolean).join(": ");
  const message = `${request}: HTTP ${fields.status} ${said}`.trim().replace(/\.?$/, ".");
  const Class = CLASSES[fields.status] ?? (fields.status >= 500 ? ServerError : APIError);
  return new Class(`${message} ${adviceFor(fields)}`.trim(), fields);
}

/** What an error carries that was made without an answer of its status. */
export const withoutAnswer = (title: string): Omit<APIErrorFields, "status"> => ({
  title,
  extensions: {},
  headers: new Headers(),
  outcome: "not_applied",
  attempts: 1,
});

function adviceFor({ status, outcome, retryAfterMs }: APIErrorFields): string {
  if (outcome === "unknown") return "It may have been carried out all the same: look before you repeat it.";
  if (status < 400) return "Redirects are not followed: check baseUrl.";
  if (retryAfterMs !== undefined) return `Wait ${retryAfterMs} ms before you repeat it.`;
  return ADVICE[status] ?? "";
}

function readFields(answer: WholeAnswer, outcome: Outcome, wallTime: number): APIErrorFields {
  const { status, statusText, text } = answer;
  const problem = parseProblem(text);
  const { title, detail, type, instance, request_id, status: _, ...others } = problem ?? {};
  const wait = retryAfterMs(answer.headers.get("retry-after"), wallTime);
  return {
    status,
    title: textOr(title, statusText),
    detail: textOr(detail, problem && title !== undefined ? undefined : excerpt(text)),
    type: textOr(type, undefined),
    instance: textOr(instance, undefined),
    extensions: request_id === undefined ? others : { ...others, request_id },
    requestId: requestIdOf(answer.headers) ?? textOr(request_id, undefined),
    headers: answer.headers,
    ...(wait !== undefined && { retryAfterMs: wait }),
    outcome,
    attempts: 1,
  };
}

function parseProblem(text: string): Record<string, unknown> | undefined {
  try {
    const body: unknown = JSON.parse(text);
    return isRecord(body) ? body : undefined;
  } catch {
    return undefined;
  }
}

const textOr = <Fallback>(value: unknown, fallback: Fallback): string | Fallback =>
  typeof value === "string" ? value : fallback;

const excerpt = (text: string): string => text.trim().slice(0, EXCERPT_LENGTH);

/** The API documents no such header; these are the usual ones. */
export const requestIdOf = (headers: Headers): string | undefined =>
  headers.get("x-request-id") ?? headers.get("request-id") ?? undefined;

/** An answer as it may be shown: without cookies and credentials, and without the key, should it repeat that. */
export function fitToShow({ status, statusText, headers, text }: WholeAnswer, apiKey: string): WholeAnswer {
  // In JSON, quotes and backslashes of the key are escaped.
  const forms = [apiKey, JSON.stringify(apiKey).slice(1, -1)];
  const hide = (said: string) => forms.reduce((rest, form) => rest.replaceAll(form, "[API key]"), said);
  const shown = new Headers();
  headers.forEach((value, name) => {
    if (!CREDENTIAL_HEADERS.includes(name)) shown.set(name, hide(value));
  });
  return {
    status,
    statusText: hide(statusText),
    headers: shown,
    text: hide(text),
  };
}
