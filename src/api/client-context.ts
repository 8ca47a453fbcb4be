import { type Client, createClient } from "../../generated/client/index.ts";
import type { Settings } from "../config/client-options.ts";
import { redactor } from "../errors/redaction/redact.ts";
import { RateLimitGate } from "../throttle/rate-limit-gate.ts";
import { RetryBudget } from "../throttle/retry-budget.ts";
import type { CallContext } from "../transport/call-context.ts";
import type { TransportContext } from "../transport/transport-context.ts";
import { type Clock, systemClock } from "../util/clock.ts";
import { EnumCaseDetector } from "./enum-case-detector.ts";

const MEDIA_TYPES = "application/json, application/problem+json";

/** What all calls of one client share. Holds the key: never handed out. */
export interface ClientContext extends TransportContext {
  /** hey-api's client. */
  readonly generated: Client;
  readonly enumCase: EnumCaseDetector;
  /** What the calls of one batch share. */
  readonly shared?: CallContext;
}

/** What holds for one call of a public method. */
export interface ApiCall extends CallContext<ClientContext> {
  /** The method's name, as errors name it. */
  readonly method: string;
}

export const createClientContext = (
  settings: Settings,
  clock: Clock = systemClock,
  random: () => number = Math.random,
): ClientContext => ({
  settings,
  clock,
  random,
  generated: createClient({
    baseUrl: settings.baseUrl,
    headers: { accept: MEDIA_TYPES, ...settings.headers },
  }),
  gate: new RateLimitGate(clock),
  budget: new RetryBudget(),
  enumCase: new EnumCaseDetector(clock, settings.enumCase),
  server: { isAPI: false, confirming: undefined },
  redact: redactor(settings.apiKey),
});
