import { type RequestOptions, readRequestOptions } from "../options.ts";
import type { Core } from "./core.ts";

/** What holds for one call of a public method and all requests it is made of. */
export interface Scope {
  readonly signal: AbortSignal | undefined;
  readonly timeoutMs: number;
  /** On the scale of the clock's `now()`; Infinity where there is none. */
  readonly deadlineAt: number;
  readonly deadlineMs: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** @throws {ValidationError} where an option breaks its rule. */
export function openScope(core: Core, method: string, options?: RequestOptions): Scope {
  const own = readRequestOptions(method, options);
  const deadlineMs = own.deadlineMs ?? core.settings.deadlineMs;
  return {
    signal: own.signal,
    timeoutMs: own.timeoutMs ?? core.settings.timeoutMs,
    deadlineMs,
    deadlineAt: core.clock.now() + deadlineMs,
    headers: own.headers,
  };
}

/** A timer may fire that much before its time, since it counts whole milliseconds. */
const TIMER_SLACK_MS = 1;

/** What is left of the call's time, in milliseconds; 0 where it is up. */
export function timeLeft(core: Core, scope: Scope): number {
  const left = scope.deadlineAt - core.clock.now();
  return left > TIMER_SLACK_MS ? left : 0;
}
