/** The source of time; tests replace it. */
export interface Clock {
  /** Milliseconds on a monotonic scale; only differences are meaningful. */
  now(): number;
  /** Milliseconds since 1970, by the system clock. */
  wallTime(): number;
  /** Runs `action` once, after at least `ms` milliseconds on the scale of `now()`. Returns a function that cancels it. */
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
 * The real clock. A timer that fires slightly early is set again for the rest. If it fires early again, or earlier than
 * any runtime's rounding explains, timers are fake (node:test, Vitest, Sinon) but `performance.now()` is real. The clock is then
 * moved forward to match the timers, since waiting for the clock would never end.
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
