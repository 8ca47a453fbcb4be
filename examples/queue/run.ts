/** Shared by the producer, the workers and the status view: the connection, and the data of a run in Redis. */
import { hostname } from "node:os";
import type { ChangeResult, Plan } from "ax-users/roster";
import { Queue } from "bullmq";
import { Redis } from "ioredis";

/** The name of this process: of its connection to Redis, and of the worker in its jobs. */
export const processName = `${hostname()}:${process.pid}`;

/** Commands wait for Redis instead of failing, so you can restart Redis while a plan is applied. */
export const redis = new Redis(process.env["REDIS_URL"] ?? "redis://localhost:6379", {
  connectionName: processName,
  maxRetriesPerRequest: null,
  retryStrategy: (times) => Math.min(times * 50, 500),
});
redis.on("error", ({ message }) => console.error(`Redis: ${message}`));

/** Each run has its own queue, since another plan may have a change with the same ID. */
export const runOf = (plan: Plan): string => `roster-${plan.digest.slice(0, 16)}`;

export const planKey = (run: string): string => `${run}:plan`;
export const resultsKey = (run: string): string => `${run}:results`;

/** The journal of one person. */
export const journalKey = (run: string, email: string): string => `${run}:journal:${email.toLowerCase()}`;

/** The key of BullMQ's lock for a job. */
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
