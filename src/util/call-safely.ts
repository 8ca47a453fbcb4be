/** Calls back into the caller's code, whose failures are no business of the call that tells it something. */
export function callSafely(callback: () => unknown): void {
  try {
    const result = callback();
    // An async callback fails by a rejection, which nobody else would handle. Most are none, and need no promise.
    if (typeof result === "object" && result !== null)
      new Promise((resolve) => resolve(result)).catch(() => {});
  } catch {}
}
