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
