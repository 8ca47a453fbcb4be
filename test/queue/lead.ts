/** One run: an account, a plan, the example's producer and three of its workers. */
import { strict as assert } from "node:assert";
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { ArizeClient } from "ax-users";
import { type ChangeResult, type JournalEntry, type Plan, planRoster } from "ax-users/roster";
import { Remote } from "../../bench/remote.ts";
import { type Account, type Address, CHANGES, checkAccount, PLANNING, ROSTER, SEEDS } from "./account.ts";
import { checkFence } from "./fence.ts";
import { type Settings, type Trouble, troubles } from "./troubles.ts";
import { type Example, example, Workers } from "./workers.ts";

const WORKERS = 3;

/** Short, since the whole run takes seconds; longer than Redis needs to be restarted. */
const LOCK_MS = 1500;

/** By then a run hangs, on any machine. */
const HANGS_MS = 120_000;

export interface Figures {
  /** From the first job to the last one. */
  readonly seconds: number;
  /** Jobs whose worker was killed, or had lost them. */
  readonly takenOver: number;
  readonly requests: number;
  /** From the start of the producer to its end: so long a worker that is replaced is missing. */
  readonly startSeconds: number;
}

export async function lead(settings: Settings): Promise<Figures> {
  const sandbox = new Remote(new URL("sandbox-process.ts", import.meta.url));
  try {
    const address = await sandbox.ask<Address>("open", SEEDS);
    const plan = await makePlan(address);
    await checkFence(clientOf(address), plan);
    const beganAt = performance.now();
    const run = await queuePlan(settings, address, plan);
    const startSeconds = (performance.now() - beganAt) / 1000;
    const queue: Example = await import(example("run.ts"));
    const workers = new Workers(run, WORKERS, environment(settings, address), join(settings.folder, "log"));
    try {
      await untilFinished(queue, run, workers, troubles(settings, workers));
    } finally {
      await workers.stop();
    }
    const account = await sandbox.ask<Account>("account");
    checkAccount(account);
    await checkResults(queue, run);
    await checkStatus(run, environment(settings, address));
    return { ...(await readFigures(queue, run)), requests: account.requests.length, startSeconds };
  } finally {
    await sandbox.stop();
  }
}

const environment = ({ server, perSecond }: Settings, { baseUrl, apiKey }: Address): NodeJS.ProcessEnv => ({
  ...process.env,
  ...{ REDIS_URL: server.url, ARIZE_BASE_URL: baseUrl, ARIZE_API_KEY: apiKey },
  ...{ CHANGES_PER_SECOND: String(perSecond), LOCK_MS: String(LOCK_MS) },
  DISABLE_PRERELEASE_WARNING: "true",
});

const clientOf = (address: Address) => new ArizeClient({ ...address, prereleaseWarnings: false });

const makePlan = (address: Address): Promise<Plan> => planRoster(clientOf(address), ROSTER, PLANNING);

/** Gives the name of the run. */
async function queuePlan(settings: Settings, address: Address, plan: Plan): Promise<string> {
  const file = join(settings.folder, "plan.json");
  await writeFile(file, JSON.stringify(plan));
  const env = environment(settings, address);
  const { stdout } = await promisify(execFile)(process.execPath, [example("producer.ts"), file], { env });
  return stdout.trim();
}

async function untilFinished(
  { redis, openQueue, resultsKey }: Example,
  run: string,
  workers: Workers,
  troubles: Trouble[],
): Promise<void> {
  const queue = openQueue(run);
  const startedAt = performance.now();
  while (!(await (await queue.getJob("finished"))?.isCompleted())) {
    const share = (await redis.hlen(resultsKey(run))) / CHANGES;
    while (troubles[0] && troubles[0].atShare <= share) await troubles.shift()?.happen();
    if (workers.failure) throw new Error(workers.failure);
    if (performance.now() - startedAt > HANGS_MS)
      throw new Error(`Only ${share * CHANGES} changes have ended.`);
    await sleep(50);
  }
  await queue.close();
}

/** Each change has one result, which is that it is done. */
async function checkResults(
  { redis, readPlan, readResults, journalKey }: Example,
  run: string,
): Promise<void> {
  const { changes } = await readPlan(run);
  const writes = changes.filter(({ kind }) => kind !== "unchanged");
  const keys = new Set(writes.map(({ email }) => journalKey(run, email)));
  const journals = await Promise.all([...keys].map((key) => redis.lrange(key, 0, -1)));
  const entries = journals.flat().map((text): JournalEntry => JSON.parse(text));
  const recorded = entries.flatMap((entry) => (entry.type === "result" ? [entry.id] : []));
  const results = await readResults(run);
  assert.equal(writes.length, CHANGES);
  assert.deepEqual(recorded.toSorted(), writes.map(({ id }) => id).toSorted(), "one result each");
  assert.deepEqual(
    results.map(({ id }) => id).toSorted(),
    recorded.toSorted(),
    "the results of the journals",
  );
  const isDone = ({ status }: ChangeResult) => status === "done";
  assert.deepEqual(
    results.filter((result) => !isDone(result)),
    [],
    "all of them done",
  );
}

/** The view that people see. */
async function checkStatus(run: string, env: NodeJS.ProcessEnv): Promise<void> {
  const { stdout } = await promisify(execFile)(process.execPath, [example("status.ts"), run], { env });
  assert.match(stdout, new RegExp(`^\n${CHANGES} done, 0 unchanged, 0 failed, 0 unknown, `));
}

async function readFigures(
  { openQueue }: Example,
  run: string,
): Promise<Pick<Figures, "seconds" | "takenOver">> {
  const queue = openQueue(run);
  const jobs = await queue.getJobs(["completed"], 0, -1);
  const stalled = jobs.map(({ stalledCounter }) => stalledCounter);
  const startedAt = Math.min(...jobs.map(({ processedOn = 0 }) => processedOn));
  const endedAt = Math.max(...jobs.map(({ finishedOn = 0 }) => finishedOn));
  await queue.close();
  return { seconds: (endedAt - startedAt) / 1000, takenOver: stalled.filter((count) => count > 0).length };
}
