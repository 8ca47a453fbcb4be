/** A fresh pace is drawn out over so many clean stretches until it is back at the rate that was refused. */
const STRETCHES_TO_CEILING = 6;

/** From there on it may double with each stretch, and before, it grows by at least 1 %. */
const FASTEST_GROWTH = 2;
const SLOWEST_GROWTH = 1.01;

/** Where a pause was shorter, or asked for none, in milliseconds. */
const SHORTEST_STRETCH_MS = 100;

/**
 * How far requests are spread out, learned from what a server let through between one refusal and the next.
 *
 * Two things are known of the rate that a limiter sustains, whether it counts windows or fills a bucket. What got
 * through in a whole cycle, its pause included, is no more than that, since the cycle begins and ends with nothing left
 * (only the first begins with a full bucket; so the pause that ends it counts). Nor is what got through in the
 * last stretch, if as much as a pause fills up had been saved for it. And the rate that was refused is more. The next rate
 * lies between, two thirds of the way down (as a ratio), so that each refusal leaves a third of what is not known.
 *
 * From there it grows with each stretch as long as the pause: slowly up to what was refused, faster and faster
 * beyond it, since then the limit must have been raised.
 */
export class Pacer {
  /** When the next request may be sent, by the clock. */
  nextAt = -Infinity;
  /** Requests a millisecond. */
  #rate = Infinity;
  #ceiling = Infinity;
  #growth = 1;
  #stretchMs = 0;
  #stretchEndsAt = Infinity;
  /** The cycle under way: when it began, when its pause was over, and how many got through. */
  #cycleAt: number | undefined;
  #resumedAt = 0;
  #through = 0;
  #inStretch = 0;
  /** What the last whole stretch shows, in requests a millisecond. */
  #proven = 0;
  #pauseMs = 0;
  /** Counts one more for the cycle that the last refusal ended. */
  #countLate = () => {};

  /** A request is sent. */
  sent(now: number): void {
    if (this.#cycleAt === undefined) {
      this.#cycleAt = now;
      this.#resumedAt = now;
    }
    this.nextAt = now + 1 / this.#rate;
  }

  /** A request got through. */
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

  /** One got through that was under way when another was refused. */
  gotThroughLate(): void {
    this.#countLate();
  }

  /** A request was refused, and a pause follows. */
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

  /** Begins anew between what is sustained at least and what was refused. */
  #settle(floor: number, ceiling: number): void {
    this.#ceiling = ceiling;
    this.#rate = Math.cbrt(Math.min(floor, ceiling) ** 2 * ceiling);
    this.#growth = Math.max(SLOWEST_GROWTH, (ceiling / this.#rate) ** (1 / STRETCHES_TO_CEILING));
  }
}
