/** Several processes under one limit, each with a client of its own that knows nothing of the others. */
import { expect, test } from "vitest";
import { limitedServer } from "../helpers/limited-server.ts";
import { seededRandom } from "../helpers/seeded-random.ts";
import { clientWith } from "../helpers/virtual-client.ts";
import { VirtualClock } from "../helpers/virtual-clock.ts";

const TARGETS = 800;
const LIMIT = { perSecond: 100, burst: 50 };
const SHORTEST_MS = ((TARGETS - LIMIT.burst) / LIMIT.perSecond) * 1000;

/** How many times as long as the limit allows so many processes take, which begin within 200 ms. */
async function share(processes: number, seed: number): Promise<number> {
  const clock = new VirtualClock();
  const server = limitedServer(clock, LIMIT);
  const random = seededRandom(seed);
  const pause = (ms: number) => new Promise<void>((resolve) => clock.after(ms, resolve));
  const one = async (_: unknown, number: number) => {
    await pause(random() * 200);
    const fetch: typeof globalThis.fetch = async (...request) => {
      await pause(random() * 5);
      return server.fetch(...request);
    };
    const { users } = clientWith({ fetch }, { clock, random });
    const userIds = Array.from({ length: TARGETS / processes }, (_, index) => `p${number}u${index}`);
    return users.bulkDelete({ userIds });
  };
  const results = await clock.run(Promise.all(Array.from({ length: processes }, one)));
  expect(results.flat().filter(({ status }) => status !== "deleted")).toEqual([]);
  return clock.now() / SHORTEST_MS;
}

test.each([
  [1, 1.4, 1.4],
  [4, 1.4, 1.6],
  [8, 1.4, 1.6],
  [16, 1.4, 1.6],
])(
  "%d of them: nothing fails, and half of the runs take %f times what the limit allows, the slowest %f",
  async (processes, usual, most) => {
    const shares: number[] = [];
    for (let seed = 1; seed <= 15; seed += 1) shares.push(await share(processes, seed));
    shares.sort((a, b) => a - b);
    expect(shares[7]).toBeLessThan(usual);
    expect(shares[14]).toBeLessThan(most);
  },
);
