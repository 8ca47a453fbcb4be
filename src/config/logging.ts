import { issue, type ValidationIssue } from "../errors/issue.ts";
import { callSafely } from "../util/call-safely.ts";
import { env } from "../util/runtime.ts";
import type { ClientEvent } from "./client-events.ts";
import { oneOf, type Rule } from "./rules.ts";

/**
 * Receives the log of a client: a line and its event with each call. `console` is a logger.
 *
 * @example
 * import { ArizeClient, type Logger } from "ax-users";
 *
 * const ignore = () => {};
 * const logger: Logger = { error: console.error, warn: console.warn, info: ignore, debug: ignore };
 * const client = new ArizeClient({ logger });
 * await client.users.list();
 */
export interface Logger {
  /** An operation failed. */
  error(message: string, event: ClientEvent): void;
  /** A request is retried, or all calls wait for a rate limit. */
  warn(message: string, event: ClientEvent): void;
  /** A response arrived, or an operation was aborted. */
  info(message: string, event: ClientEvent): void;
  /** A request is about to be sent. */
  debug(message: string, event: ClientEvent): void;
}

/**
 * The least severe level that is logged.
 *
 * @example
 * import { ArizeClient, type LogLevel } from "ax-users";
 *
 * const logLevel: LogLevel = "warn";
 * const client = new ArizeClient({ logLevel });
 * await client.users.list();
 */
export type LogLevel = "off" | "error" | "warn" | "info" | "debug";

/** Each level includes those before it. */
const LEVELS: readonly LogLevel[] = ["off", "error", "warn", "info", "debug"];

const LEVEL_OF: Readonly<Record<ClientEvent["type"], keyof Logger>> = {
  failed: "error",
  retry: "warn",
  rate_limited: "warn",
  aborted: "info",
  response: "info",
  request: "debug",
};

export const LOGGER: Rule = [
  "must have the functions error, warn, info and debug",
  (value) =>
    Object(value) === value &&
    LEVELS.slice(1).every((name) => typeof Reflect.get(Object(value), name) === "function"),
];

/** Reads the level from the option or the environment; undefined if neither is set. */
export function readLogLevel(option: LogLevel | undefined, issues: ValidationIssue[]): LogLevel | undefined {
  const given = option === undefined ? env("ARIZE_LOG")?.toLowerCase() : option;
  const [rule, isKnown] = oneOf(LEVELS);
  if (given === undefined || isKnown(given)) return given as LogLevel | undefined;
  issues.push(issue(option === undefined ? "ARIZE_LOG" : "logLevel", rule, given));
  return undefined;
}

/** Returns a function that passes an event to `onEvent` and to the log; undefined if there is neither. */
export function listenerOf({ onEvent, logger, logLevel }: Listeners): Listeners["onEvent"] {
  const most = LEVELS.indexOf(logLevel ?? (logger ? "info" : "off"));
  if (most === 0) return onEvent;
  return (event) => {
    if (onEvent) callSafely(() => onEvent(event));
    const level = LEVEL_OF[event.type];
    if (LEVELS.indexOf(level) <= most) callSafely(() => (logger ?? console)[level](messageOf(event), event));
  };
}

interface Listeners {
  readonly onEvent?: (event: ClientEvent) => void;
  readonly logger?: Logger;
  readonly logLevel?: LogLevel | undefined;
}

const messageOf = (event: ClientEvent): string => `ax-users: ${event.operation} ${detailsOf(event)}`;

function detailsOf(event: ClientEvent): string {
  switch (event.type) {
    case "request":
      return `${event.method} ${event.path}, attempt ${event.attempt}`;
    case "response":
      return `HTTP ${event.status} after ${event.durationMs} ms`;
    case "retry":
      return `is retried in ${event.waitMs} ms (${event.reason})`;
    case "rate_limited":
      return `HTTP 429, all calls wait ${event.waitMs} ms`;
    case "failed":
      return `failed with ${event.error} after ${event.durationMs} ms (${event.outcome})`;
    case "aborted":
      return `was aborted after ${event.durationMs} ms (${event.outcome})`;
  }
}
