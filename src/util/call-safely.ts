/** Runs a user callback; ignores what it throws. */
export function callSafely(callback: () => unknown): void {
  try {
    const result = callback();
    // A rejection of an async callback would be unhandled. Most callbacks are synchronous, and need no promise.
    if (typeof result === "object" && result !== null)
      new Promise((resolve) => resolve(result)).catch(() => {});
  } catch {}
}
