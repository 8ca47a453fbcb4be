import { readBaseUrl } from "./core/base-url.ts";
import type { ClientEvent } from "./core/events.ts";
import { readHeaders } from "./core/headers.ts";
import { env } from "./core/node.ts";
import type { PrereleaseWarning } from "./core/prerelease.ts";
import { checkObject, issue } from "./core/validate.ts";
import type { ValidationIssue } from "./error-types.ts";
import { ValidationError } from "./errors.ts";

const REGIONS = ["us-central-1a", "eu-west-1a", "ca-central-1a", "us-east-1b"] as const;
/** What the settings may be that are of a plain type. */
const TYPES: readonly [keyof ArizeClientOptions, ...string[]][] = [
  ["fetch", "function"],
  ["onEvent", "function"],
  ["prereleaseWarnings", "boolean", "function"],
  ["allowHttp", "boolean"],
];
const WIRE_CASES = ["auto", "lower", "upper"] as const;
const DEFAULT_BASE_URL = "https://api.arize.com";
const DEFAULT_TIMEOUT_MS = 30_000;
const DEFAULT_MAX_RETRIES = 3;
const DEFAULT_MAX_RETRY_AFTER_MS = 60_000;

/**
 * A region of the hosted service; its address is `https://api.<region>.arize.com`. A key belongs to one of them.
 *
 * @example
 * import { ArizeClient, type Region } from "ax-users";
 *
 * const region: Region = "eu-west-1a";
 * console.log(new ArizeClient({ region }));
 */
export type Region = (typeof REGIONS)[number];

/**
 * Settings of a client. One given as `undefined` counts as not given.
 *
 * @example
 * import { ArizeClient, type ArizeClientOptions } from "ax-users";
 *
 * const options: ArizeClientOptions = { timeoutMs: 10_000, deadlineMs: 60_000, maxRetries: 5 };
 * const client = new ArizeClient(options); // the key is in ARIZE_API_KEY
 * await client.users.list();
 */
export interface ArizeClientOptions {
  /** The API key, trimmed; printable ASCII, not blank. Default: the environment's `ARIZE_API_KEY`. */
  apiKey?: string | undefined;
  /**
   * The address of the API, an absolute URL; a trailing `/` or `/v2` is dropped. The first given counts of `baseUrl`,
   * `region`, `ARIZE_BASE_URL` and `ARIZE_REGION`. Default: `https://api.arize.com`.
   */
  baseUrl?: string | undefined;
  /** The region instead of an address; not together with `baseUrl`. */
  region?: Region | undefined;
  /** Permits `http:` for hosts other than this machine; the key then travels in clear. Default: false. */
  allowHttp?: boolean | undefined;
  /**
   * The longest one request may take until its answer was read to the end, in milliseconds. More than 300,000 has effect on
   * Node with its own `fetch`; a `fetch` of your own, and other runtimes, may end a request after five minutes by
   * themselves. Default: 30,000.
   */
  timeoutMs?: number | undefined;
  /** The longest a whole call may take, however many requests it is made of, in milliseconds. Default: none. */
  deadlineMs?: number | undefined;
  /** How often a request is sent again where that is safe, after the first time. Default: 3. */
  maxRetries?: number | undefined;
  /**
   * The longest pause a server may ask for (`Retry-After`; RFC 9110, 10.2.3), in milliseconds; a call that would have to
   * wait longer fails at once, with the figure on its error as `retryAfterMs`. After so long one request is sent all the
   * same, to find out whether the server still asks for a pause. Default: 60,000.
   */
  maxRetryAfterMs?: number | undefined;
  /** Headers for every request. `Authorization` is always the key's. */
  headers?: Readonly<Record<string, string | undefined>> | undefined;
  /** What to send requests with. Default: the global `fetch`. */
  fetch?: typeof globalThis.fetch | undefined;
  /**
   * How the server spells enum values: `lower` (the alpha API, self-hosted), `upper` (the hosted API since July
   * 2026), or to be found out from its answers (`auto`). Default: `auto`.
   */
  wireCase?: (typeof WIRE_CASES)[number] | undefined;
  /** What becomes of the warnings: emitted (true), left out (false), or given to a function. Default: true. */
  prereleaseWarnings?: boolean | ((warning: PrereleaseWarning) => void) | undefined;
  /** Told of each request, answer, retry, pause and failure. What it throws is ignored. */
  onEvent?: ((event: ClientEvent) => void) | undefined;
}

/**
 * Settings of one call; they win over the client's.
 *
 * @example
 * import type { RequestOptions } from "ax-users";
 *
 * const options: RequestOptions = { signal: AbortSignal.timeout(20_000), maxRetries: 0 };
 * await client.users.list({}, options);
 */
export interface RequestOptions {
  /**
   * Ends the call at once, which then rejects with the signal's own reason. A bulk call gives its results instead, once
   * what was sent has been answered.
   */
  signal?: AbortSignal | undefined;
  /** As the client's `timeoutMs`, for the requests of this call. */
  timeoutMs?: number | undefined;
  /** As the client's `deadlineMs`, for this call. Each page of an iteration has its own. */
  deadlineMs?: number | undefined;
  /** As the client's `maxRetries`, for each request of this call. */
  maxRetries?: number | undefined;
  /** Headers for the requests of this call, besides the client's. */
  headers?: Readonly<Record<string, string | undefined>> | undefined;
}

