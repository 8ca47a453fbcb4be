/** In how many clean stretches a reduced rate grows back to the rate that was rejected. */
const STRETCHES_TO_CEILING = 6;

/** Beyond that rate it may double with each stretch; below it grows by at least 1 %. */
const FASTEST_GROWTH = 2;
const SLOWEST_GROWTH = 1.01;

/** For shorter pauses, or none, in milliseconds. */
const SHORTEST_STRETCH_MS = 100;

/**
 * Spaces requests, at a rate learned from the requests that succeeded between two rejections.
 *
 * The rate that the server's limiter sustains, be it a fixed window or a token bucket, has two lower bounds: the successes
 * of a whole cycle including its pause, since a cycle begins and ends with an empty bucket (only the first begins with
 * a full one, so the pause that ends it counts); and the successes of the last stretch, assuming that a pause's worth of
 * tokens had been saved for it. The rate that was rejected is an upper bound. The next rate lies between them, two
 * thirds of the way down (as a ratio), so that each rejection reduces the uncertainty to a third.
 *
 * From there it grows with each stretch, which is as long as the pause: slowly up to the rejected rate, and faster
 * beyond it, since then the limit must have been raised.
 */
export class Pacer {
  /** When the next request may be sent, by the clock. */
  nextAt = -Infinity;
  /** Requests per millisecond. */
  #rate = Infinity;
  #ceiling = Infinity;
  #growth = 1;
  #stretchMs = 0;
  #stretchEndsAt = Infinity;
  /** The current cycle: when it began, when its pause was over, and how many requests succeeded. */
  #cycleAt: number | undefined;
  #resumedAt = 0;
  #through = 0;
  #inStretch = 0;
  /** The lower bound that the last whole stretch shows, in requests per millisecond. */
  #proven = 0;
  #pauseMs = 0;
  /** Counts one more success for the cycle that the last rejection ended. */
  #countLate = () => {};

  /** A request is sent now. */
  sent(now: number): void {
    if (this.#cycleAt === undefined) {
      this.#cycleAt = now;
      this.#resumedAt = now;
    }
    this.nextAt = now + 1 / this.#rate;
  }

  /** A request succeeded. */
  gotThrough(now: number): void {
    this.#through += 1;
    this.#inStretch += 1;
    if (now < this.#stretchEndsAt) return;
    this.#proven = this.#inStretch / (now - this.#stretchEndsAt + this.#stretchMs + this.#pauseMs);
    this.#inStretch = 0;
    this.#rate *= this.#growth;
    this.#stretchEndsAt = now + this.#stretchMs;
    if (this.#rate > this.#ceiling) this.#growth = Math.min(FASTEST_GROWTH, this.#growth ** 2);
  }

  /** A request succeeded that was in flight when another was rejected. */
  gotThroughLate(): void {
    this.#countLate();
  }

  /** A request was rejected, and a pause follows. */
  refused(now: number, pauseMs: number): void {
    const isFirst = this.#rate === Infinity;
    const cycleMs = Math.max(1, now - (this.#cycleAt ?? now) + (isFirst ? pauseMs : 0));
    const activeMs = Math.max(1, now - this.#resumedAt);
    const refusedRate = this.#rate;
    const proven = this.#proven;
    let through = this.#through;
    const learn = () => {
      const ceiling = isFirst ? Math.max(1, through) / activeMs : refusedRate;
      this.#settle(Math.max(proven, Math.max(1, through) / cycleMs), ceiling);
    };
    learn();
    this.#countLate = () => {
      through += 1;
      learn();
    };
    this.#through = 0;
    this.#inStretch = 0;
    this.#proven = 0;
    this.#cycleAt = now;
    this.#pauseMs = pauseMs;
    this.#resumedAt = now + pauseMs;
    this.#stretchMs = Math.max(pauseMs, SHORTEST_STRETCH_MS);
    this.#stretchEndsAt = this.#resumedAt + this.#stretchMs;
    this.nextAt = this.#resumedAt;
  }

  /** Restarts between the lower bound and the rejected rate. */
  #settle(floor: number, ceiling: number): void {
    this.#ceiling = ceiling;
    this.#rate = Math.cbrt(Math.min(floor, ceiling) ** 2 * ceiling);
    this.#growth = Math.max(SLOWEST_GROWTH, (ceiling / this.#rate) ** (1 / STRETCHES_TO_CEILING));
  }
}
