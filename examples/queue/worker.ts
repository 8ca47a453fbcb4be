/** Makes the changes of a run. Start as many workers as you like, anywhere: node worker.ts RUN */
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

/** Errors of the key or of the account, not of one change. */
const RETRIED = ["AuthenticationError", "RateLimitError"];

async function work(
  { id = "", name, attemptsMade }: Job,
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
  const journal = redisJournal(keys, token);
  // A rate limit is a final result, which only `retryFailed` repeats.
  const result = await applyChange(id, { journal, signal, retryFailed: attemptsMade > 0 });
  const { status, error } = result;
  // A lost lock, a rejected key, a rate limit that does not end: the job is retried.
  if (error && (status === "not_attempted" || RETRIED.includes(error.name))) throw new Error(error.message);
  return result;
}

const worker = new Worker(run, work, {
  connection: redis,
  concurrency: 20,
  // The limit of all workers together.
  limiter: { max: perSecond, duration: 1000 },
  name: processName,
  // A worker renews its locks while it is alive. If a lock expires or is released, another worker gets the job.
  lockDuration: lockMs,
  lockRenewTime: lockMs / 3,
  stalledInterval: lockMs / 10,
  maxStalledCount: 100,
  runRetryDelay: 500,
});

// After a worker has lost a lock, it sends nothing more for that job.
worker.on("lockRenewalFailed", (ids) => ids.map((id) => worker.cancelJob(id)));
worker.on("error", ({ message }) => console.error(`Worker: ${message}`));
worker.on("failed", (job, { message }) => console.error(`${job?.name} ${job?.id}: ${message}`));

const stop = new AbortController();
const watch = releaseLost(openQueue(run), lockMs / 20, stop.signal);

for (const name of ["SIGINT", "SIGTERM"] as const) {
  process.once(name, async () => {
    stop.abort();
    await watch;
    // Waits for the requests in flight.
    await worker.close();
    await redis.quit();
  });
}
