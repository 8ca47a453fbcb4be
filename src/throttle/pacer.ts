/** A rejection at about the rate of the last one, up or down by so much, is that of a limit which is known now. */
const SAME_RATE = 1.4;

/** Below this part of the highest rate, a rejection says more of others who share the limit than of the limit. */
const OWN_SHARE = 0.3;

/** What is left of the rate after a rejection, and in how many stretches it is at the rejected rate again. */
const KNOWN = { decrease: 0.82, stretches: 9 };
const UNKNOWN = { decrease: 0.55, stretches: 2.5 };

/** While the limit is not known: the least step, as a part of the highest rate. */
const LEAST_STEP = 0.07;

/** With each rejection the highest rate counts for less, since the limit may have been lowered. */
const PEAK_DECAY = 2 / 3;

/** Beyond the rejected rate, each step is so many times the one before: the limit was raised, or others are done. */
const ACCELERATION = 8;

/** For shorter pauses, or none, in milliseconds. */
const SHORTEST_STRETCH_MS = 100;

/**
 * Spaces requests at a rate that grows by equal steps and is reduced by a factor: additive increase, multiplicative decrease.
 * There is a step after each clean stretch, which is as long as the pause before it.
 *
 * Where one rejection after the other comes at about the same rate, that is the limit, and rejections cost more than they
 * teach: the rate stays just below, and grows slowly. Otherwise others share the limit, or it has changed: then the rate is
 * halved, and grows fast. Since all processes that share a limit have seen about the same highest rate, a least step in
 * proportion to that lets one that was rejected more often than others catch up with them.
 *
 * Before, the rate lay between two bounds, the successes of a cycle and the rejected rate (at the cube root of their
 * product, the lower one squared). That was as good for one process, and took up to 2.7 times what the limit allows for 16.
 */
export class Pacer {
  /** When the next request may be sent, by the clock. */
  nextAt = -Infinity;
  /** Requests per millisecond; so are the next three. */
  #rate = Infinity;
  /** The rate that was rejected last. */
  #ceiling = 0;
  #peak = 0;
  #step = 0;
  #stretchMs = 0;
  #stretchEndsAt = Infinity;
  #startedAt: number | undefined;
  #through = 0;
  #inStretch = 0;
  /** Since the last rejection. */
  #hasGrown = false;

  /** A request is sent now. */
  sent(now: number): void {
    this.#startedAt ??= now;
    this.nextAt = now + 1 / this.#rate;
  }

  /** A request succeeded. */
  gotThrough(now: number): void {
    this.#through += 1;
    this.#inStretch += 1;
    if (now < this.#stretchEndsAt) return;
    const actual = this.#inStretch / (now - this.#stretchEndsAt + this.#stretchMs);
    // Where the server's latency sets the pace, there is nothing to learn from a higher rate.
    if (this.#rate < actual * ACCELERATION) {
      if (this.#rate > this.#ceiling) this.#step *= ACCELERATION;
      this.#rate += this.#step;
    }
    this.#hasGrown = true;
    this.#inStretch = 0;
    this.#stretchEndsAt = now + this.#stretchMs;
  }

  /** A request was rejected, and a pause follows. */
  refused(now: number, pauseMs: number): void {
    const isFirst = this.#rate === Infinity;
    const before = this.#ceiling;
    this.#ceiling = isFirst ? this.#firstRate(now, 0) : this.#rate;
    this.#peak = Math.max(this.#ceiling, this.#peak * PEAK_DECAY);
    const isKnown =
      this.#hasGrown &&
      Math.max(this.#ceiling / before, before / this.#ceiling) < SAME_RATE &&
      this.#ceiling > this.#peak * OWN_SHARE;
    this.#hasGrown = false;
    this.#inStretch = 0;
    const { decrease, stretches } = isKnown ? KNOWN : UNKNOWN;
    // The rate that the limit sustains lies between the two: a full bucket of requests may have come before the rejection.
    const reduced = isFirst
      ? Math.cbrt(this.#firstRate(now, pauseMs) ** 2 * this.#ceiling)
      : this.#ceiling * decrease;
    this.#stretchMs = Math.max(pauseMs, SHORTEST_STRETCH_MS);
    // One request after each pause is what the server asked for.
    this.#rate = Math.max(reduced, 1 / this.#stretchMs);
    this.#step = Math.max((this.#ceiling - this.#rate) / stretches, isKnown ? 0 : this.#peak * LEAST_STEP);
    this.#stretchEndsAt = now + pauseMs + this.#stretchMs;
    this.nextAt = now + pauseMs;
  }

  /** The successes until the first rejection, over the time that they took and a pause. */
  #firstRate(now: number, pauseMs: number): number {
    return Math.max(1, this.#through) / Math.max(1, now - (this.#startedAt ?? now) + pauseMs);
  }
}
