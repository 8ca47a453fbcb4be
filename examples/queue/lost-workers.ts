/** Releases the jobs of killed workers at once. BullMQ alone waits until their locks expire. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Queue } from "bullmq";
import { lockKey, redis } from "./run.ts";

/** Deletes the lock only if it is still that of the lost worker: another worker may have the job by now. */
const RELEASE = `return redis.call("GET", KEYS[1]) == ARGV[1] and redis.call("DEL", KEYS[1])`;

/**
 * A worker is lost if it had a connection to this Redis, and has none in two checks in a row. This does not find workers that
 * disappeared while Redis restarted, or whose machine was switched off. Their locks expire.
 */
export async function releaseLost(queue: Queue, everyMs: number, signal: AbortSignal): Promise<void> {
  const seen = new Set<string>();
  let suspects = new Map<string, string>();
  let connections = 0;
  redis.on("ready", () => {
    connections += 1;
    seen.clear();
  });
  while (!signal.aborted) {
    const connection = connections;
    const jobs = await queue.getActive();
    const clients = new Set(String(await redis.client("LIST")).match(/(?<= name=)\S+/g));
    const found = new Map<string, string>();
    for (const { id = "", processedBy = "" } of jobs) {
      if (clients.has(processedBy) || !seen.has(processedBy)) continue;
      const lock = lockKey(queue.name, id);
      const token = await redis.get(lock);
      if (token === null || connection !== connections) continue;
      if (suspects.get(lock) === token) await redis.eval(RELEASE, 1, lock, token);
      else found.set(lock, token);
    }
    suspects = found;
    if (connection === connections) for (const name of clients) seen.add(name);
    await sleep(everyMs, undefined, { signal }).catch(() => {});
  }
}
