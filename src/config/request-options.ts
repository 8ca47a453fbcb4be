import { ValidationError } from "../errors/errors.ts";
import type { ValidationIssue } from "../errors/types.ts";
import { readHeaders } from "./headers.ts";
import { readObject } from "./read-object.ts";
import { readCount, readDuration, readSignal } from "./read-option.ts";
import { unknownArguments } from "./unknown-arguments.ts";

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
}

/** Every option, so that the compiler asks for a new one here. */
const OPTIONS: Readonly<Record<keyof RequestOptions, true>> = {
  signal: true,
  timeoutMs: true,
  deadlineMs: true,
  maxRetries: true,
  headers: true,
};

/** The options of a call, checked. */
export interface CallSettings {
  readonly signal: AbortSignal | undefined;
  readonly timeoutMs: number | undefined;
  readonly deadlineMs: number | undefined;
  readonly maxRetries: number | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

/** @throws {ValidationError} with everything that is wrong. */
export function readRequestOptions(method: string, given: RequestOptions = {}): CallSettings {
  const options: RequestOptions = readObject(method, "options", given);
  const issues: ValidationIssue[] = unknownArguments({ ...options }, Object.keys(OPTIONS));
  const settings = {
    signal: readSignal("signal", options.signal, issues),
    timeoutMs: readDuration("timeoutMs", options.timeoutMs, issues),
    deadlineMs: readDuration("deadlineMs", options.deadlineMs, issues),
    maxRetries: readCount("maxRetries", options.maxRetries, issues),
    headers: readHeaders(options.headers, issues),
  };
  if (issues.length > 0) throw new ValidationError(method, issues);
  return settings;
}
