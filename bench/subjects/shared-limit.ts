/**
 * Processes that share one limit and know nothing of each other, each with a bulk delete of its part of the users. They begin
 * together, and the time is that of the last one.
 */
import type { Bench, Measure, Subject } from "../bench.ts";
import type { Targets } from "../clients/client.ts";
import type { Result } from "../results.ts";

const TARGETS = 800;
const LIMIT = { perSecond: 100, burst: 50, retryAfterSeconds: 1 };
const SHORTEST_MS = ((TARGETS - LIMIT.burst) / LIMIT.perSecond) * 1000;

/** How many processes, and how many times what the limit allows they may take. */
const SCENARIOS = [
  { processes: 1, atMost: 1.6 },
  { processes: 4, atMost: 1.6 },
  { processes: 8, atMost: 1.6 },
  { processes: 16, atMost: 2 },
];

const IDS = Array.from({ length: TARGETS }, (_, index) => btoa(`User:${index + 1}`));
const SEED = {
  users: IDS.map((id, index) => ({ id, email: `user${index}@example.com` })),
  latencyMs: 20,
  rateLimit: LIMIT,
};

/** Targets that are not deleted, or of which it does not say so. */
export const measure: Measure<Targets, number> = async (client, targets) => {
  const results = await client.bulkDelete(targets);
  return results.filter(({ status }) => status !== "deleted").length;
};

interface Shared {
  readonly times: number;
  readonly failed: number;
  readonly refusals: number;
}

const share = (bench: Bench, processes: number): Promise<Shared> =>
  bench.together(import.meta.url, "ours", SEED, processes, async (clients, server) => {
    const each = TARGETS / processes;
    const startedAt = performance.now();
    const failed = await Promise.all(
      clients.map((client, at) => client.measure<number>({ userIds: IDS.slice(at * each, (at + 1) * each) })),
    );
    const times = (performance.now() - startedAt) / SHORTEST_MS;
    const { removed } = await bench.servers.account(server);
    const { refusals } = await bench.servers.traffic(server);
    const left = TARGETS - removed.length;
    return {
      times,
      failed: Math.max(
        left,
        failed.reduce((sum, count) => sum + count),
      ),
      refusals,
    };
  });

async function run(bench: Bench): Promise<Result[]> {
  const results: Result[] = [];
  for (const { processes, atMost } of SCENARIOS) {
    const { times, failed, refusals } = await share(bench, processes);
    const who = processes === 1 ? "1 process" : `${processes} processes`;
    const result = (name: string, unit: Result["unit"], ours: number): Result => ({
      subject: "shared-limit",
      name: `${who}: ${name}`,
      unit,
      values: { ours: [ours] },
    });
    results.push(
      { ...result("time, times what the limit allows", "times", times), limits: [{ atMost }] },
      { ...result("targets that failed", "users", failed), limits: [{ atMost: 0 }] },
      result("429 responses", "requests", refusals),
    );
  }
  return results;
}

export const subjects: Subject[] = [
  {
    name: "shared-limit",
    title: "Bulk delete: 800 users by processes that share 100 requests a second",
    run,
  },
];
