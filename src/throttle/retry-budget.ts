/**
 * Keeps an outage from being multiplied by retries: each costs tokens that only successes bring back. The
 * figures are those of the AWS SDKs' standard mode, where they have stood the test of many outages.
 */
const CAPACITY = 500;
const RETRY_COST = 5;
const SUCCESS_GAIN = 1;

export class RetryBudget {
  #tokens = CAPACITY;

  /** Whether there is enough for a retry, which is then paid for. */
  spend(): boolean {
    if (this.#tokens < RETRY_COST) return false;
    this.#tokens -= RETRY_COST;
    return true;
  }

  /** A success after retries gives back what the last of them cost. */
  earn(attempts: number): void {
    this.#tokens = Math.min(CAPACITY, this.#tokens + (attempts > 1 ? RETRY_COST : SUCCESS_GAIN));
  }
}
