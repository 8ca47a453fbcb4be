import { issue, type ValidationIssue } from "../errors/issue.ts";
import { env } from "../util/runtime.ts";
import { readApiKey } from "./api-key.ts";
import { readBaseUrl } from "./base-url.ts";
import type { ClientEvent } from "./client-events.ts";
import { readHeaders } from "./headers.ts";
import { LOGGER, type Logger, type LogLevel, readLogLevel } from "./logging.ts";
import type { PrereleaseWarning } from "./prerelease-warning.ts";
import type { RequestOptions } from "./request-options.ts";
import { type Given, MILLISECONDS, ofType, oneOf, type Rules, readByRules, wholeFrom } from "./rules.ts";

export { type RequestOptions, readRequestOptions } from "./request-options.ts";

const REGIONS: readonly Region[] = ["us-central-1a", "eu-west-1a", "ca-central-1a", "us-east-1b"];
const WIRE_CASES = ["auto", "lower", "upper"] as const;
const DEFAULT_BASE_URL = "https://api.arize.com";

/**
 * A region of the hosted service, with the address `https://api.<region>.arize.com`. A key belongs to one region.
 *
 * @example
 * import { ArizeClient, type Region } from "ax-users";
 *
 * const region: Region = "eu-west-1a";
 * console.log(new ArizeClient({ region }));
 */
export type Region = "us-central-1a" | "eu-west-1a" | "ca-central-1a" | "us-east-1b";

/**
 * Options of a client. An unknown option is a {@link ValidationError}, since a misspelt `baseUrl` would send the key to another
 * host. An option that is `undefined` counts as not given.
 *
 * @example
 * import { ArizeClient, type ArizeClientOptions } from "ax-users";
 *
 * const options: ArizeClientOptions = { timeoutMs: 10_000, deadlineMs: 60_000, maxRetries: 5 };
 * const client = new ArizeClient(options); // the key is in ARIZE_API_KEY
 * await client.users.list();
 */
export interface ArizeClientOptions extends ChangeableOptions {
  /**
   * The API key, without `Bearer ` or quotes: printable ASCII; surrounding whitespace is removed. Default: the environment
   * variable `ARIZE_API_KEY`.
   *
   * A function is a token provider: it is called before each attempt, and returns the key to use. Keys are not cached, so the
   * function must do that itself; only concurrent calls share one invocation. After a 401 it is called once more, and if it
   * returns another key, the request is repeated once. If it throws or returns an invalid key, the request is not sent or not
   * repeated, and the call rejects with a {@link ValidationError} that has the reason as its `cause`.
   */
  apiKey?: string | (() => string | Promise<string>) | undefined;
  /**
   * The address of the API: an absolute URL. A trailing `/` or `/v2` is removed. Precedence: `baseUrl`, `region`,
   * `ARIZE_BASE_URL`, `ARIZE_REGION`, `https://api.arize.com`.
   */
  baseUrl?: string | undefined;
  /** The region, instead of an address. Cannot be combined with `baseUrl`. */
  region?: Region | undefined;
  /** Permits `http:` for hosts other than loopback. The key is then sent unencrypted. Default: false. */
  allowHttp?: boolean | undefined;
}

/**
 * Options that {@link ArizeClient.withOptions} can change: all except the key and the address.
 *
 * @example
 * import type { ChangeableOptions } from "ax-users";
 *
 * const patient: ChangeableOptions = { timeoutMs: 120_000, maxRetries: 10 };
 * await client.withOptions(patient).users.list();
 */
export interface ChangeableOptions {
  /**
   * The time limit of one attempt, until its response is completely read, in milliseconds. Values above 300,000 work on Node
   * with its built-in `fetch`. A custom `fetch`, and other runtimes, may end a request after five minutes on their own.
   * Default: 30,000.
   */
  timeoutMs?: number | undefined;
  /** The time limit of a whole call with all its requests, in milliseconds. Default: none. */
  deadlineMs?: number | undefined;
  /**
   * The maximum number of retries of a request, after the first attempt. Only requests that are safe to repeat are retried.
   * Default: 3.
   */
  maxRetries?: number | undefined;
  /**
   * The longest pause that a call accepts from the server (`Retry-After`; RFC 9110, 10.2.3), in milliseconds. If the server asks
   * for more, the call fails at once, with the pause as `retryAfterMs` on its error. After `maxRetryAfterMs`, one request is sent
   * anyway, to find out whether the server still asks for a pause. Default: 60,000.
   */
  maxRetryAfterMs?: number | undefined;
  /**
   * The largest response body to read, in bytes after decompression; a whole number of at least 1. A larger successful response is an
   * {@link UnexpectedResponseError}. Error responses are read up to 64 KiB at most. Default: 33,554,432 (32 MiB).
   */
  maxResponseBytes?: number | undefined;
  /**
   * Headers for every request: a `Headers`, an array of pairs, or an object. `authorization` is rejected, since it is made from
   * `apiKey`. Members of an object that are `undefined` are left out.
   */
  headers?: RequestOptions["headers"];
  /**
   * Your program's name, such as `my-sync/2.1`. Appended to the `User-Agent` of every request, `ax-users/<version>`. Sent
   * wherever a program can set this header: everywhere except in browsers.
   */
  userAgent?: string | undefined;
  /** The function that sends requests. Default: the global `fetch`. */
  fetch?: typeof globalThis.fetch | undefined;
  /**
   * The case of enum values on the server: `lower` (the alpha API, self-hosted), `upper` (the hosted API since July 2026), or
   * detected from its responses (`auto`). Default: `auto`.
   */
  enumCase?: "auto" | "lower" | "upper" | undefined;
  /** Emits prerelease warnings (true), suppresses them (false), or passes them to a function. Default: true. */
  prereleaseWarnings?: boolean | ((warning: PrereleaseWarning) => void) | undefined;
  /** Called for each request, response, retry, pause, failure and abort. Exceptions are ignored. */
  onEvent?: ((event: ClientEvent) => void) | undefined;
  /** Receives a line and the event for everything that `logLevel` includes. Exceptions are ignored. Default: `console`. */
  logger?: Logger | undefined;
  /**
   * What is logged: nothing (`off`), failures (`error`), also retries and pauses (`warn`), also responses and aborts (`info`), or
   * also requests (`debug`). Default: the environment variable `ARIZE_LOG`; without it, `info` with a `logger` and `off`
   * otherwise.
   */
  logLevel?: LogLevel | undefined;
}

