const BASE_MS = 500;
const CAP_MS = 8_000;

/**
 * How long to wait after the request of this number, in milliseconds: anything up to twice as long as after the one
 * before ("full jitter": Exponential Backoff and Jitter, AWS Architecture Blog).
 */
export const backoffMs = (random: () => number, number: number): number =>
  random() * Math.min(CAP_MS, BASE_MS * 2 ** (number - 1));
