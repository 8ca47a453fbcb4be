import { type Client, createClient } from "../../generated/client/index.ts";
import manifest from "../../package.json" with { type: "json" };
import { type ChangeableOptions, changeSettings, type Settings } from "../config/client-options.ts";
import { listenerOf } from "../config/logging.ts";
import { TokenProvider } from "../config/token-provider.ts";
import { redactor } from "../errors/redaction/redact.ts";
import { RateLimitGate } from "../throttle/rate-limit-gate.ts";
import { RetryBudget } from "../throttle/retry-budget.ts";
import type { CallContext } from "../transport/call-context.ts";
import type { TransportContext } from "../transport/transport-context.ts";
import { type Clock, systemClock } from "../util/clock.ts";
import { canSetUserAgent } from "../util/runtime.ts";
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
export type ApiCall = CallContext<ClientContext>;

export function createClientContext(
  settings: Settings,
  clock: Clock = systemClock,
  random: () => number = Math.random,
): ClientContext {
  const { apiKey } = settings;
  const { redact, addKey } = redactor();
  if (typeof apiKey === "string") addKey(apiKey);
  return {
    ...ownPart(settings),
    clock,
    random,
    tokens: typeof apiKey === "string" ? undefined : new TokenProvider(apiKey, addKey),
    gate: new RateLimitGate(clock),
    budget: new RetryBudget(),
    enumCase: new EnumCaseDetector(clock, settings.enumCase),
    server: { isAPI: false, confirming: undefined },
    redact,
  };
}

/** The context of a client with other options, which shares with the first one what is learned of the server. */
export function changeContext(context: ClientContext, options: ChangeableOptions): ClientContext {
  const settings = changeSettings(context.settings, options);
  const { enumCase } = settings;
  const changed = { ...context, ...ownPart(settings) };
  if (enumCase === context.settings.enumCase) return changed;
  return { ...changed, enumCase: new EnumCaseDetector(context.clock, enumCase) };
}

/** What depends on the settings alone. */
const ownPart = (
  settings: Settings,
): Pick<ClientContext, "settings" | "headers" | "onEvent" | "generated"> => ({
  settings,
  headers: { accept: MEDIA_TYPES, ...userAgent(settings), ...settings.headers },
  onEvent: listenerOf(settings),
  generated: createClient({ baseUrl: settings.baseUrl }),
});

const userAgent = ({ userAgent }: Settings): { "user-agent"?: string } =>
  canSetUserAgent()
    ? { "user-agent": [`ax-users/${manifest.version}`, userAgent].filter(Boolean).join(" ") }
    : {};
