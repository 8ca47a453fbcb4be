/**
 * Runs `work` for each item, with at most `limit` at once. Once one fails, no further one is begun, and the
 * whole rejects with its reason without waiting for the rest.
 *
 * Work that is done when it returns costs no promise: of a million items there may be nothing to do for most.
 */
export async function forEachLimited<T>(
  items: Iterable<T>,
  limit: number,
  work: (item: T) => Promise<void> | undefined,
): Promise<void> {
  const queue = items[Symbol.iterator]();
  let failed = false;
  const worker = async () => {
    for (let next = queue.next(); !next.done && !failed; next = queue.next()) {
      try {
        const pending = work(next.value);
        if (pending) await pending;
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: limit }, worker));
}
