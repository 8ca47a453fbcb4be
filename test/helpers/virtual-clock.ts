import type { Clock } from "../../src/util/clock.ts";

/** Where the system's clock stands when a virtual one begins; a whole second, as HTTP dates are. */
export const WALL_START = Date.parse("2026-11-21T12:00:00Z");

/** As in `systemClock`: setTimeout takes no longer delay, which therefore never comes. */
const LONGEST_DELAY_MS = 2 ** 31 - 1;

/** No timer is so short that time stands still, not even where the sum rounds it away. */
const LEAST_STEP_MS = 2 ** -10;

interface Timer {
  readonly at: number;
  readonly action: () => void;
}

/** Lets everything happen that waits for no timer. */
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A clock whose time moves only when told. */
export class VirtualClock implements Clock {
  #now = 0;
  readonly #timers = new Set<Timer>();

  now(): number {
    return this.#now;
  }

  wallTime(): number {
    return WALL_START + this.#now;
  }

  after(ms: number, action: () => void): () => void {
    if (ms > LONGEST_DELAY_MS) return () => {};
    const timer = { at: this.#now + Math.max(ms, LEAST_STEP_MS), action };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** How long each timer still has, shortest first: empty where none is left behind. */
  get pending(): number[] {
    return [...this.#timers].map(({ at }) => at - this.#now).sort((a, b) => a - b);
  }

  /** Lets time pass, with all that happens meanwhile. */
  async advance(ms: number): Promise<void> {
    const until = this.#now + ms;
    await turn();
    while (this.#fireNext(until)) await turn();
    this.#now = until;
  }

  /**
   * Goes from timer to timer until the promise is settled, and gives what it gives. `settleDown` waits until nothing
   * can happen without time, which takes more than a turn where requests go over sockets.
   */
  async run<T>(promise: PromiseLike<T>, settleDown: () => Promise<void> = turn): Promise<T> {
    let settled = false;
    const settle = () => {
      settled = true;
    };
    // Only one then(), since a PagePromise loads on it; the copy can be awaited at leisure.
    const copy = Promise.resolve(promise.then((value) => value));
    copy.then(settle, settle);
    await settleDown();
    while (!settled) {
      if (!this.#fireNext(Number.POSITIVE_INFINITY))
        throw new Error("it waits for no timer and never settles");
      await settleDown();
    }
    return copy;
  }

  /** The next timer not after `until`, and time with it. Of several for one moment the oldest comes first. */
  #fireNext(until: number): boolean {
    let next: Timer | undefined;
    for (const timer of this.#timers) if (timer.at <= until && (!next || timer.at < next.at)) next = timer;
    if (!next) return false;
    this.#timers.delete(next);
    this.#now = Math.max(this.#now, next.at);
    next.action();
    return true;
  }
}
