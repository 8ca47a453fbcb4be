import type { Clock } from "../util/clock.ts";
import { Notifier } from "../util/notifier.ts";

/** Practically no limit: more than any bulk call has in flight. */
const WIDE_OPEN = 64;

/** If a pause grows by less than this, waiting calls are not notified. They notice it at the end that they know. */
const NOTABLE_MS = 1_000;

/** How long a request waits for the end of a pause. */
interface PauseWait {
  readonly signal: AbortSignal | undefined;
  readonly deadlineAt: number;
  /** The longest pause to wait for. */
  readonly maxRetryAfterMs: number;
}

/** How a request waits at the gate. */
interface GateWait extends PauseWait {
  /** How long it waits behind other requests, which may hang. */
  readonly timeoutMs: number;
}

/** Since which pause, and until when, a request waits behind others. */
interface Queue {
  pauses: number | undefined;
  until: number;
}

/** A place, or the rest of a pause that is too long for the request. */
export type GateEntry = { readonly pauses: number } | { readonly tooLongMs: number };

/**
 * Admits the requests of a client. A 429 closes it for the pause that the server asked for, or for the longest pause that a
 * call waits for, if that is shorter. Then it opens gradually: first one request, and twice as many after each response other
 * than a 429. So it does not overload a server that has just recovered.
 */
export class RateLimitGate {
  readonly #clock: Clock;
  readonly #mostMs: number;
  #closedUntil = -Infinity;
  /** The end of the pause that the server asked for. The gate may open earlier. */
  #askedUntil = 0;
  #width = Infinity;
  #inside = 0;
  #pauses = 0;
  /** The number of clean responses to bulk calls. */
  cleanResponses = 0;
  /** The `#closedUntil` that waiting requests know. */
  #announcedUntil = 0;
  readonly #news = new Notifier();

  /** `mostMs`: the longest pause, unless the request that is asked to wait accepts a longer one. */
  constructor(clock: Clock, mostMs: number) {
    this.#clock = clock;
    this.#mostMs = mostMs;
  }

  /**
   * Waits until a request may be sent. Each entry with `pauses` must be followed by release(). A bulk call spaces its
   * requests itself (`isPaced`), so that it need not wait behind others.
   *
   * @throws the signal's own reason.
   */
  async acquire(wait: GateWait, isPaced: boolean): Promise<GateEntry> {
    const queue: Queue = { pauses: undefined, until: Infinity };
    try {
      for (;;) {
        if (wait.signal?.aborted) throw wait.signal.reason;
        const now = this.#clock.now();
        const tooLongMs = this.#tooLongMs(wait, now);
        if (tooLongMs !== undefined) return { tooLongMs };
        const isOpen = this.isOpen();
        const waitMs = isOpen ? this.#leftInQueueMs(wait, queue, now) : this.#closedUntil - now;
        // Nothing is awaited before the place is taken, so that no other request takes it.
        if (isOpen && (isPaced || waitMs <= 0 || this.#inside < this.#width)) {
          this.#inside += 1;
          return { pauses: this.#pauses };
        }
        await this.#news.wait(this.#clock, wait.signal, waitMs);
      }
    } catch (error) {
      // It may have been woken for a place that it no longer needs.
      this.#wake();
      throw error;
    }
  }

  /** How much longer a request waits behind others. Starts again after each pause. */
  #leftInQueueMs({ timeoutMs, deadlineAt }: GateWait, queue: Queue, now: number): number {
    if (queue.pauses !== this.#pauses) Object.assign(queue, { pauses: this.#pauses, until: now + timeoutMs });
    return Math.min(deadlineAt, queue.until) - now;
  }

  /** The rest of the current pause, if it is too long for the request. */
  #tooLongMs({ maxRetryAfterMs, deadlineAt }: PauseWait, now: number): number | undefined {
    const askedMs = this.#askedUntil - now;
    const mostMs = Math.min(maxRetryAfterMs, Math.max(0, deadlineAt - now));
    return !this.isOpen() && askedMs > mostMs ? askedMs : undefined;
  }

  /** Wakes as many requests as there are places. While the gate is closed, each has a timer for its end. */
  #wake(): void {
    if (this.isOpen()) this.#news.notify(this.#width - this.#inside);
  }

  /**
   * Waits while the gate is closed, or until the pause changes. Returns false at once if the pause is too long for the
   * request.
   *
   * @throws the signal's own reason.
   */
  async waitForPause(wait: PauseWait): Promise<boolean> {
    const now = this.#clock.now();
    if (this.#tooLongMs(wait, now) !== undefined) return false;
    await this.#news.wait(this.#clock, wait.signal, this.#closedUntil - now);
    return true;
  }

  isOpen(): boolean {
    return this.#pauses === 0 || this.#closedUntil <= this.#clock.now();
  }

  /** `pauses`: from acquire(). `hasResponse`: the server responded. A 429 has closed the gate before. */
  release(pauses: number, hasResponse: boolean): void {
    this.#inside -= 1;
    // A request from before the last pause says nothing about the server after it.
    if (hasResponse && pauses === this.#pauses) {
      this.#width *= 2;
      if (this.#width >= WIDE_OPEN) this.#width = Infinity;
    }
    this.#wake();
  }

  /** The request that probed the server after a pause got no response. Others do not wait for another probe. */
  giveUp(pauses: number): void {
    if (pauses === this.#pauses) this.#width = Infinity;
  }

  /**
   * Closes for `forMs`, but at most for the longest pause, which is `mostMs` if that is longer: clients made by `withOptions`
   * share the gate, and may have another `maxRetryAfterMs`. Does not shorten a pause.
   */
  close(forMs: number, mostMs: number): void {
    const now = this.#clock.now();
    const wasOpen = this.isOpen();
    // A pause that was shortened is over.
    this.#askedUntil = Math.max(wasOpen ? now : this.#askedUntil, now + forMs);
    this.#closedUntil = Math.max(this.#closedUntil, now + Math.min(forMs, Math.max(mostMs, this.#mostMs)));
    this.#width = 1;
    this.#pauses += 1;
    // Do not notify for each of many concurrent 429s.
    if (!wasOpen && this.#closedUntil < this.#announcedUntil + NOTABLE_MS) return;
    this.#announcedUntil = this.#closedUntil;
    this.#news.notify();
  }
}
