/** A list read to its end, and what it takes of memory. */
import { getHeapStatistics } from "node:v8";
import type { Bench, Measure, Subject } from "../bench.ts";
import { PEER_NAMES } from "../clients/peers.ts";
import { type PerPeer, pick, type Result } from "../results.ts";

const USERS = 100_000;
const FEW = 1000;

interface Params {
  readonly users: number;
  /** Whether garbage is collected before the heap is looked at, which takes its own time. */
  readonly collect: boolean;
}

interface Measured {
  readonly ms: number;
  readonly peakBytes: number;
}

export const measure: Measure<Params, Measured> = async (client, { users, collect }) => {
  let read = 0;
  let peakBytes = 0;
  const startedAt = performance.now();
  for await (const _ of client.each()) {
    read += 1;
    // In the middle of a page, so that the page itself is held; of each page, unless garbage is collected.
    if (read % (collect ? 5000 : 100) !== 50) continue;
    if (collect) globalThis.gc?.();
    peakBytes = Math.max(peakBytes, getHeapStatistics().used_heap_size);
  }
  if (read !== users) throw new Error(`It read ${read} of ${users} users.`);
  return { ms: performance.now() - startedAt, peakBytes };
};

async function run(bench: Bench): Promise<Result[]> {
  const walk = (users: number, rounds: number, collect: boolean): Promise<PerPeer<Measured[]>> => {
    const each = Object.fromEntries(PEER_NAMES.map((name) => [name, rounds]));
    return bench.afresh(import.meta.url, each, { users }, (client) => client.measure({ users, collect }));
  };
  const peak = (measured: PerPeer<Measured[]>) => pick(measured, ({ peakBytes }) => peakBytes);
  const many = await walk(USERS, 3, false);
  const few = await walk(FEW, 3, false);
  const manyHeld = await walk(USERS, 1, true);
  const fewHeld = await walk(FEW, 1, true);
  return [
    { subject: "list", name: "time", unit: "ms", values: pick(many, ({ ms }) => ms) },
    {
      subject: "list",
      name: "peak heap held, beyond that of 1,000 users",
      unit: "bytes",
      values: beyond(peak(manyHeld), peak(fewHeld)),
      limits: [{ atMost: 30e6 }],
    },
    {
      subject: "list",
      name: "peak heap with garbage, beyond that of 1,000 users",
      unit: "bytes",
      values: beyond(peak(many), peak(few)),
      limits: [{ atMost: 30e6 }],
    },
  ];
}

/** What each has more in a round of many than in that of few. */
function beyond(many: PerPeer<number[]>, few: PerPeer<number[]>): PerPeer<number[]> {
  const growth = PEER_NAMES.map((name) => {
    const less = few[name] ?? [];
    return [name, (many[name] ?? []).map((bytes, round) => bytes - (less[round] ?? Number.NaN))];
  });
  return Object.fromEntries(growth);
}

export const subjects: Subject[] = [{ name: "list", title: "Reading a list of 100,000 users", run }];
