/** Makes the changes of a run; start as many as you like, anywhere: node worker.ts RUN */
import { ArizeClient } from "ax-users";
import { type ChangeResult, openPlan } from "ax-users/roster";
import { type Job, Worker } from "bullmq";
import { addDeletions, DELETIONS, FINISHED } from "./flows.ts";
import { redisJournal } from "./journal.ts";
import { releaseLost } from "./lost-workers.ts";
import { journalKey, lockKey, openQueue, processName, readPlan, redis, resultsKey } from "./run.ts";

const [run = ""] = process.argv.slice(2);
const perSecond = Number(process.env["CHANGES_PER_SECOND"] ?? 10);
const lockMs = Number(process.env["LOCK_MS"] ?? 10_000);

const { changes, applyChange } = await openPlan(new ArizeClient(), await readPlan(run));
const emails = new Map(changes.map(({ id, email }) => [id, email]));

async function work(
  { id = "", name }: Job,
  token = "",
  signal?: AbortSignal,
): Promise<ChangeResult | undefined> {
  if (name === FINISHED) return undefined;
  if (name === DELETIONS) {
    await addDeletions(run, changes);
    return undefined;
  }
  const keys = {
    lock: lockKey(run, id),
    journal: journalKey(run, emails.get(id) ?? ""),
    results: resultsKey(run),
  };
  const result = await applyChange(id, { journal: redisJournal(keys, token), signal });
  // Not attempted for a reason of this worker's: a 401, a lost lock, a limit that does not end. The job is tried again.
  if (result.status === "not_attempted" && result.error) throw new Error(result.error.message);
  return result;
}

const worker = new Worker(run, work, {
  connection: redis,
  concurrency: 20,
  // Of all workers together.
  limiter: { max: perSecond, duration: 1000 },
  name: processName,
  // Renewed as long as the worker lives. When its lock has run out, or was released, a job is given to another worker.
  lockDuration: lockMs,
  lockRenewTime: lockMs / 3,
  stalledInterval: lockMs / 10,
  maxStalledCount: 100,
  runRetryDelay: 500,
});

// Who has lost the lock sends nothing further.
worker.on("lockRenewalFailed", (ids) => ids.map((id) => worker.cancelJob(id)));
worker.on("error", ({ message }) => console.error(`Worker: ${message}`));
worker.on("failed", (job, { message }) => console.error(`${job?.name} ${job?.id}: ${message}`));

const stop = new AbortController();
const watch = releaseLost(openQueue(run), lockMs / 20, stop.signal);

for (const name of ["SIGINT", "SIGTERM"] as const) {
  process.once(name, async () => {
    stop.abort();
    await watch;
    // Waits for what is being sent.
    await worker.close();
    await redis.quit();
  });
}
