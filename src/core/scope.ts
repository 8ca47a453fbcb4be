import type { Outcome } from "../error-types.ts";
import { type RequestOptions, readRequestOptions } from "../options.ts";
import type { Core } from "./core.ts";
import type { Flow } from "./flow.ts";
import { onAbort } from "./on-abort.ts";

/** What holds for one call of a public method and all requests it is made of. */
export interface Scope {
  readonly signal: AbortSignal | undefined;
  readonly timeoutMs: number;
  /** On the scale of the clock's `now()`; Infinity where there is none. */
  readonly deadlineAt: number;
  readonly deadlineMs: number;
  readonly maxRetries: number;
  readonly maxRetryAfterMs: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Lets a request that is sent come to its end, whatever the signal and the deadline say; waits still end. */
  readonly finishSent?: boolean;
  /** The outcome of another form of the same request, which was sent before; counts for this one, too. */
  readonly before?: Outcome;
  /** What the requests of a bulk call share. */
  readonly flow?: Flow;
}

/** @throws {ValidationError} where an option breaks its rule. */
export function openScope(core: Core, method: string, options?: RequestOptions): Scope {
  const own = readRequestOptions(method, options);
  const { settings, clock } = core;
  const deadlineMs = own.deadlineMs ?? settings.deadlineMs;
  return {
    signal: own.signal,
    timeoutMs: own.timeoutMs ?? settings.timeoutMs,
    deadlineMs,
    deadlineAt: clock.now() + deadlineMs,
    maxRetries: own.maxRetries ?? settings.maxRetries,
    maxRetryAfterMs: settings.maxRetryAfterMs,
    headers: own.headers,
  };
}

/** The same scope with a signal of its own, which `end` aborts, and the caller's signal, too, until `end` was called. */
export function endable(scope: Scope): { scope: Scope; end: () => void } {
  const controller = new AbortController();
  const { signal } = scope;
  if (signal?.aborted) controller.abort(signal.reason);
  const release = onAbort(signal, () => controller.abort(signal?.reason));
  const end = () => {
    release();
    controller.abort();
  };
  return { scope: { ...scope, signal: controller.signal }, end };
}

/** What is left of the call's time, in milliseconds; 0 where it is up. */
export const timeLeft = (core: Core, scope: Scope): number =>
  Math.max(0, scope.deadlineAt - core.clock.now());

/** Which of its limits a request of `limitMs` ran into, as a message names it. */
export const deadlineOrTimeout = (scope: Scope, limitMs: number): string =>
  limitMs < scope.timeoutMs ? `deadlineMs: ${scope.deadlineMs}` : `timeoutMs: ${scope.timeoutMs}`;
