/** Two rejected rates within this factor are about the same. */
const SAME_RATE = 1.5;

/** If so many rates in a row were about the same as the one before, the limit is known. */
const CONFIRMATIONS = 2;

/** The factor for the rate after a rejection. The first step is the way back to the rejected rate, divided by `parts`. */
const KNOWN = { decrease: 0.8, parts: 9 };
const UNKNOWN = { decrease: 0.6, parts: 3 };
/** The rate has not grown since the last rejection. Probably both have the same cause. */
const REPEATED = { ...UNKNOWN, decrease: 0.7 };
/** The same with a known limit. Probably it was lowered. */
const LOWERED = { ...UNKNOWN, decrease: 0.5 };

/** While the limit is known: the least step, as a share of the rate. Without a step, the rate could never exceed the limit. */
const LEAST_KNOWN_STEP = 0.01;

/** The least step while the limit is not known, as a share of the rejected rate. */
const LEAST_STEP = 0.06;

/** The same, as a share of the first rate. Each further rejection reduces it by the factor `decay`. */
const FIRST_STEP = { share: 0.95, decay: 2 / 3 };

/** While the limit is not known: the factor from one step to the next. */
const STEP_GROWTH = 1.3;

/** The greatest step, as a share of the rate, unless others are done or the limit was raised. */
const GREATEST_STEP = 0.7;

/** The factor for the rate if the limit was raised, or if others are done. */
const FREE_GROWTH = 3;

/** If the actual rate is lower by this factor, the server's latency limits it. Then a higher rate teaches nothing. */
const LATENCY_BOUND = 8;

/** Fewer successes than this before the first rejection are due to chance: others may have been faster. */
const LEAST_SUCCESSES = 4;

/**
 * If the server's bucket holds a single token, the limit lies between one request per pause and the rejected rate. The rate is
 * their weighted geometric mean; `weight` is that of the rejected rate. `parts`: as above.
 */
const SINGLE_TOKEN = { weight: 0.45, parts: 20 };

/** The length of a stretch if the pause was shorter, or if there was none, in milliseconds. */
const SHORTEST_STRETCH_MS = 100;

/** The length of the first stretch, as a share of the others. Its rate is an estimate, and usually too low. */
const FIRST_STRETCH = 0.7;

/** The requests that are sent at once after a pause, as a share of the tokens that the server's bucket probably holds. */
const SHARE_AT_ONCE = 1 / 4;

/** If no more requests than this succeed before the first rejection, the bucket is small, or others share it. */
const SMALL_BUCKET = 12;

/**
 * Spaces requests at a rate that grows by steps, and shrinks by a factor (additive increase, multiplicative decrease). The
 * rate grows after each clean stretch, which is as long as the pause before it.
 *
 * If several rejections come at about the same rate, that rate is the limit, and further rejections teach nothing. Then the
 * rate stays just below it, and grows slowly. Otherwise, others share the limit, or it has changed. Then the rate shrinks
 * more, and each step is longer than the one before.
 *
 * If the rate exceeds the last rejected one, others are done, or the limit was raised. Then the rate at least triples with each
 * step.
 *
 * During a pause, the server's bucket collects tokens. So the first requests after it are sent at once. This ends for good when
 * a rejection comes before the rate has grown: the bucket may be smaller than it was.
 *
 * Processes that share a limit begin at similar rates. So the least step is proportional to the first rate: a process that was
 * rejected more often than the others can catch up. With many successes before the first rejection, the limit is hardly shared,
 * and the least step is smaller.
 *
 * A bucket of a single token lets exactly one request through before each rejection. A shared limit hardly ever does that: while
 * all processes pause, its bucket collects more tokens. So the rate comes close to the limit at once, and grows by small steps.
 */
export class Pacer {
  /** When the next request may be sent, by the clock. */
  nextAt = -Infinity;
  /** In requests per millisecond, like the next four. */
  #rate = Infinity;
  /** The last rejected rate. */
  #ceiling = 0;
  /** The last rejected rate that had grown before. */
  #grownCeiling = 0;
  #step = 0;
  /** The least step that follows from the first rate. */
  #firstStep = 0;
  /** How often in a row the limit was confirmed. */
  #confirmed = 0;
  #stretchMs = 0;
  #stretchEndsAt = Infinity;
  #startedAt: number | undefined;
  #through = 0;
  /** Whether the server's bucket seems to hold a single token. */
  #isSingleToken = false;
  #inStretch = 0;
  /** Whether a stretch without a rejection has ended since the last one. */
  #hasGrown = false;
  /** The tokens that the server's bucket probably holds when it is full; 0 if it is small. */
  #bucket = 0;
  /** How many requests are still to be sent at once. */
  #atOnce = 0;

