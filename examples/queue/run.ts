/** What producer, workers and status view share: the connection, and what a run has in Redis. */
import { hostname } from "node:os";
import type { ChangeResult, Plan } from "ax-users/roster";
import { Queue } from "bullmq";
import { Redis } from "ioredis";

/** By this name Redis knows the connection, and a job its worker. */
export const processName = `${hostname()}:${process.pid}`;

/** Commands wait for Redis rather than fail, so that it may be restarted while a plan is applied. */
export const redis = new Redis(process.env["REDIS_URL"] ?? "redis://localhost:6379", {
  connectionName: processName,
  maxRetriesPerRequest: null,
  retryStrategy: (times) => Math.min(times * 50, 500),
});
redis.on("error", ({ message }) => console.error(`Redis: ${message}`));

/** A run has a queue of its own: another plan may have a change of the same ID. */
export const runOf = (plan: Plan): string => `roster-${plan.digest.slice(0, 16)}`;

export const planKey = (run: string): string => `${run}:plan`;
export const resultsKey = (run: string): string => `${run}:results`;

/** A change finds here what was done for its person before. */
export const journalKey = (run: string, email: string): string => `${run}:journal:${email.toLowerCase()}`;

/** BullMQ's own. */
export const lockKey = (run: string, id: string): string => `bull:${run}:${id}:lock`;

export async function readPlan(run: string | undefined): Promise<Plan> {
  const text = run && (await redis.get(planKey(run)));
  if (!text) throw new Error(`There is no run ${run}. producer.ts starts one and prints its name.`);
  return JSON.parse(text);
}

export async function readResults(run: string): Promise<ChangeResult[]> {
  return (await redis.hvals(resultsKey(run))).map((text) => JSON.parse(text));
}

/** Waiting, running and failed jobs, from anywhere. */
export const openQueue = (run: string): Queue => new Queue(run, { connection: redis });
