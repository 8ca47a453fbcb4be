import type { Settings } from "../options.ts";
import { type Clock, systemClock } from "./clock.ts";
import { redactor } from "./redact.ts";

/** What every call of one client shares. Holds the key: never handed out. */
export interface Core {
  readonly settings: Settings;
  readonly clock: Clock;
  /** Hides the API key. */
  redact(said: string): string;
}

export const createCore = (settings: Settings, clock: Clock = systemClock): Core => ({
  settings,
  clock,
  redact: redactor(settings.apiKey),
});
