/** Where time comes from, so that tests can bring their own. */
export interface Clock {
  /** Milliseconds on a scale that never jumps; only differences mean something. */
  now(): number;
  /** Milliseconds since 1970, as the system's clock has them. */
  wallTime(): number;
  /** Runs `action` once in `ms` milliseconds. Returns what cancels it. */
  after(ms: number, action: () => void): () => void;
}

/** A longer delay makes setTimeout fire at once (HTML, "timer initialization steps": a signed 32-bit integer). */
const LONGEST_DELAY_MS = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => performance.now(),
  wallTime: () => Date.now(),
  after(ms, action) {
    if (ms > LONGEST_DELAY_MS) return () => {};
    const timer = setTimeout(action, ms);
    return () => clearTimeout(timer);
  },
};
