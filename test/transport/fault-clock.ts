import type { Clock } from "../../src/util/clock.ts";

/** A whole second, since an HTTP date names no fraction. */
const START = Date.UTC(2026, 0, 1);

interface Timer {
  readonly dueMs: number;
  readonly action: () => void;
}

/** A clock that stands still until it is told to go on. */
export class StillClock implements Clock {
  #now = 0;
  readonly #timers = new Set<Timer>();

  now(): number {
    return this.#now;
  }

  wallTime(): number {
    return START + this.#now;
  }

  after(ms: number, action: () => void): () => void {
    const timer = { dueMs: this.#now + ms, action };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** Goes on to the timer that is due next, and runs it; of several, the first one set. False where there is none. */
  goOn(): boolean {
    const [next] = [...this.#timers]
      .filter(({ dueMs }) => dueMs < Number.POSITIVE_INFINITY)
      .sort((a, b) => a.dueMs - b.dueMs);
    if (!next) return false;
    this.#timers.delete(next);
    this.#now = Math.max(this.#now, next.dueMs);
    next.action();
    return true;
  }
}
