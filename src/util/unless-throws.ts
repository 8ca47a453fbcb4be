/** Returns the result of `run`, or undefined if it throws. */
export function unlessThrows<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch {
    return undefined;
  }
}
