/** Where time comes from, so that tests can bring their own. */
export interface Clock {
  /** Milliseconds on a scale that never jumps; only differences mean something. */
  now(): number;
  /** Milliseconds since 1970, as the system's clock has them. */
  wallTime(): number;
  /** Runs `action` once, when by `now()` at least `ms` milliseconds have passed. Returns what cancels it. */
  after(ms: number, action: () => void): () => void;
}

/** A longer delay makes setTimeout fire at once (HTML, "timer initialization steps": a signed 32-bit integer). */
const LONGEST_DELAY_MS = 2 ** 31 - 1;

/** Node's timers count whole milliseconds, and may fire up to two of them early; one more for other runtimes. */
const EARLY_BY_MS = 3;

/** How far `performance.now()` is behind the timers. */
let behindMs = 0;

const now = (): number => performance.now() + behindMs;

/**
 * A timer that fires a little early is set once more, for the rest. One that fires early all the same, or by more than
 * any runtime's rounding, is a fake one (node:test, Vitest, Sinon) beside a real `performance.now()`: then the timers
 * are right, and the clock moves on to where they are. Waiting for the clock would never end.
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
