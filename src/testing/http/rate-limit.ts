export interface RateLimit {
  perSecond: number;
  burst: number;
  retryAfterSeconds?: number;
}

/** A token bucket that is full at first. `nowMs` is a monotonic clock. */
export class TokenBucket {
  readonly #limit: RateLimit;
  readonly #nowMs: () => number;
  #tokens: number;
  #countedAtMs: number;

  constructor(limit: RateLimit, nowMs: () => number = () => performance.now()) {
    this.#limit = limit;
    this.#nowMs = nowMs;
    this.#tokens = limit.burst;
    this.#countedAtMs = nowMs();
  }

  /** Takes a token and returns undefined. If there is none, returns the `Retry-After` in whole seconds. */
  take(): number | undefined {
    const { perSecond, burst, retryAfterSeconds } = this.#limit;
    const now = this.#nowMs();
    this.#tokens = Math.min(burst, this.#tokens + ((now - this.#countedAtMs) / 1000) * perSecond);
    this.#countedAtMs = now;
    if (this.#tokens < 1) return retryAfterSeconds ?? Math.max(1, Math.ceil((1 - this.#tokens) / perSecond));
    this.#tokens -= 1;
    return undefined;
  }
}
