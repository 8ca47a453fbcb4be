import type { ResponseInfo } from "./client-events.ts";
import { readHeaders } from "./headers.ts";
import { type Given, MILLISECONDS, ofType, type Rules, readByRules, SIGNAL, wholeFrom } from "./rules.ts";

/**
 * Options of one call; they win over the client's. A name that is not known is a {@link ValidationError}; an option given
 * as `undefined` counts as not given.
 *
 * @example
 * import type { RequestOptions } from "ax-users";
 *
 * const options: RequestOptions = { signal: AbortSignal.timeout(20_000), maxRetries: 0 };
 * await client.users.list({}, options);
 */
export interface RequestOptions {
  /**
   * An `AbortSignal`. Ends the call at once, which then rejects with the signal's own reason. A bulk call gives its results instead, once
   * what was sent has been answered.
   */
  signal?: AbortSignal | undefined;
  /** As the client's `timeoutMs`, for the requests of this call. */
  timeoutMs?: number | undefined;
  /** As the client's `deadlineMs`, for this call. Each page of an iteration has its own. */
  deadlineMs?: number | undefined;
  /** As the client's `maxRetries`, for each request of this call. */
  maxRetries?: number | undefined;
  /** Headers for the requests of this call, besides the client's; `authorization` is refused, as there. */
  headers?:
    | Headers
    | readonly (readonly string[])[]
    | Readonly<Record<string, string | undefined>>
    | undefined;
  /** Called of each successful response of the call, such as every page. What it throws is ignored. */
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

/** The options of a call, checked; limits that are not given are the client's. */
export interface CallSettings extends Omit<Given<RequestOptions>, "signal" | "headers"> {
  readonly signal: AbortSignal | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

/** @throws {ValidationError} with everything that is wrong. */
export const readRequestOptions = (method: string, options?: RequestOptions): CallSettings | undefined =>
  options === undefined
    ? undefined
    : readByRules(method, options, RULES, ({ signal, headers }, issues) => ({
        signal,
        headers: readHeaders(headers, issues),
      }));
