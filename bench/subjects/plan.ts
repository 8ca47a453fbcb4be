/** A roster compared with an account: with ax-users/roster a plan, with others the loop that their users would write. */
import type { SeedUser } from "../../src/testing/index.ts";
import type { Measure, Subject } from "../bench.ts";
import type { Row } from "../clients/client.ts";
import { type PerPeer, pick, type Result } from "../results.ts";

const PEOPLE = 50_000;
const ROUNDS: PerPeer<number> = { fetch: 2, current: 2, ours: 2 };

const emailOf = (number: number) => `user${number}@example.com`;

const account: SeedUser[] = Array.from({ length: PEOPLE }, (_, number) => ({
  email: emailOf(number),
  name: `User ${number}`,
}));

/** Of each hundred rows, one is of somebody who is not there, and twenty have another name. */
const NEW = PEOPLE / 100;
const RENAMED = PEOPLE / 5;

function rowOf(number: number): Row {
  if (number % 100 === 0) return { email: `new${number}@example.com`, name: `User ${number}` };
  return { email: emailOf(number), name: `${number % 100 <= 20 ? "Renamed" : "User"} ${number}` };
}

interface Measured {
  readonly ms: number;
  readonly cpuMs: number;
  /** Beyond what the process had before. */
  readonly peakBytes: number;
}

/** As often as memory is looked at; a plan takes seconds. */
const SAMPLE_MS = 10;

export const measure: Measure<object, Measured> = async (client) => {
  const rows = Array.from({ length: PEOPLE }, (_, number) => rowOf(number));
  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  let peak = before;
  const sample = () => {
    peak = Math.max(peak, process.memoryUsage.rss());
  };
  const sampling = setInterval(sample, SAMPLE_MS);
  const cpu = process.cpuUsage();
  const startedAt = performance.now();
  const changes = await client.plan(rows);
  const ms = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(cpu);
  sample();
  clearInterval(sampling);
  const count = (wanted: string) => changes.filter(({ kind }) => kind === wanted).length;
  if (count("create") !== NEW || count("update") !== RENAMED)
    throw new Error(`It planned ${count("create")} creates and ${count("update")} updates.`);
  return { ms, cpuMs: (user + system) / 1000, peakBytes: peak - before };
};

const subject: Subject = {
  name: "plan",
  title: "A plan: a roster of 50,000 rows beside an account of 50,000 users",
  async run(bench) {
    const measured = await bench.afresh(import.meta.url, ROUNDS, { users: account }, async (client) => {
      const figures = await client.measure<Measured>({});
      return { ...figures, ...(await bench.servers.traffic(client.server)) };
    });
    const result = (name: string, unit: Result["unit"], values: PerPeer<number[]>): Result => ({
      subject: "plan",
      name,
      unit,
      values,
    });
    return [
      result(
        "time",
        "ms",
        pick(measured, ({ ms }) => ms),
      ),
      result(
        "CPU time of the client",
        "ms",
        pick(measured, ({ cpuMs }) => cpuMs),
      ),
      {
        ...result(
          "requests",
          "requests",
          pick(measured, ({ requests }) => requests),
        ),
        limits: [{ atMost: PEOPLE / 100 }],
      },
      {
        ...result(
          "peak memory, beyond what the process had",
          "bytes",
          pick(measured, ({ peakBytes }) => peakBytes),
        ),
        // 300 MB, less the 50 of Node itself.
        limits: [{ atMost: 250e6 }],
      },
    ];
  },
};

export const subjects: Subject[] = [subject];
