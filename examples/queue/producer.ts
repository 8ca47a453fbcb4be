/** Queues a plan that `ax-users plan` has written: node producer.ts PLAN.json */
import { readFile } from "node:fs/promises";
import { ArizeClient } from "ax-users";
import { openPlan, type Plan } from "ax-users/roster";
import { addOthers } from "./flows.ts";
import { planKey, redis, runOf } from "./run.ts";

const [file] = process.argv.slice(2);
if (!file) throw new Error("Name the plan: node producer.ts PLAN.json");
const plan: Plan = JSON.parse(await readFile(file, "utf8"));

// Throws before anything is queued if the plan was edited, belongs to another account, or breaks a limit.
const { changes } = await openPlan(new ArizeClient(), plan);
if (changes.some(({ to }) => to?.inviteMode === "temporary_password")) {
  throw new Error("Temporary passwords do not go to Redis: apply this plan with `ax-users apply`.");
}

const run = runOf(plan);
await redis.set(planKey(run), JSON.stringify(plan));
await addOthers(run, changes);
console.log(run);
await redis.quit();