  /** Before the first rejection: forgets the successes so far, so that the first rate depends on the later ones only. */
  restart(): void {
    if (this.#rate < Infinity) return;
    this.#startedAt = undefined;
    this.#through = 0;
  }

  /** A request is sent now. */
  sent(now: number): void {
    this.#startedAt ??= now;
    this.#atOnce -= 1;
    this.nextAt = this.#atOnce >= 0 ? now : now + 1 / this.#rate;
  }

  /** A request succeeded. */
  gotThrough(now: number): void {
    this.#through += 1;
    this.#inStretch += 1;
    if (now < this.#stretchEndsAt) return;
    const actual = this.#inStretch / (now - this.#stretchEndsAt + this.#stretchMs);
    if (this.#rate < actual * LATENCY_BOUND) this.#grow();
    this.#hasGrown = true;
    this.#inStretch = 0;
    this.#stretchEndsAt = now + this.#stretchMs;
  }

  get #isKnown(): boolean {
    return this.#confirmed >= CONFIRMATIONS;
  }

  #grow(): void {
    if (this.#rate > this.#ceiling) {
      this.#rate += Math.max(this.#step, this.#rate * (FREE_GROWTH - 1));
    } else {
      if (!this.#isKnown) this.#step *= STEP_GROWTH;
      this.#rate += Math.min(this.#step, this.#rate * GREATEST_STEP);
    }
  }

  /** A request was rejected, and a pause follows. */
  rejected(now: number, pauseMs: number): void {
    const isFirst = this.#rate === Infinity;
    this.#stretchMs = Math.max(pauseMs, SHORTEST_STRETCH_MS);
    if (isFirst) this.#estimate(now, pauseMs);
    else if (this.#hasPassedOne()) this.#narrow();
    else this.#reduce();
    this.#atOnce = Math.min(this.#bucket, this.#rate * pauseMs) * SHARE_AT_ONCE;
    this.#hasGrown = false;
    this.#inStretch = 0;
    this.#stretchEndsAt = now + pauseMs + this.#stretchMs * (isFirst ? FIRST_STRETCH : 1);
    this.nextAt = now + pauseMs;
  }

  /** Estimates the rate at the first rejection. */
  #estimate(now: number, pauseMs: number): void {
    this.#ceiling = this.#firstRate(now, 0);
    // The sustainable rate lies between the two: a full bucket of requests may have passed before the rejection.
    this.#setRate(this.#firstRate(now, pauseMs) ** 0.75 * this.#ceiling ** 0.25);
    this.#firstStep = this.#rate * FIRST_STEP.share * Math.min(1, SMALL_BUCKET / this.#through);
    // The rejected rate says more about the bucket than about the limit.
    this.#step = this.#leastStep();
    this.#bucket = Math.max(0, this.#through - SMALL_BUCKET);
  }

  /** Reduces the rate after a further rejection. */
  #reduce(): void {
    this.#ceiling = this.#rate;
    this.#isSingleToken = false;
    this.#firstStep *= FIRST_STEP.decay;
    if (this.#hasGrown) this.#compare();
    else this.#bucket = 0;
    const [afterGrowth, otherwise] = this.#isKnown ? [KNOWN, LOWERED] : [UNKNOWN, REPEATED];
    const reduction = this.#hasGrown ? afterGrowth : otherwise;
    this.#setRate(this.#ceiling * reduction.decrease);
    const step = (this.#ceiling - this.#rate) / reduction.parts;
    const least = reduction === KNOWN ? this.#rate * LEAST_KNOWN_STEP : this.#leastStep();
    this.#step = Math.max(step, least);
  }

  /** Whether exactly one request was successful since the last rejection, and at most one before the first. */
  #hasPassedOne(): boolean {
    return !this.#hasGrown && this.#inStretch === 1 && (this.#isSingleToken || this.#through <= 2);
  }

  /** Reduces the rate if the server's bucket holds a single token. */
  #narrow(): void {
    const { weight, parts } = SINGLE_TOKEN;
    this.#isSingleToken = true;
    this.#ceiling = this.#rate;
    this.#setRate((1 / this.#stretchMs) ** (1 - weight) * this.#ceiling ** weight);
    this.#step = (this.#ceiling - this.#rate) / parts;
    this.#firstStep = 0;
    // A rejection at about this rate confirms the limit.
    this.#grownCeiling = this.#rate;
    this.#confirmed = CONFIRMATIONS - 1;
  }

  /** While the limit is not known. */
  #leastStep(): number {
    return Math.max(this.#firstStep, this.#ceiling * LEAST_STEP);
  }

  /** At least one request after each pause: that is what the server asked for. */
  #setRate(rate: number): void {
    this.#rate = Math.max(rate, 1 / this.#stretchMs);
  }

  /** Compares the rejected rate with the one before. */
  #compare(): void {
    const ratio = this.#ceiling / this.#grownCeiling;
    this.#confirmed = Math.max(ratio, 1 / ratio) < SAME_RATE ? this.#confirmed + 1 : 0;
    this.#grownCeiling = this.#ceiling;
  }

  /** The successes until the first rejection, divided by the time that they took plus a pause. */
  #firstRate(now: number, pauseMs: number): number {
    return Math.max(LEAST_SUCCESSES, this.#through) / Math.max(1, now - (this.#startedAt ?? now) + pauseMs);
  }
}
