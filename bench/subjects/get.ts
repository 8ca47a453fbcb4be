/** One `get`, which is what the client adds to a request. */
import { allocatedBy } from "../allocations.ts";
import type { Bench, Measure, Subject } from "../bench.ts";
import { PEER_NAMES } from "../clients/peers.ts";
import { pick, type Result } from "../results.ts";
import { watchSockets, wireBytes } from "../wire-bytes.ts";

interface Params {
  readonly calls: number;
}

interface Measured {
  readonly wallUs: number;
  readonly cpuUs: number;
  readonly allocated: number;
  readonly sentAndReceived: number;
}

const USER = btoa("User:1");

watchSockets();

export const measure: Measure<Params, Measured> = async (client, { calls }) => {
  const bytes = wireBytes();
  const cpu = process.cpuUsage();
  const startedAt = performance.now();
  for (let call = 0; call < calls; call += 1) await client.get(USER);
  const wallUs = (performance.now() - startedAt) * 1000;
  const { user, system } = process.cpuUsage(cpu);
  const sentAndReceived = wireBytes() - bytes;
  const allocated = await allocatedBy(async () => {
    for (let call = 0; call < calls; call += 1) await client.get(USER);
  });
  return {
    wallUs: wallUs / calls,
    cpuUs: (user + system) / calls,
    allocated: allocated / calls,
    sentAndReceived: sentAndReceived / calls,
  };
};

const WARM_UP: Params = { calls: 1200 };
const ROUND: Params = { calls: 120 };

async function run(bench: Bench): Promise<Result[]> {
  const peers = bench.isQuick ? (["fetch", "ours"] as const) : PEER_NAMES;
  const rounds = bench.isQuick ? 10 : 25;
  const warm = new Set<unknown>();
  const measured = await bench.inTurn(import.meta.url, peers, { users: 100 }, rounds, async (client) => {
    if (!warm.has(client)) await client.measure(WARM_UP);
    warm.add(client);
    return client.measure<Measured>(ROUND);
  });
  const result = (
    name: string,
    unit: Result["unit"],
    figure: keyof Measured,
    more: Partial<Result> = {},
  ) => ({
    subject: "get",
    name,
    unit,
    values: pick(measured, (round) => round[figure]),
    ...more,
  });
  return [
    result("time", "µs", "wallUs", {
      limits: [
        { atMost: 1.45, times: "fetch" },
        { atMost: 1.15, times: "current" },
      ],
    }),
    result("CPU time of the client", "µs", "cpuUs"),
    result("allocated", "bytes", "allocated", { guard: "times fetch" }),
    result("sent and received", "bytes", "sentAndReceived", { guard: "ours" }),
  ];
}

export const subjects: Subject[] = [{ name: "get", title: "One get", run }];
