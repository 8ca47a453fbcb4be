/**
 * Keeps retries from making an outage worse. Each retry costs tokens, and only successes give them back. The numbers are
 * those of the AWS SDKs' standard retry mode.
 */
const CAPACITY = 500;
const RETRY_COST = 5;
const SUCCESS_GAIN = 1;

export class RetryBudget {
  #tokens = CAPACITY;

  /** Spends the tokens of a retry; false if there are not enough. */
  spend(): boolean {
    if (this.#tokens < RETRY_COST) return false;
    this.#tokens -= RETRY_COST;
    return true;
  }

  /** A success after retries gives back the cost of the last retry. */
  earn(attempts: number): void {
    this.#tokens = Math.min(CAPACITY, this.#tokens + (attempts > 1 ? RETRY_COST : SUCCESS_GAIN));
  }
}