/** All settings, checked and complete. */
export interface Settings {
  readonly apiKey: string;
  readonly baseUrl: string;
  readonly timeoutMs: number;
  readonly deadlineMs: number;
  readonly maxRetries: number;
  readonly maxRetryAfterMs: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly fetch: typeof globalThis.fetch | undefined;
  readonly prereleaseWarnings: boolean | ((warning: PrereleaseWarning) => void);
  readonly onEvent: ((event: ClientEvent) => void) | undefined;
  readonly wireCase: (typeof WIRE_CASES)[number];
}

/** @throws {ValidationError} with everything that is wrong; the key is never shown. */
export function readOptions(options: ArizeClientOptions = {}): Settings {
  const method = "new ArizeClient";
  checkObject(method, "options", options);
  const issues: ValidationIssue[] = [];
  const settings = {
    apiKey: readApiKey(options.apiKey, issues),
    baseUrl: readAddress(options, issues),
    timeoutMs: readDuration("timeoutMs", options.timeoutMs, issues) ?? DEFAULT_TIMEOUT_MS,
    deadlineMs: readDuration("deadlineMs", options.deadlineMs, issues) ?? Infinity,
    maxRetries: readCount("maxRetries", options.maxRetries, issues) ?? DEFAULT_MAX_RETRIES,
    maxRetryAfterMs:
      readDuration("maxRetryAfterMs", options.maxRetryAfterMs, issues) ?? DEFAULT_MAX_RETRY_AFTER_MS,
    headers: readHeaders(options.headers, issues),
    fetch: options.fetch,
    prereleaseWarnings: options.prereleaseWarnings ?? true,
    onEvent: options.onEvent,
    wireCase: options.wireCase ?? "auto",
  };
  if (!WIRE_CASES.includes(settings.wireCase)) {
    issues.push(issue("wireCase", `must be one of ${WIRE_CASES.join(", ")}`, options.wireCase));
  }
  for (const [name, ...types] of TYPES) {
    const value = options[name];
    if (value !== undefined && !types.includes(typeof value)) {
      issues.push(issue(name, `must be a ${types.join(" or a ")}`, value));
    }
  }
  if (issues.length > 0) throw new ValidationError(method, issues);
  return settings;
}

/** @throws {ValidationError} with everything that is wrong. */
export function readRequestOptions(method: string, options: RequestOptions = {}) {
  checkObject(method, "options", options);
  const issues: ValidationIssue[] = [];
  const { signal } = options;
  if (signal !== undefined && typeof signal?.addEventListener !== "function") {
    issues.push(issue("signal", "must be an AbortSignal", signal));
  }
  const own = {
    signal,
    timeoutMs: readDuration("timeoutMs", options.timeoutMs, issues),
    deadlineMs: readDuration("deadlineMs", options.deadlineMs, issues),
    maxRetries: readCount("maxRetries", options.maxRetries, issues),
    headers: readHeaders(options.headers, issues),
  };
  if (issues.length > 0) throw new ValidationError(method, issues);
  return own;
}

function readApiKey(option: unknown, issues: ValidationIssue[]): string {
  const key = option === undefined ? env("ARIZE_API_KEY") : option;
  const wrong = (message: string) => issues.push({ path: "apiKey", message });
  if (key === undefined) wrong("is required: give it here or in the environment as ARIZE_API_KEY");
  else if (typeof key !== "string") wrong(`must be a string, received ${typeof key}`);
  else if (key.trim() === "") wrong("must not be blank");
  else if (!/^[\x20-\x7e]+$/.test(key.trim())) wrong("must be printable ASCII");
  else return key.trim();
  return "";
}

function readAddress(options: ArizeClientOptions, issues: ValidationIssue[]): string {
  const address = addressIn(options);
  if (typeof address === "string") return address;
  issues.push(address);
  return "";
}

/** The first given of both options and both variables of the environment. */
function addressIn({ baseUrl, region, allowHttp = false }: ArizeClientOptions): string | ValidationIssue {
  if (baseUrl !== undefined) {
    if (region === undefined) return readBaseUrl("baseUrl", baseUrl, allowHttp);
    return { path: "baseUrl", message: "and region exclude each other, received both" };
  }
  if (region !== undefined) return regionUrl("region", region);
  const urlInEnv = env("ARIZE_BASE_URL");
  if (urlInEnv !== undefined) return readBaseUrl("ARIZE_BASE_URL", urlInEnv, allowHttp);
  const regionInEnv = env("ARIZE_REGION");
  return regionInEnv === undefined ? DEFAULT_BASE_URL : regionUrl("ARIZE_REGION", regionInEnv);
}

function regionUrl(path: string, region: string): string | ValidationIssue {
  const known: readonly string[] = REGIONS;
  return known.includes(region)
    ? `https://api.${region}.arize.com`
    : issue(path, `must be one of ${REGIONS.join(", ")}`, region);
}

function readDuration(path: string, value: unknown, issues: ValidationIssue[]): number | undefined {
  if (value === undefined || (typeof value === "number" && value > 0)) return value;
  issues.push(issue(path, "must be a positive number of milliseconds", value));
  return undefined;
}

function readCount(path: string, value: unknown, issues: ValidationIssue[]): number | undefined {
  if (value === undefined || (typeof value === "number" && Number.isInteger(value) && value >= 0))
    return value;
  issues.push(issue(path, "must be a whole number from 0", value));
  return undefined;
}
