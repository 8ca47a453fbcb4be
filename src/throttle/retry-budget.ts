const CAPACITY = 500;
const RETRY_COST = 5;
const SUCCESS_GAIN = 1;

/**
 * Keeps retries from making an outage worse. Each retry costs tokens, and only successes give them back. The numbers are
 * those of the AWS SDKs' standard retry mode.
 */
export class RetryBudget {
  #tokens = CAPACITY;

  /** Spends the tokens of a retry; false if there are not enough. */
  spend(): boolean {
    if (this.#tokens < RETRY_COST) return false;
    this.#tokens -= RETRY_COST;
    return true;
  }

  /** A success after retries gives back the cost of the last retry. */
  earn(afterRetry: boolean): void {
    this.#tokens = Math.min(CAPACITY, this.#tokens + (afterRetry ? RETRY_COST : SUCCESS_GAIN));
  }
}
