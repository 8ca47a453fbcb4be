/** The source of time, which tests replace. */
export interface Clock {
  /** Milliseconds on a monotonic scale; only differences have a meaning. */
  now(): number;
  /** Milliseconds since 1970, by the system's clock. */
  wallTime(): number;
  /** Runs `action` once, after at least `ms` milliseconds by `now()`. Returns a function that cancels it. */
  after(ms: number, action: () => void): () => void;
}

/** A longer delay makes setTimeout fire at once (HTML, "timer initialization steps": a signed 32-bit integer). */
const LONGEST_DELAY_MS = 2 ** 31 - 1;

/** Node's timers count whole milliseconds, and may fire up to two of them early; one more for other runtimes. */
const EARLY_BY_MS = 3;

/** How far `performance.now()` is behind the timers, in milliseconds. */
let behindMs = 0;

const now = (): number => performance.now() + behindMs;

/**
 * A timer that fires slightly early is set again for the rest. One that fires early again, or by more than
 * any runtime's rounding, is a fake timer (node:test, Vitest, Sinon) beside a real `performance.now()`: then the timers
 * are right, and the clock is moved forward to match them. Waiting for the clock would never end.
 */
export const systemClock: Clock = {
  now,
  wallTime: () => Date.now(),
  after(ms, action) {
    if (ms === Infinity) return () => {};
    const due = now() + ms;
    let timer: ReturnType<typeof setTimeout>;
    const wait = (leftMs: number, isCorrection: boolean) => {
      const delayMs = Math.min(leftMs, LONGEST_DELAY_MS);
      timer = setTimeout(() => {
        const earlyMs = due - now();
        if (delayMs < leftMs) wait(Math.min(leftMs - delayMs, earlyMs), false);
        else if (earlyMs > 0 && earlyMs <= EARLY_BY_MS && !isCorrection) wait(earlyMs, true);
        else {
          behindMs += Math.max(0, earlyMs);
          action();
        }
      }, delayMs);
    };
    wait(ms, false);
    return () => clearTimeout(timer);
  },
};
