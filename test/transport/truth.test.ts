import { expect, test } from "vitest";
import { forEachLimited } from "../../src/core/for-each.ts";
import { seededRandom } from "../helpers/seeded-random.ts";
import { clientWith } from "../helpers/virtual-client.ts";
import { allAuditedCalls, type Told, toldOf } from "./audited-server.ts";
import { startTruthServer } from "./truth-server.ts";

const CALLS = 500;
const AT_ONCE = 16;

/** So many calls share a client: its retry budget would not last for more with half of all requests failing. */
const CALLS_OF_A_CLIENT = 50;

const seeds = Array.from({ length: 20 }, (_, index) => index + 1);

test.each(seeds)(
  "on a server that drops, fails and stalls, 500 calls are told the truth: seed %i",
  async (seed) => {
    const server = await startTruthServer(seed);
    const random = seededRandom(-seed);
    const kinds = Object.values(allAuditedCalls);
    const prepared = Array.from({ length: CALLS }, (_, index) => {
      const kind = kinds[Math.floor(random() * kinds.length)];
      return kind?.(server.account, String(index), index);
    }).filter((call) => call !== undefined);
    const newClient = () => clientWith({ baseUrl: server.baseUrl, timeoutMs: 30 }, { random: () => 0 });
    const clients = Array.from({ length: CALLS / CALLS_OF_A_CLIENT }, newClient);
    const told = new Map<number, Told>();
    await forEachLimited(prepared.entries(), AT_ONCE, async ([index, { call }]) => {
      const client = clients[Math.floor(index / CALLS_OF_A_CLIENT)] ?? newClient();
      told.set(index, await toldOf(call(client)));
    });
    await server.close();
    const lies = prepared.flatMap(({ audit }, index) => audit(told.get(index) ?? { error: "told nothing" }));
    expect(lies).toEqual([]);
    // The test would prove nothing if all went well, or nothing did; on a busy machine, many run out of time.
    const outcomes = [...told.values()].map((told) =>
      "value" in told ? "success" : Reflect.get(Object(told.error), "outcome"),
    );
    const count = (outcome: string) => outcomes.filter((one) => one === outcome).length;
    expect(count("success")).toBeGreaterThan(CALLS / 20);
    expect(count("unknown")).toBeGreaterThan(CALLS / 50);
    expect(count("not_applied")).toBeGreaterThan(0);
    expect(Math.min(server.met.dropped, server.met.failed, server.met.stalled)).toBeGreaterThan(CALLS / 20);
  },
);
