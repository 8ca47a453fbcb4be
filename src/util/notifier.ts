import type { Clock } from "./clock.ts";
import { sleep } from "./sleep.ts";

/** Cloudflare Workers abort a request as hung if it only waits for another one, without its own timer. */
const LONGEST_WAIT_MS = 1_000;

/** Wakes all or some waiting calls, in the order in which they began to wait. */
export class Notifier {
  readonly #waiting = new Set<{ end: () => void }>();

  /**
   * Waits for `notify()` or `ms` milliseconds.
   *
   * @throws the signal's own reason.
   */
  async wait(clock: Clock, signal: AbortSignal | undefined, ms: number): Promise<void> {
    const until = clock.now() + ms;
    const waiter = { end: () => {} };
    this.#waiting.add(waiter);
    try {
      for (let leftMs = ms; leftMs > 0 && this.#waiting.has(waiter); leftMs = until - clock.now()) {
        await sleep(clock, signal, Math.min(leftMs, LONGEST_WAIT_MS), (end) => {
          waiter.end = end;
        });
      }
    } finally {
      this.#waiting.delete(waiter);
    }
  }

  /** Wakes the `most` calls that have waited longest. A call that has no use for it must notify the next one. */
  notify(most = Infinity): void {
    if (most <= 0) return;
    let left = most;
    // A call that was woken cannot wait again before the next microtask.
    for (const waiter of this.#waiting) {
      this.#waiting.delete(waiter);
      waiter.end();
      left -= 1;
      if (left < 1) return;
    }
  }
}
