import type { Clock } from "./clock.ts";
import { sleep } from "./sleep.ts";

/** Cloudflare's Workers take a request that waits for nothing but another one, without a timer of its own, for hung. */
const LONGEST_WAIT_MS = 1_000;

/** Somebody who waits. */
interface Waiter {
  isRung: boolean;
  end: () => void;
}

/** Wakes those who wait for it, or as many as there is something for, first come, first served. */
export class Notifier {
  readonly #waiting = new Set<Waiter>();

  /**
   * Waits until it rings, or `ms` milliseconds have passed.
   *
   * @throws the signal's own reason.
   */
  async wait(clock: Clock, signal: AbortSignal | undefined, ms: number): Promise<void> {
    const until = clock.now() + ms;
    const waiter: Waiter = { isRung: false, end: () => {} };
    this.#waiting.add(waiter);
    try {
      for (let leftMs = ms; leftMs > 0 && !waiter.isRung; leftMs = until - clock.now()) {
        await sleep(clock, signal, Math.min(leftMs, LONGEST_WAIT_MS), (end) => {
          waiter.end = end;
        });
      }
    } finally {
      this.#waiting.delete(waiter);
    }
  }

  /** Wakes the `most` who have waited longest. Who is woken and has no use for it rings for the next one. */
  notify(most = Infinity): void {
    if (most <= 0) return;
    let left = most;
    // Whoever wakes waits again no sooner than in the next microtask.
    for (const waiter of this.#waiting) {
      this.#waiting.delete(waiter);
      waiter.isRung = true;
      waiter.end();
      left -= 1;
      if (left < 1) return;
    }
  }
}
