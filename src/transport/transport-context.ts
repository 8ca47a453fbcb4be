import type { ClientEvent } from "../config/client-events.ts";
import type { Settings } from "../config/client-options.ts";
import type { TokenProvider } from "../config/token-provider.ts";
import type { Redact } from "../errors/redaction/redact.ts";
import type { RateLimitGate } from "../throttle/rate-limit-gate.ts";
import type { RetryBudget } from "../throttle/retry-budget.ts";
import type { Clock } from "../util/clock.ts";
import type { Notifier } from "../util/notifier.ts";

/** The part of the client context that sending requests takes. */
export interface TransportContext {
  readonly settings: Settings;
  /** Of every request, by lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** Gets the events, for the caller and for the log; undefined where nobody wants them. */
  readonly onEvent: ((event: ClientEvent) => void) | undefined;
  readonly clock: Clock;
  /** From 0 to 1, for the jitter of waits. */
  readonly random: () => number;
  /** Undefined where the key is a string. */
  readonly tokens: TokenProvider | undefined;
  readonly gate: RateLimitGate;
  readonly budget: RetryBudget;
  readonly server: ServerIdentity;
  /** Hides the API key and one-time passwords. */
  readonly redact: Redact;
}

/** Whether the server at `baseUrl` is the API. */
interface ServerIdentity {
  /** Shown by a success or by a confirming request. */
  isAPI: boolean;
  /** The confirming request under way. */
  confirming: Confirmation | undefined;
}

/** A confirming request. */
export interface Confirmation {
  readonly done: Notifier;
  /** The response in words, where it is not the API's. */
  received?: string;
}