type Checked = "baseUrl" | keyof typeof DEFAULTS;

/** All options, checked, with defaults. Those without a default may be missing. */
export interface Settings
  extends Readonly<Required<Pick<Given<ArizeClientOptions>, Checked>>>,
    Readonly<Pick<Given<ArizeClientOptions>, "fetch" | "onEvent" | "userAgent" | "logger">> {
  readonly apiKey: string | (() => unknown);
  readonly headers: Readonly<Record<string, string>>;
  readonly logLevel?: LogLevel | undefined;
}

const RULES: Rules<ArizeClientOptions> = {
  apiKey: null,
  baseUrl: null,
  region: null,
  allowHttp: ofType("boolean"),
  timeoutMs: MILLISECONDS,
  deadlineMs: MILLISECONDS,
  maxRetries: wholeFrom(0),
  maxRetryAfterMs: MILLISECONDS,
  maxResponseBytes: wholeFrom(1),
  headers: null,
  userAgent: [
    "must be printable ASCII, without whitespace around it",
    (value) => typeof value === "string" && /^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/.test(value),
  ],
  fetch: ofType("function"),
  enumCase: oneOf(WIRE_CASES),
  prereleaseWarnings: ofType("boolean", "function"),
  onEvent: ofType("function"),
  logger: LOGGER,
  logLevel: null,
};

const DEFAULTS = {
  timeoutMs: 30_000,
  deadlineMs: Infinity,
  maxRetries: 3,
  maxRetryAfterMs: 60_000,
  maxResponseBytes: 32 * 1024 * 1024,
  prereleaseWarnings: true,
  enumCase: "auto",
} as const;

/** Whether the environment suppresses prerelease warnings. */
export const warningsAreDisabled = (): boolean => env("DISABLE_PRERELEASE_WARNING") === "true";

/** @throws {ValidationError} with all broken rules; it never shows the key. */
export const readOptions = (options: ArizeClientOptions = {}): Settings => ({
  ...DEFAULTS,
  ...readByRules(
    "new ArizeClient",
    options,
    RULES,
    (given, issues) => ({
      apiKey: readApiKey(given.apiKey, issues),
      baseUrl: readAddress(given, issues),
      headers: readHeaders(given.headers, issues),
      logLevel: readLogLevel(given.logLevel, issues),
    }),
    // The key alone is a likely mistake.
    [options],
  ),
  // Saves a look at the environment with each call.
  ...(warningsAreDisabled() && { prereleaseWarnings: false }),
});

/** The options that decide where the key is sent. */
const FIXED = ["apiKey", "baseUrl", "region", "allowHttp"] as const;

/**
 * Returns the settings with some options changed. Headers are added to the existing ones.
 *
 * @throws {ValidationError} with all broken rules.
 */
export const changeSettings = (settings: Settings, options: ChangeableOptions): Settings => ({
  ...settings,
  ...readByRules<ArizeClientOptions, Pick<Settings, "apiKey" | "baseUrl" | "headers" | "logLevel">>(
    "withOptions",
    options,
    RULES,
    (given, issues) => {
      const message = "cannot be changed: create another ArizeClient";
      for (const path of FIXED) if (path in given) issues.push({ path, message });
      const { apiKey, baseUrl } = settings;
      const headers = { ...settings.headers, ...readHeaders(given.headers, issues) };
      const { logLevel = settings.logLevel } = given;
      return { apiKey, baseUrl, headers, logLevel: readLogLevel(logLevel, issues) };
    },
    [settings.apiKey],
  ),
});

function readAddress(options: ArizeClientOptions, issues: ValidationIssue[]): string {
  const address = addressIn(options);
  if (typeof address !== "string") issues.push(address);
  return String(address);
}

/** Precedence: `baseUrl`, `region`, `ARIZE_BASE_URL`, `ARIZE_REGION`, the default. */
function addressIn({ baseUrl, region, allowHttp = false }: ArizeClientOptions): string | ValidationIssue {
  if (baseUrl !== undefined) {
    if (region === undefined) return readBaseUrl("baseUrl", baseUrl, allowHttp);
    return { path: "baseUrl", message: "and region cannot be combined, received both" };
  }
  if (region !== undefined) return regionUrl("region", region);
  const urlInEnv = env("ARIZE_BASE_URL");
  if (urlInEnv !== undefined) return readBaseUrl("ARIZE_BASE_URL", urlInEnv, allowHttp);
  const regionInEnv = env("ARIZE_REGION");
  return regionInEnv === undefined ? DEFAULT_BASE_URL : regionUrl("ARIZE_REGION", regionInEnv);
}

function regionUrl(path: string, region: string): string | ValidationIssue {
  const [rule, isKnown] = oneOf(REGIONS);
  return isKnown(region) ? `https://api.${region}.arize.com` : issue(path, rule, region);
}
