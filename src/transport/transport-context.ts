import type { ClientEvent } from "../config/client-events.ts";
import type { Settings } from "../config/client-options.ts";
import type { TokenProvider } from "../config/token-provider.ts";
import type { Redact } from "../errors/redaction/redact.ts";
import type { RateLimitGate } from "../throttle/rate-limit-gate.ts";
import type { RetryBudget } from "../throttle/retry-budget.ts";
import type { Clock } from "../util/clock.ts";
import type { Notifier } from "../util/notifier.ts";

/** The part of the client context that the transport uses. */
export interface TransportContext {
  readonly settings: Settings;
  /** The headers of every request, by lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** Passes events to the caller and to the log; undefined if there is neither. */
  readonly onEvent: ((event: ClientEvent) => void) | undefined;
  readonly clock: Clock;
  /** Returns a number from 0 to 1, for the jitter of waits. */
  readonly random: () => number;
  /** Undefined if the key is a string. */
  readonly tokens: TokenProvider | undefined;
  readonly gate: RateLimitGate;
  readonly budget: RetryBudget;
  readonly server: ServerIdentity;
  /** Removes API keys and one-time passwords from text. */
  readonly redact: Redact;
}

/** Whether the server at `baseUrl` is the API. */
interface ServerIdentity {
  /** Proved by a successful response or a confirming request. */
  isAPI: boolean;
  /** The confirming request in flight. */
  confirming: Confirmation | undefined;
}

/** A confirming request. */
export interface Confirmation {
  readonly done: Notifier;
  /** A description of the response, if it is not the API's. */
  received?: string;
}
