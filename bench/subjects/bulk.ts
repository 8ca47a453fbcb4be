/**
 * Bulk deletes. The official clients have a function for them; with bare fetch it is the loop of `clients/loop.ts`, and
 * the generated client would have the same.
 */
import type { SeedUser } from "../../src/testing/index.ts";
import type { Bench, Connected, Measure, Subject } from "../bench.ts";
import type { Targets } from "../clients/client.ts";
import { medianOf, type PerPeer, pick, type Result } from "../results.ts";
import type { Seed, Traffic } from "../servers.ts";

interface Called {
  readonly ms: number;
  readonly cpuMs: number;
  readonly toldDeleted: number;
  readonly heapGrowth: number;
}

interface Bulk extends Called, Traffic {
  /** Targets that are still there. */
  readonly left: number;
}

export const measure: Measure<Targets, Called> = async (client, targets) => {
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  const cpu = process.cpuUsage();
  const startedAt = performance.now();
  // What rejects has said nothing of any user.
  const results = await client.bulkDelete(targets).catch(() => []);
  const ms = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(cpu);
  globalThis.gc?.();
  const heapGrowth = process.memoryUsage().heapUsed - before;
  const toldDeleted = results.filter(({ status }) => status === "deleted").length;
  return { ms, cpuMs: (user + system) / 1000, toldDeleted, heapGrowth };
};

const bulkDelete = (
  bench: Bench,
  rounds: PerPeer<number>,
  seed: Seed,
  targets: Targets,
): Promise<PerPeer<Bulk[]>> =>
  bench.afresh(import.meta.url, rounds, seed, async (client) => {
    const called = await client.measure<Called>(targets);
    const traffic = await settled(bench, client);
    const { removed } = await bench.servers.account(client.server);
    const { userIds = [], emails = [] } = targets;
    const left = userIds.length + emails.length - removed.length;
    return { ...called, ...traffic, left };
  });

/** Where a call was rejected, its other requests may still be on their way. */
async function settled({ servers }: Bench, { server }: Connected): Promise<Traffic> {
  for (;;) {
    const before = await servers.traffic(server);
    await new Promise((resolve) => setTimeout(resolve, 100));
    const after = await servers.traffic(server);
    if (after.requests === before.requests && after.answered === before.answered) return after;
  }
}

const account = (count: number): SeedUser[] =>
  Array.from({ length: count }, (_, index) => ({ id: idOf(index), email: `user${index}@example.com` }));

const idOf = (index: number) => btoa(`User:${index + 1}`);
const ids = (count: number): Targets => ({
  userIds: Array.from({ length: count }, (_, index) => idOf(index)),
});

/** Spread over the whole account. */
const emails = (count: number, of: number): Targets => ({
  emails: Array.from({ length: count }, (_, index) => `user${index * Math.floor(of / count)}@example.com`),
});

const LIMIT = { perSecond: 100, burst: 50, retryAfterSeconds: 1 };

interface Scenario {
  readonly name: string;
  readonly title: string;
  readonly seed: Seed;
  readonly targets: Targets;
  /** Waiting is the same in each round, so that what takes long has one. */
  readonly rounds: PerPeer<number>;
  /** What is told of it, with ours' limits. */
  readonly figures: Partial<Record<keyof Bulk, Partial<Result>>>;
}

