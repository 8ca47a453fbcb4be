/** Shows the progress of a run until it has ended: node status.ts RUN */
import { setTimeout as sleep } from "node:timers/promises";
import { summarizeResults } from "ax-users/roster";
import { FINISHED } from "./flows.ts";
import { openQueue, readPlan, readResults, redis, resultsKey } from "./run.ts";

const BAR = 30;

const [run = ""] = process.argv.slice(2);
const { counts } = await readPlan(run);
const total =
  counts.create + counts.renew + counts.update + counts.ensure_member + counts.remove_member + counts.delete;
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

const results = await readResults(run);
const { done, unchanged, ...others } = summarizeResults(results);
console.log(
  `\n${done} done, ${unchanged} unchanged, ${Object.entries(others)
    .map(([what, n]) => `${n} ${what}`)
    .join(", ")}`,
);
for (const { kind, email, status, error } of results) {
  if (status !== "done" && status !== "unchanged")
    console.log(`${status}: ${kind} ${email}: ${error?.message ?? ""}`);
}
await queue.close();
await redis.quit();
