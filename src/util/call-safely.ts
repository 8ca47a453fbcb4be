/** Runs a user callback; ignores what it throws. */
export function callSafely(callback: () => unknown): void {
  try {
    const result = callback();
    // An async callback may reject; that would be an unhandled rejection. Most callbacks are synchronous, and need no promise.
    if (typeof result === "object" && result !== null)
      new Promise((resolve) => resolve(result)).catch(() => {});
  } catch {}
}

/** Returns the result of `run`, or undefined if it throws. */
export function unlessThrows<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch {
    return undefined;
  }
}
