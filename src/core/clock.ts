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

export const systemClock: Clock = {
  now: () => performance.now(),
  wallTime: () => Date.now(),
  after(ms, action) {
    if (ms === Infinity) return () => {};
    const due = performance.now() + ms;
    let timer: ReturnType<typeof setTimeout>;
    // Node's timers count whole milliseconds, and may fire up to two of them early.
    const wait = () => {
      const left = due - performance.now();
      if (left <= 0) action();
      else timer = setTimeout(wait, Math.min(left, LONGEST_DELAY_MS));
    };
    timer = setTimeout(wait, Math.min(ms, LONGEST_DELAY_MS));
    return () => clearTimeout(timer);
  },
};
