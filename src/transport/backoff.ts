const BASE_MS = 500;
const CAP_MS = 8_000;

/**
 * Exponential backoff with full jitter (Exponential Backoff and Jitter, AWS Architecture Blog): the wait after attempt `number`,
 * in milliseconds.
 */
export const backoffMs = (random: () => number, number: number): number =>
  random() * Math.min(CAP_MS, BASE_MS * 2 ** (number - 1));
