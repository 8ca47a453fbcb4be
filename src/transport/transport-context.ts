import type { Settings } from "../config/client-options.ts";
import type { Redact } from "../errors/redaction/redact.ts";
import type { RateLimitGate } from "../throttle/rate-limit-gate.ts";
import type { RetryBudget } from "../throttle/retry-budget.ts";
import type { Clock } from "../util/clock.ts";

/** The part of the client context that sending requests takes. */
export interface TransportContext {
  readonly settings: Settings;
  readonly clock: Clock;
  /** From 0 to 1, for the jitter of waits. */
  readonly random: () => number;
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
  /** The confirming request under way; its result is undefined where its call was aborted. */
  confirming: Promise<Confirmation | undefined> | undefined;
}

/** The result of a confirming request: whether the server is the API, and its response in words. */
export interface Confirmation {
  readonly isAPI: boolean;
  readonly received: string;
}
