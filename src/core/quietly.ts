/** Calls back into the caller's code, whose failures are no business of the call that tells it something. */
export function quietly(callback: () => unknown): void {
  // An async callback fails by a rejection, which nobody else would handle.
  new Promise((resolve) => resolve(callback())).catch(() => {});
}
