/**
 * Runs `work` for each item, at most `limit` at once. Once one fails, no further work is started, and the
 * promise rejects with that error without waiting for the rest.
 *
 * `work` may return undefined instead of a promise, which is faster if most items need no asynchronous work.
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