const SCENARIOS: Scenario[] = [
  {
    name: "bulk-emails",
    title: "Bulk delete: 300 of 2,000 users by email, 20 ms away",
    seed: { users: account(2000), latencyMs: 20 },
    targets: emails(300, 2000),
    rounds: { fetch: 1, alpha: 1, current: 2, ours: 3 },
    figures: {
      ms: { limits: [{ atMost: 1 / 7, times: "current" }] },
      requests: { limits: [{ atMost: 330 }], guard: "ours" },
      left: { limits: [{ atMost: 0 }] },
    },
  },
  {
    name: "bulk-emails-limited",
    title: "The same, with at most 100 requests a second (50 at once)",
    seed: { users: account(2000), latencyMs: 20, rateLimit: LIMIT },
    targets: emails(300, 2000),
    rounds: { fetch: 1, current: 1, ours: 2 },
    figures: { ms: {}, refusals: {}, left: { limits: [{ atMost: 0 }] }, toldDeleted: {} },
  },
  {
    name: "bulk-ids-limited",
    title: "Bulk delete: 200 users by ID, 20 ms away, with at most 100 requests a second (50 at once)",
    seed: { users: account(200), latencyMs: 20, rateLimit: LIMIT },
    targets: ids(200),
    rounds: { fetch: 1, alpha: 1, current: 1, ours: 3 },
    figures: {
      ms: { limits: [{ atMost: 4000 }] },
      refusals: { limits: [{ atMost: 60 }] },
      left: { limits: [{ atMost: 0 }] },
      toldDeleted: {},
    },
  },
  {
    name: "bulk-ids-slow",
    title: "Bulk delete: 20 users by ID, 20 ms away, with at most 3 requests a second",
    seed: { users: account(20), latencyMs: 20, rateLimit: { perSecond: 3, burst: 1 } },
    targets: ids(20),
    rounds: { fetch: 1, alpha: 1, current: 1, ours: 1 },
    figures: { ms: {}, refusals: {}, left: { limits: [{ atMost: 0 }] }, toldDeleted: {} },
  },
  {
    name: "few-emails",
    title: "Bulk delete: 10 of 50,000 users by email, 20 ms away",
    seed: { users: account(50_000), latencyMs: 20 },
    targets: emails(10, 50_000),
    rounds: { fetch: 1, alpha: 1, current: 2, ours: 2 },
    figures: { ms: {}, requests: { limits: [{ atMost: 32 }], guard: "ours" }, left: {} },
  },
  {
    name: "many-ids",
    title: "Bulk delete: 10,000 users by ID",
    seed: { users: account(10_000) },
    targets: ids(10_000),
    rounds: { fetch: 1, current: 1, ours: 2 },
    figures: { ms: {}, cpuMs: {}, toldDeleted: {}, heapGrowth: {} },
  },
  {
    name: "most-ids",
    title: "Bulk delete: 100,000 users by ID",
    seed: { users: account(100_000) },
    targets: ids(100_000),
    rounds: { ours: 1 },
    figures: { ms: {}, left: { limits: [{ atMost: 0 }] }, heapGrowth: { limits: [{ atMost: 60e6 }] } },
  },
];

const FIGURES: Record<keyof Bulk, Pick<Result, "name" | "unit" | "moreIsBetter">> = {
  ms: { name: "time until it settles", unit: "ms" },
  cpuMs: { name: "CPU time of the client", unit: "ms" },
  requests: { name: "requests", unit: "requests" },
  answered: { name: "requests answered", unit: "requests" },
  refusals: { name: "429 responses", unit: "requests" },
  left: { name: "targets left at the end", unit: "users" },
  toldDeleted: { name: "users reported as deleted", unit: "users", moreIsBetter: true },
  heapGrowth: { name: "heap growth after the call, with start-up", unit: "bytes" },
};

const QUICK: PerPeer<number> = { ours: 1 };

const toSubject = ({ name, title, seed, targets, rounds, figures }: Scenario): Subject => ({
  name,
  title,
  async run(bench) {
    const bulks = await bulkDelete(bench, bench.isQuick ? QUICK : rounds, seed, targets);
    const told = Object.entries(figures) as [keyof Bulk, Partial<Result>][];
    return told.map(([figure, more]) => ({
      subject: name,
      ...FIGURES[figure],
      values: pick(bulks, (bulk) => bulk[figure]),
      ...more,
    }));
  },
});

/** Whether many targets take more time each than few. */
const perTarget: Subject = {
  name: "per-target",
  title: "Bulk delete: cost per target, 10,000 targets compared with 1,000",
  async run(bench) {
    const timeOf = async (count: number) => {
      const bulks = await bulkDelete(bench, { ours: 2 }, { users: account(count) }, ids(count));
      return medianOf((bulks.ours ?? []).map(({ ms }) => ms)) / count;
    };
    const times = (await timeOf(10_000)) / (await timeOf(1000));
    const name = "time per target, times that of 1,000";
    return [
      { subject: "per-target", name, unit: "times", values: { ours: [times] }, limits: [{ atMost: 1.3 }] },
    ];
  },
};

export const subjects: Subject[] = [...SCENARIOS.map(toSubject), perTarget];
