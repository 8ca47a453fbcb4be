import type { ResponseInfo } from "./client-events.ts";
import { readHeaders } from "./headers.ts";
import { type Given, MILLISECONDS, ofType, type Rules, readByRules, SIGNAL, wholeFrom } from "./rules.ts";

/**
 * Options of one call. They override those of the client. An unknown option is a {@link ValidationError}. An option that is
 * `undefined` counts as not given.
 *
 * @example
 * import type { RequestOptions } from "ax-users";
 *
 * const options: RequestOptions = { signal: AbortSignal.timeout(20_000), maxRetries: 0 };
 * await client.users.list({}, options);
 */
export interface RequestOptions {
  /**
   * An `AbortSignal` that ends the call at once. The call rejects with the signal's own reason. A bulk call returns its results
   * instead, after the responses to all sent requests have arrived.
   */
  signal?: AbortSignal | undefined;
  /** Replaces the client's `timeoutMs` for the requests of this call. */
  timeoutMs?: number | undefined;
  /** Replaces the client's `deadlineMs` for this call. Each page of an iteration has its own deadline. */
  deadlineMs?: number | undefined;
  /** Replaces the client's `maxRetries` for each request of this call. */
  maxRetries?: number | undefined;
  /** Headers for the requests of this call, added to the client's. `authorization` is rejected. */
  headers?:
    | Headers
    | readonly (readonly string[])[]
    | Readonly<Record<string, string | undefined>>
    | undefined;
  /** Called for each successful response of the call, such as each page. Exceptions are ignored. */
  onResponse?: ((response: ResponseInfo) => void) | undefined;
}

const RULES: Rules<RequestOptions> = {
  signal: SIGNAL,
  timeoutMs: MILLISECONDS,
  deadlineMs: MILLISECONDS,
  maxRetries: wholeFrom(0),
  headers: null,
  onResponse: ofType("function"),
};

/** The options of a call, checked. Limits that are not given are those of the client. */
export interface CallSettings extends Omit<Given<RequestOptions>, "signal" | "headers"> {
  readonly signal: AbortSignal | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

/** @throws {ValidationError} with all broken rules; it never shows `apiKey`. */
export const readRequestOptions = (
  method: string,
  options: RequestOptions | undefined,
  apiKey: unknown,
): CallSettings | undefined =>
  options === undefined
    ? undefined
    : readByRules(
        method,
        options,
        RULES,
        ({ signal, headers }, issues) => ({ signal, headers: readHeaders(headers, issues) }),
        [apiKey],
      );
