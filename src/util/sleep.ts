import type { Clock } from "./clock.ts";
import { onAbort } from "./on-abort.ts";

/**
 * Waits for `ms` milliseconds. `wake`, if given, is called with a function that ends the wait early. Leaves no timer and no
 * listener behind.
 *
 * @throws the signal's own reason, as soon as the signal is aborted.
 */
export function sleep(
  clock: Clock,
  signal: AbortSignal | undefined,
  ms: number,
  wake?: (end: () => void) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const end = () => {
      cancelTimer();
      forgetSignal();
      resolve();
    };
    const cancelTimer = clock.after(ms, end);
    const forgetSignal = onAbort(signal, () => {
      reject(signal?.reason);
      end();
    });
    wake?.(end);
  });
}

/**
 * Runs `work` and returns its result, or undefined if it has not ended within `ms` milliseconds: it then goes on unobserved.
 *
 * @throws the error of `work`, or the signal's own reason as soon as the signal is aborted. Does not run `work` after an abort.
 */
export async function withinTime<T>(
  clock: Clock,
  signal: AbortSignal | undefined,
  ms: number,
  work: () => Promise<T>,
): Promise<T | undefined> {
  let ended: Promise<T> | undefined;
  await sleep(clock, signal, ms, (end) => {
    const running = new Promise<T>((resolve) => resolve(work()));
    const finish = () => {
      ended = running;
      end();
    };
    running.then(finish, finish);
  });
  return ended;
}
