/** Many calls that wait at once wake no more of each other than may go on. */
import { expect, test } from "vitest";
import { turn } from "../helpers/virtual-clock.ts";
import { asksToWait, type Step, stage } from "../transport/scripted-server.ts";

const CALLS = 300;

test("calls that wait behind others, whose requests fail one after the other", async () => {
  const lost: Step = () => Promise.reject(new TypeError("fetch failed"));
  const { client, clock, sent } = stage([asksToWait(429, "1"), lost], { maxRetries: 0 });
  const first = client.users.get({ userId: "u0" }).catch(() => {});
  await turn();
  const calls = Array.from({ length: CALLS }, () => client.users.get({ userId: "u1" }).catch(() => {}));
  let timers = 0;
  const { after } = clock;
  clock.after = (ms, action) => {
    timers += 1;
    return after.call(clock, ms, action);
  };
  await clock.run(Promise.all([first, ...calls]));
  expect(sent).toHaveLength(CALLS + 1);
  // One for each request, and a few for each wait.
  expect(timers).toBeLessThan(10 * CALLS);
  expect(clock.pending).toEqual([]);
});
