/** If a rejection comes within this factor of the last rejected rate, the limit is known. */
const SAME_RATE = 1.4;

/** Below this share of the highest rate, a rejection is probably due to others who share the limit. */
const OWN_SHARE = 0.3;

/** The factor for the rate after a rejection, and the number of stretches until it is back at the rejected rate. */
const KNOWN = { decrease: 0.82, stretches: 9 };
const UNKNOWN = { decrease: 0.55, stretches: 2.5 };

/** While the limit is not known: the least step, as a share of the highest rate. */
const LEAST_STEP = 0.07;

/** Each rejection reduces the highest rate by this factor, since the limit may have been lowered. */
const PEAK_DECAY = 2 / 3;

/** Beyond the rejected rate, each step grows by this factor: the limit was raised, or others are done. */
const ACCELERATION = 8;

/** The length of a stretch if the pause was shorter, or if there was none, in milliseconds. */
const SHORTEST_STRETCH_MS = 100;

/**
 * Spaces requests at a rate that grows by equal steps, and shrinks by a factor (additive increase, multiplicative decrease).
 * The rate grows by a step after each clean stretch, which is as long as the pause before it.
 *
 * If several rejections come at about the same rate, that rate is the limit, and further rejections teach nothing. Then the
 * rate stays just below it, and grows slowly. Otherwise, others share the limit, or it has changed. Then the rate is halved,
 * and grows fast. All processes that share a limit have seen about the same highest rate. So the least step is proportional
 * to that rate: a process that was rejected more often than the others can catch up.
 *
 * An earlier version chose the rate between two bounds: the successes of a cycle, and the rejected rate (at the cube root of
 * their product, with the lower one squared). That was as good for one process. For 16 processes, it took up to 2.7 times the
 * time that the limit allows.
 */
export class Pacer {
  /** When the next request may be sent, by the clock. */
  nextAt = -Infinity;
  /** In requests per millisecond, like the next three. */
  #rate = Infinity;
  /** The last rejected rate. */
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
    // If the server's latency limits the rate, a higher rate teaches nothing.
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
    // The sustainable rate lies between the two: a full bucket of requests may have passed before the rejection.
    const reduced = isFirst
      ? Math.cbrt(this.#firstRate(now, pauseMs) ** 2 * this.#ceiling)
      : this.#ceiling * decrease;
    this.#stretchMs = Math.max(pauseMs, SHORTEST_STRETCH_MS);
    // One request after each pause: that is what the server asked for.
    this.#rate = Math.max(reduced, 1 / this.#stretchMs);
    this.#step = Math.max((this.#ceiling - this.#rate) / stretches, isKnown ? 0 : this.#peak * LEAST_STEP);
    this.#stretchEndsAt = now + pauseMs + this.#stretchMs;
    this.nextAt = now + pauseMs;
  }

  /** The successes until the first rejection, divided by the time that they took plus a pause. */
  #firstRate(now: number, pauseMs: number): number {
    return Math.max(1, this.#through) / Math.max(1, now - (this.#startedAt ?? now) + pauseMs);
  }
}
