/** A thousand calls, one after the other and all at once. */
import type { Bench, Measure, Subject } from "../bench.ts";
import { PEER_NAMES } from "../clients/peers.ts";
import { mapRounds, pick, type Result } from "../results.ts";

const CALLS = 1000;
const ROUNDS = 5;

type Figures = Record<"sequential" | "concurrent" | "sequentialCpu" | "concurrentCpu", number>;

const IDS = Array.from({ length: CALLS }, (_, index) => btoa(`User:${index + 1}`));

export const measure: Measure<object, Figures> = async (client) => {
  const sequential = await timeOf(async () => {
    for (const id of IDS) await client.get(id);
  });
  const concurrent = await timeOf(() => Promise.all(IDS.map((id) => client.get(id))));
  return {
    sequential: sequential.wallMs,
    sequentialCpu: sequential.cpuMs,
    concurrent: concurrent.wallMs,
    concurrentCpu: concurrent.cpuMs,
  };
};

async function timeOf(work: () => Promise<unknown>): Promise<{ wallMs: number; cpuMs: number }> {
  const cpu = process.cpuUsage();
  const startedAt = performance.now();
  await work();
  const wallMs = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(cpu);
  return { wallMs, cpuMs: (user + system) / 1000 };
}

async function run(bench: Bench): Promise<Result[]> {
  const measured = await bench.inTurn(import.meta.url, PEER_NAMES, { users: CALLS }, ROUNDS + 1, (client) =>
    client.measure<Figures>({}),
  );
  const result = (name: string, figure: keyof Figures): Result => ({
    subject: "calls",
    name,
    unit: "ms",
    // The first round is for warming up.
    values: pick(
      mapRounds(measured, (rounds) => rounds.slice(1)),
      (round) => round[figure],
    ),
  });
  return [
    result("1,000 one after the other", "sequential"),
    result("1,000 one after the other: CPU time", "sequentialCpu"),
    result("1,000 at once", "concurrent"),
    result("1,000 at once: CPU time", "concurrentCpu"),
  ];
}

export const subjects: Subject[] = [{ name: "calls", title: "A thousand calls", run }];
