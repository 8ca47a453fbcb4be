import type { Settings } from "../config/client-options.ts";
import { type Redact, redactor } from "../errors/redaction/redact.ts";
import { RateLimitGate } from "../throttle/rate-limit-gate.ts";
import { RetryBudget } from "../throttle/retry-budget.ts";
import { type Clock, systemClock } from "../util/clock.ts";
import { EnumCaseDetector } from "./enum-case.ts";

/** What is known of the server at `baseUrl`. */
export interface ServerIdentity {
  /** Whether it is the API: a success or a confirming request (confirm.ts) has shown it. */
  isAPI: boolean;
  /** The confirming request under way: what it shows, or undefined where its call was aborted. */
  confirming: Promise<Confirmation | undefined> | undefined;
}

/** What a confirming request shows: whether the server is the API, and in words, what came back. */
export interface Confirmation {
  readonly isAPI: boolean;
  readonly received: string;
}

/** What every call of one client shares. Holds the key: never handed out. */
export interface ClientContext {
  readonly settings: Settings;
  readonly clock: Clock;
  /** From 0 to 1, for the spread of waits. */
  readonly random: () => number;
  readonly gate: RateLimitGate;
  readonly budget: RetryBudget;
  readonly enumCase: EnumCaseDetector;
  readonly server: ServerIdentity;
  /** Hides the API key and one-time passwords. */
  readonly redact: Redact;
}

export const createClientContext = (
  settings: Settings,
  clock: Clock = systemClock,
  random: () => number = Math.random,
): ClientContext => ({
  settings,
  clock,
  random,
  gate: new RateLimitGate(),
  budget: new RetryBudget(),
  enumCase: new EnumCaseDetector(settings.enumCase),
  server: { isAPI: false, confirming: undefined },
  redact: redactor(settings.apiKey),
});
