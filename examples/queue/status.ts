/** Shows the progress of a run until it has ended: node status.ts RUN */
import { setTimeout as sleep } from "node:timers/promises";
import { type ChangeResult, summarizeResults } from "ax-users/roster";
import { FINISHED } from "./flows.ts";
import { openQueue, readPlan, readResults, redis, resultsKey } from "./run.ts";

const BAR = 30;

/** Nothing is sent for these, so they have no result. */
const INFORMATION = ["unchanged", "unchangeable", "pending"];

const [run = ""] = process.argv.slice(2);
const plan = await readPlan(run);
const changes = plan.changes.filter(({ kind }) => !INFORMATION.includes(kind));
const total = changes.length;
const queue = openQueue(run);

for (;;) {
  const settled = await redis.hlen(resultsKey(run));
  const { active = 0, failed = 0 } = await queue.getJobCounts("active", "failed");
  const isFinished = (await (await queue.getJob(FINISHED))?.isCompleted()) ?? false;
  const filled = total === 0 ? BAR : Math.round((settled / total) * BAR);
  const bar = "█".repeat(filled).padEnd(BAR, "░");
  const line = `${bar} ${settled} of ${total}, ${active} running, ${failed} given up`;
  if (process.stdout.isTTY) process.stdout.write(`\r${line}\u001b[K`);
  if (isFinished) break;
  await sleep(500);
}

const known = new Map((await readResults(run)).map((result) => [result.id, result]));
const results = changes.map(
  ({ id, kind, email }): ChangeResult => known.get(id) ?? { id, kind, email, status: "not_attempted" },
);
const { done, unchanged, failed, unknown, stale, notAttempted } = summarizeResults(results);
console.log(
  `\n${done} done, ${unchanged} unchanged, ${failed} failed, ${unknown} unknown, ${stale} stale, ${notAttempted} not attempted`,
);
for (const { kind, email, status, error } of results) {
  if (status === "done" || status === "unchanged") continue;
  console.log(`${status}: ${kind} ${email}${error ? `: ${error.message}` : ""}`);
  process.exitCode = 1;
}
await queue.close();
await redis.quit();
