/** Several processes under one limit, each with a client of its own that knows nothing of the others. */
import { expect, test } from "vitest";
import { limitedServer } from "../helpers/limited-server.ts";
import { seededRandom } from "../helpers/seeded-random.ts";
import { clientWith } from "../helpers/virtual-client.ts";
import { VirtualClock } from "../helpers/virtual-clock.ts";

const TARGETS = 800;
const LIMIT = { perSecond: 100, burst: 50 };
const SHORTEST_MS = ((TARGETS - LIMIT.burst) / LIMIT.perSecond) * 1000;

/** The first requests of a new process take longer: it still compiles its code, and connects. */
const FIRST_REQUESTS = 8;

/**
 * How many times as long as the limit allows so many processes take, which begin within `withinMs`. The first requests of each
 * take 0.4 to 1.2 times `startMs` longer.
 */
async function share(processes: number, startMs: number, withinMs: number, seed: number): Promise<number> {
  const clock = new VirtualClock();
  const server = limitedServer(clock, LIMIT);
  const random = seededRandom(seed);
  const pause = (ms: number) => new Promise<void>((resolve) => clock.after(ms, resolve));
  const one = async (_: unknown, number: number) => {
    await pause(random() * withinMs);
    const slowness = (startMs / 2) * (0.5 + random() / 2);
    let sent = 0;
    const fetch: typeof globalThis.fetch = async (...request) => {
      sent += 1;
      const delayMs = sent > FIRST_REQUESTS ? 0 : slowness * (0.8 + random() * 0.4);
      await pause(random() * 5 + delayMs);
      const response = await server.fetch(...request);
      await pause(delayMs);
      return response;
    };
    const { users } = clientWith({ fetch }, { clock, random });
    const userIds = Array.from({ length: TARGETS / processes }, (_, index) => `p${number}u${index}`);
    return users.bulkDelete({ userIds });
  };
  const results = await clock.run(Promise.all(Array.from({ length: processes }, one)));
  expect(results.flat().filter(({ status }) => status !== "deleted")).toEqual([]);
  return clock.now() / SHORTEST_MS;
}

// On two cores, 1, 4, 8 and 16 real processes met the first 429 after about 200, 250, 350 and 600 ms.
test.each([
  [1, 0, 200, 1.4, 1.4],
  [4, 0, 200, 1.4, 1.6],
  [8, 0, 200, 1.4, 1.6],
  [16, 0, 200, 1.4, 1.6],
  [1, 150, 200, 1.4, 1.4],
  [4, 200, 200, 1.4, 1.6],
  [8, 350, 200, 1.4, 1.6],
  [16, 600, 200, 1.4, 1.6],
  // The later ones find the bucket empty.
  [4, 200, 1_500, 1.4, 1.6],
  [8, 350, 1_500, 1.4, 1.6],
  [16, 600, 1_500, 1.4, 1.6],
])(
  "%d of them, the first requests %d ms later, all within %d ms: nothing fails, half of the runs take %f times what the limit allows, the slowest %f",
  async (processes, startMs, withinMs, usual, most) => {
    const shares: number[] = [];
    for (let seed = 1; seed <= 15; seed += 1) shares.push(await share(processes, startMs, withinMs, seed));
    shares.sort((a, b) => a - b);
    expect(shares[7]).toBeLessThan(usual);
    expect(shares[14]).toBeLessThan(most);
  },
);
