/** One `get`, which is what the client adds to a request. */
import { allocatedBy } from "../allocations.ts";
import type { Bench, Measure, Subject } from "../bench.ts";
import { PEER_NAMES } from "../clients/peers.ts";
import { mapRounds, pick, type Result } from "../results.ts";
import { watchSockets, wireBytes } from "../wire-bytes.ts";

interface Params {
  readonly calls: number;
  /** Whether to watch the heap, which takes its own time. */
  readonly watchesHeap?: boolean;
}

interface Measured {
  readonly wallUs: number;
  readonly cpuUs: number;
  readonly allocated: number;
  readonly sentAndReceived: number;
}

const USER = btoa("User:1");

watchSockets();

export const measure: Measure<Params, Measured> = async (client, { calls, watchesHeap = false }) => {
  const work = async () => {
    for (let call = 0; call < calls; call += 1) await client.get(USER);
  };
  const bytes = wireBytes();
  const cpu = process.cpuUsage();
  const startedAt = performance.now();
  const allocated = await (watchesHeap ? allocatedBy(work) : work());
  const wallUs = (performance.now() - startedAt) * 1000;
  const { user, system } = process.cpuUsage(cpu);
  return {
    wallUs: wallUs / calls,
    cpuUs: (user + system) / calls,
    allocated: (allocated ?? Number.NaN) / calls,
    sentAndReceived: (wireBytes() - bytes) / calls,
  };
};

const WARM_UP: Params = { calls: 2500 };
const TIMED: Params = { calls: 60 };
const WATCHED: Params = { calls: 500, watchesHeap: true };
const WATCHED_ROUNDS = 5;

async function run(bench: Bench): Promise<Result[]> {
  const peers = bench.isQuick ? (["fetch", "ours"] as const) : PEER_NAMES;
  const timedRounds = bench.isQuick ? 10 : 50;
  const rounds = 1 + timedRounds + WATCHED_ROUNDS;
  const measured = await bench.inTurn(import.meta.url, peers, { users: 100 }, rounds, (client, round) =>
    client.measure<Measured>(round === 0 ? WARM_UP : round <= timedRounds ? TIMED : WATCHED),
  );
  const timed = mapRounds(measured, (all) => all.slice(1, 1 + timedRounds));
  const watched = mapRounds(measured, (all) => all.slice(1 + timedRounds));
  return [
    {
      subject: "get",
      name: "time",
      unit: "µs",
      values: pick(timed, ({ wallUs }) => wallUs),
      limits: [
        { atMost: 1.2, times: "fetch" },
        { atMost: 1.03, times: "current" },
      ],
    },
    { subject: "get", name: "CPU time of the client", unit: "µs", values: pick(timed, ({ cpuUs }) => cpuUs) },
    {
      subject: "get",
      name: "allocated",
      unit: "bytes",
      values: pick(watched, ({ allocated }) => allocated),
      guard: "times fetch",
    },
    {
      subject: "get",
      name: "sent and received",
      unit: "bytes",
      values: pick(watched, ({ sentAndReceived }) => sentAndReceived),
      guard: "ours",
    },
  ];
}

export const subjects: Subject[] = [{ name: "get", title: "One get", run }];
