import type { Clock } from "../util/clock.ts";
import { sleep } from "../util/sleep.ts";
import { Pacer } from "./pacer.ts";

/** Never more requests of one bulk call at once than this. */
export const MOST_IN_FLIGHT = 64;
const FIRST_LIMIT = 8;
const CLEAN_ANSWERS_PER_STEP = 4;

/** Somebody who waits for a turn. */
interface Waiting {
  admit: () => void;
}

/**
 * What all requests of one bulk call pass, so that they go as fast as the server takes them: how many are in flight
 * at once, how far apart they are sent, and when to give up.
 *
 * Without a given concurrency 8 are in flight at first, one more after every four clean answers, and after the first
 * refusal one more for each round trip, as TCP does it (RFC 5681, 3.1). A refusal halves them; others of requests
 * that were under way at that moment belong to the same window, and say nothing new.
 */
export class AdaptiveLimiter {
  /** How many there may be in flight at once. */
  readonly most: number;
  readonly #clock: Clock;
  readonly #maxWaits: number;
  #limit: number;
  #inFlight = 0;
  /** Begins with 0, and anew with each refusal of a request that was sent in the current one. */
  #window = 0;
  /** How many pauses in a row have passed without anything getting through. */
  fruitlessPauses = 0;
  #pausedUntil = -Infinity;
  readonly #pace = new Pacer();
  readonly #queue = new Set<Waiting>();
  #cancelTimer = () => {};
  /** Set when further requests are no use: the server has refused too often, or the key. */
  exhausted = false;

  /** `maxWaits`: how many pauses in a row may pass in vain. */
  constructor(clock: Clock, concurrency: number | undefined, maxWaits: number) {
    this.#clock = clock;
    this.most = concurrency ?? MOST_IN_FLIGHT;
    this.#limit = concurrency ?? FIRST_LIMIT;
    this.#maxWaits = maxWaits;
  }

  /**
   * Waits for a turn, first come, first served, or until the call's time is up, and gives what leave() wants back.
   *
   * @throws the signal's own reason.
   */
  async acquire(signal: AbortSignal | undefined, deadlineAt: number): Promise<number> {
    if (signal?.aborted) throw signal.reason;
    let wake = () => {};
    const waiting = { admit: () => wake() };
    this.#queue.add(waiting);
    this.#admit();
    if (this.#queue.has(waiting)) {
      try {
        await sleep(this.#clock, signal, Math.max(0, deadlineAt - this.#clock.now()), (end) => {
          wake = end;
        });
      } catch (reason) {
        this.#queue.delete(waiting);
        this.#admit();
        throw reason;
      }
    }
    // Where the time is up, it goes without a turn, and the caller ends the call.
    if (this.#queue.delete(waiting)) this.#inFlight += 1;
    return this.#window;
  }

  /** Must follow each enter(). `status` of the answer, where one came; `limited`: it asks for fewer requests. */
  release(window: number, status = 500, limited = false): void {
    this.#inFlight -= 1;
    if (status === 401) this.exhausted = true;
    const clean = status < 500 && !limited;
    if (clean && window === this.#window - 1) this.#pace.gotThroughLate();
    if (clean && window === this.#window) {
      this.fruitlessPauses = 0;
      this.#pace.gotThrough(this.#clock.now());
      const perStep = this.#window === 0 ? CLEAN_ANSWERS_PER_STEP : Math.floor(this.#limit);
      this.#limit = Math.min(this.most, this.#limit + 1 / perStep);
    }
    this.#admit();
  }

  /**
   * The server asked for less, and for a pause, which is none where it is too long to wait for.
   *
   * @returns whether the request may be sent again.
   */
  slowDown(window: number, pauseMs: number, canWait: boolean): boolean {
    if (!canWait) this.exhausted = true;
    if (this.exhausted) return false;
    const now = this.#clock.now();
    this.#pausedUntil = Math.max(this.#pausedUntil, now + pauseMs);
    if (window === this.#window) {
      this.#window += 1;
      this.#limit = Math.max(1, Math.floor(this.#limit / 2));
      this.#pace.refused(now, pauseMs);
      if (this.fruitlessPauses === this.#maxWaits) this.exhausted = true;
      else this.fruitlessPauses += 1;
    }
    return !this.exhausted;
  }

  /** `onTimer`: called when the pace says so, perhaps a little late, for which the next ones need not wait longer. */
  #admit(onTimer = false): void {
    this.#cancelTimer();
    this.#cancelTimer = () => {};
    for (const waiting of this.#queue) {
      if (this.exhausted || this.#inFlight >= Math.floor(this.#limit)) return;
      const now = this.#clock.now();
      const readyAt = Math.max(this.#pausedUntil, this.#pace.nextAt);
      if (readyAt > now) {
        this.#cancelTimer = this.#clock.after(readyAt - now, () => this.#admit(true));
        return;
      }
      this.#queue.delete(waiting);
      this.#inFlight += 1;
      this.#pace.sent(onTimer ? readyAt : now);
      waiting.admit();
    }
  }
}
