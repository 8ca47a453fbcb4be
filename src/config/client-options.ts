import { issue } from "../errors/issue.ts";
import type { ValidationIssue } from "../errors/types.ts";
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
 * A region of the hosted service; its address is `https://api.<region>.arize.com`. A key belongs to one of them.
 *
 * @example
 * import { ArizeClient, type Region } from "ax-users";
 *
 * const region: Region = "eu-west-1a";
 * console.log(new ArizeClient({ region }));
 */
export type Region = "us-central-1a" | "eu-west-1a" | "ca-central-1a" | "us-east-1b";

/**
 * Options of a client. A name that is not known is a {@link ValidationError}, since a misspelt `baseUrl` would send the key
 * to another host; an option given as `undefined` counts as not given.
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
   * The API key alone, without `Bearer ` or quotes; printable ASCII, trimmed. Default: the environment's `ARIZE_API_KEY`.
   *
   * A function gives the key of each attempt: it is called before every one, so that caching is up to it, and calls at the same
   * moment share one. After a 401 it is called once more, and if that key is another one, the request is repeated once. Where it
   * throws, or gives no valid key, the call rejects with a {@link ValidationError} that has its `cause`, and nothing is sent.
   */
  apiKey?: string | (() => string | Promise<string>) | undefined;
  /**
   * The address of the API, an absolute URL; a trailing `/` or `/v2` is dropped. The first given counts of `baseUrl`,
   * `region`, `ARIZE_BASE_URL` and `ARIZE_REGION`. Default: `https://api.arize.com`.
   */
  baseUrl?: string | undefined;
  /** The region instead of an address; not together with `baseUrl`. */
  region?: Region | undefined;
  /** Permits `http:` for hosts other than this machine; the key then travels in clear. Default: false. */
  allowHttp?: boolean | undefined;
}

/**
 * Options that {@link ArizeClient.withOptions} can change: all but the key and the address.
 *
 * @example
 * import type { ChangeableOptions } from "ax-users";
 *
 * const patient: ChangeableOptions = { timeoutMs: 120_000, maxRetries: 10 };
 * await client.withOptions(patient).users.list();
 */
export interface ChangeableOptions {
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
  /**
   * The largest response body to read, in bytes after decompression; a whole number from 1. A larger response of success
   * is an {@link UnexpectedResponseError}. Of an error response at most 64 KiB are read. Default: 33,554,432 (32 MiB).
   */
  maxResponseBytes?: number | undefined;
  /**
   * Headers for every request: a `Headers`, pairs, or an object. `authorization` is refused, since it is made from
   * `apiKey`. An object's member that is `undefined` is left out.
   */
  headers?: RequestOptions["headers"];
  /**
   * What is appended to the `User-Agent` of every request, `ax-users/<version>`: a name of your own, such as `my-sync/2.1`. It is sent
   * wherever a program may set it, which is everywhere but in browsers.
   */
  userAgent?: string | undefined;
  /** What to send requests with. Default: the global `fetch`. */
  fetch?: typeof globalThis.fetch | undefined;
  /**
   * How the server spells enum values: `lower` (the alpha API, self-hosted), `upper` (the hosted API since July
   * 2026), or to be found out from its answers (`auto`). Default: `auto`.
   */
  enumCase?: "auto" | "lower" | "upper" | undefined;
  /** Emits prerelease warnings (true), suppresses them (false), or passes them to a function. Default: true. */
  prereleaseWarnings?: boolean | ((warning: PrereleaseWarning) => void) | undefined;
  /** Called of each request, answer, retry, pause, failure and abort. What it throws is ignored. */
  onEvent?: ((event: ClientEvent) => void) | undefined;
  /** Gets a line and the event of whatever `logLevel` includes. What it throws is ignored. Default: `console`. */
  logger?: Logger | undefined;
  /**
   * What is logged: failures (`error`), retries and pauses as well (`warn`), responses and aborts as well (`info`), requests as well
   * (`debug`), or nothing (`off`). Default: the environment's `ARIZE_LOG`, else `info` with a `logger` and `off` without.
   */
  logLevel?: LogLevel | undefined;
}

type Checked = "baseUrl" | keyof typeof DEFAULTS;

/** All settings, checked and complete; those without a default may be missing. */
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

/** @throws {ValidationError} with everything that is wrong; the key is never shown. */
export const readOptions = (options: ArizeClientOptions = {}): Settings => ({
  ...DEFAULTS,
  ...readByRules("new ArizeClient", options, RULES, (given, issues) => ({
    apiKey: readApiKey(given.apiKey, issues),
    baseUrl: readAddress(given, issues),
    headers: readHeaders(given.headers, issues),
    logLevel: readLogLevel(given.logLevel, issues),
  })),
});

/** What decides where the key is sent. */
const FIXED = ["apiKey", "baseUrl", "region", "allowHttp"] as const;

/**
 * The settings with some of them changed; headers are added to those that there are.
 *
 * @throws {ValidationError} with everything that is wrong.
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
      const logLevel = readLogLevel(given.logLevel ?? settings.logLevel, issues);
      return { apiKey, baseUrl, headers, logLevel };
    },
  ),
});

function readAddress(options: ArizeClientOptions, issues: ValidationIssue[]): string {
  const address = addressIn(options);
  if (typeof address !== "string") issues.push(address);
  return String(address);
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
  const [rule, isKnown] = oneOf(REGIONS);
  return isKnown(region) ? `https://api.${region}.arize.com` : issue(path, rule, region);
}
