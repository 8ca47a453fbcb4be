import { expect, test } from "vitest";
import { HANGS_AFTER_MS } from "../helpers/eventually.ts";
import { IS_FULL_RUN } from "../helpers/full.ts";
import { seededRandom } from "../helpers/seeded-random.ts";
import { allAuditedCalls, type Told, toldOf } from "./audited-server.ts";
import { startTruthWorld } from "./truth-world.ts";

const CALLS = 500;

/** Whether a caller is told that nobody knows what became of a call, or in a bulk call of one of its targets. */
const saysUnknown = (told: Told): boolean => {
  const said = "error" in told ? [told.error] : Array.isArray(told.value) ? told.value : [];
  return said.some((one) => Reflect.get(Object(one), "outcome") === "unknown");
};

const SEEDS = IS_FULL_RUN ? 20 : 1;
const seeds = Array.from({ length: SEEDS }, (_, index) => index + 1);

test.each(seeds)(
  "on a server that drops, fails, stalls and is not alone, 500 calls are told the truth: seed %i",
  { timeout: HANGS_AFTER_MS },
  async (seed) => {
    const { model, callAll, close } = await startTruthWorld(seed, () => 0);
    const random = seededRandom(-seed);
    const kinds = Object.values(allAuditedCalls);
    const prepared = Array.from({ length: CALLS }, (_, index) => {
      const kind = kinds[Math.floor(random() * kinds.length)];
      return kind?.(model.account, String(index), index);
    }).filter((call) => call !== undefined);
    const told = new Map<number, Told>();
    await callAll(prepared.length, async (client, index) => {
      const call = prepared[index]?.call(client);
      if (call) told.set(index, await toldOf(call));
    });
    await close();
    expect(told.size).toBe(CALLS);
    const lies = prepared.flatMap(({ audit }, index) => audit(told.get(index) ?? { error: "told nothing" }));
    expect(lies).toEqual([]);
    const overstated = [...told].filter(
      ([index, one]) => saysUnknown(one) && !model.doubtful.has(String(index)),
    );
    expect(overstated).toEqual([]);
    // The test would prove nothing if all went well, or nothing did.
    const outcomes = [...told.values()].map((told) =>
      "value" in told ? "success" : Reflect.get(Object(told.error), "outcome"),
    );
    const count = (outcome: string) => outcomes.filter((one) => one === outcome).length;
    expect(count("success")).toBeGreaterThan(CALLS / 20);
    expect(count("unknown")).toBeGreaterThan(CALLS / 50);
    expect(count("not_applied")).toBeGreaterThan(0);
    expect(Math.min(model.met.dropped, model.met.failed, model.met.stalled)).toBeGreaterThan(CALLS / 20);
    const { gateway, foreign, page, rejected } = model.met;
    expect(Math.min(gateway, foreign, page, rejected)).toBeGreaterThan(CALLS / 100);
  },
);
