import type { Settings } from "../options.ts";
import { type Clock, systemClock } from "./clock.ts";
import { RateGate } from "./rate-gate.ts";
import { type Redact, redactor } from "./redact.ts";
import { RetryBudget } from "./retry-budget.ts";
import { WireCase } from "./wire-case.ts";

/** What is known of the server at `baseUrl`. */
interface KnownServer {
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
export interface Core {
  readonly settings: Settings;
  readonly clock: Clock;
  /** From 0 to 1, for the spread of waits. */
  readonly random: () => number;
  readonly gate: RateGate;
  readonly budget: RetryBudget;
  readonly wireCase: WireCase;
  readonly server: KnownServer;
  /** Hides the API key and one-time passwords. */
  readonly redact: Redact;
}

export const createCore = (
  settings: Settings,
  clock: Clock = systemClock,
  random: () => number = Math.random,
): Core => ({
  settings,
  clock,
  random,
  gate: new RateGate(),
  budget: new RetryBudget(),
  wireCase: new WireCase(settings.wireCase),
  server: { isAPI: false, confirming: undefined },
  redact: redactor(settings.apiKey),
});
