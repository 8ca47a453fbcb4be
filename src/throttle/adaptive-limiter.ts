import type { Clock } from "../util/clock.ts";
import { sleep } from "../util/sleep.ts";
import { Pacer } from "./pacer.ts";

/** The most requests of one bulk call, or of one `findByEmails`, in flight. */
export const MOST_IN_FLIGHT = 64;
const FIRST_LIMIT = 8;
const CLEAN_RESPONSES_PER_STEP = 4;

/**
 * Adapts the requests of one bulk call, or of one `findByEmails`, to the server: how many are in flight, how far apart they are
 * sent, and when to give up.
 *
 * Without a `concurrency`, it starts with 8 requests in flight, and adds one after every four clean responses. A 429, or a 503
 * with Retry-After, halves the limit. After the first one, it adds one request per round trip, like TCP's congestion avoidance
 * (RFC 5681, 3.1). Further ones from the same window, for requests that were sent before, do not halve it again.
 */
export class AdaptiveLimiter {
  /** The most requests in flight. */
  readonly most: number;
  readonly #clock: Clock;
  readonly #maxWaits: number;
  #limit: number;
  #inFlight = 0;
  /** The number of the window, from 0. A new window begins when the limit is halved. */
  #window = 0;
  /** The number of pauses in a row without a clean response. */
  fruitlessPauses = 0;
  /** The client's clean responses to bulk calls at the last pause. */
  #cleanBefore = 0;
  #pausedUntil = -Infinity;
  readonly #pacer = new Pacer();
  /** Wakes the requests that wait for a permit, in order. */
  readonly #queue = new Set<() => void>();
  #cancelTimer = () => {};
  /** Whether the next request waits for its time only, not for another request. */
  #isPaced = false;
  /**
   * Whether further requests are useless: after too many pauses without a clean response, too long a pause, a 401, or a 404 from
   * a server that may not be the API.
   */
  exhausted = false;
  /** Why it is exhausted, for the error after a 429 or 503. */
  endReason = "the server kept rejecting requests";
  /** The error of the token provider after a 401. */
  endError: unknown;

  /** `maxWaits`: the most pauses in a row without a clean response. */
  constructor(clock: Clock, concurrency: number | undefined, maxWaits: number) {
    this.#clock = clock;
    this.most = concurrency ?? MOST_IN_FLIGHT;
    this.#limit = concurrency ?? FIRST_LIMIT;
    this.#maxWaits = maxWaits;
  }

  /** The requests for the targets begin. Lookups one after the other say nothing of the rate that the limit allows. */
  startTargets(): void {
    this.#pacer.restart();
  }

  /** Grants no further permits. */
  endWith(error?: unknown): void {
    this.exhausted = true;
    this.endError ??= error;
  }

  /**
   * Waits for a permit, first come, first served. Returns the window, for release(). After the deadline or an abort, it also
   * returns, and the caller must not send.
   */
  async acquire(signal: AbortSignal | undefined, deadlineAt: number): Promise<number> {
    let wake = () => {};
    const admit = () => wake();
    this.#queue.add(admit);
    this.#admit();
    if (this.#queue.has(admit)) {
      const wait = sleep(this.#clock, signal, Math.max(0, deadlineAt - this.#clock.now()), (end) => {
        wake = end;
      });
      await wait.catch(() => {});
    }
    // It was not admitted, but the caller calls release() all the same.
    if (this.#queue.delete(admit)) this.#inFlight += 1;
    return this.#window;
  }

  /**
   * Must follow each acquire(). `status` is that of the response, if any. `limited`: it is a 429, or a 503 with Retry-After.
   *
   * @returns whether the response is clean: the server handled the request.
   */
  release(window: number, status = 500, limited = false): boolean {
    this.#inFlight -= 1;
    if (status === 401) this.exhausted = true;
    const clean = status < 500 && !limited;
    // A response may take longer than a pause.
    if (clean) this.fruitlessPauses = 0;
    if (clean && window === this.#window) {
      this.#pacer.gotThrough(this.#clock.now());
      const perStep = this.#window === 0 ? CLEAN_RESPONSES_PER_STEP : Math.floor(this.#limit);
      this.#limit = Math.min(this.most, this.#limit + 1 / perStep);
    }
    this.#admit();
    return clean;
  }

  /**
   * Halves the limit and pauses, after a 429 or a 503 with Retry-After. `canWait`: the call may wait for the pause.
   * `cleanResponses`: those to all bulk calls of the client, which may take turns at the limit.
   *
   * @returns whether the request may be sent again.
   */
  slowDown(window: number, pauseMs: number, canWait: boolean, cleanResponses: number): boolean {
    if (!canWait) {
      this.endReason = "the server asked for a longer pause than the call may wait";
      this.exhausted = true;
    }
    const now = this.#clock.now();
    this.#pausedUntil = Math.max(this.#pausedUntil, now + pauseMs);
    if (window === this.#window) {
      this.#window += 1;
      this.#limit = Math.max(1, Math.floor(this.#limit / 2));
      this.#pacer.rejected(now, pauseMs);
      if (cleanResponses > this.#cleanBefore) this.fruitlessPauses = 0;
      this.#cleanBefore = cleanResponses;
      if (this.fruitlessPauses === this.#maxWaits) this.exhausted = true;
      else this.fruitlessPauses += 1;
    }
    return !this.exhausted;
  }

  /** Admits as many requests as may be sent now, and sets a timer for the next one. */
  #admit(): void {
    this.#cancelTimer();
    const isDue = this.#isPaced;
    this.#isPaced = false;
    for (const admit of this.#queue) {
      if (this.exhausted || this.#inFlight >= Math.floor(this.#limit)) return;
      const now = this.#clock.now();
      const readyAt = Math.max(this.#pausedUntil, this.#pacer.nextAt);
      if (readyAt > now) {
        this.#isPaced = true;
        this.#cancelTimer = this.#clock.after(readyAt - now, () => this.#admit());
        return;
      }
      this.#queue.delete(admit);
      this.#inFlight += 1;
      // Timers may be late. The next requests do not wait longer because of that.
      this.#pacer.sent(isDue ? readyAt : now);
      admit();
    }
  }
}
