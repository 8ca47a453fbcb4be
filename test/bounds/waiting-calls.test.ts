/** Many calls that wait at once wake no more of each other than may go on. */
import { expect, test } from "vitest";
import { wireUser } from "../helpers/server.ts";
import { turn, type VirtualClock } from "../helpers/virtual-clock.ts";
import { answers, asksToWait, type Step, stage } from "../transport/scripted-server.ts";

const CALLS = 300;

/** Counts the timers that are set from now on. */
function countTimers(clock: VirtualClock): { set: number } {
  const timers = { set: 0 };
  const { after } = clock;
  clock.after = (ms, action) => {
    timers.set += 1;
    return after.call(clock, ms, action);
  };
  return timers;
}

test("calls that wait behind others, whose requests fail one after the other", async () => {
  const lost: Step = () => Promise.reject(new TypeError("fetch failed"));
  const { client, clock, sent } = stage([asksToWait(429, "1"), lost], { maxRetries: 0 });
  const first = client.users.get({ userId: "u0" }).catch(() => {});
  await turn();
  const calls = Array.from({ length: CALLS }, () => client.users.get({ userId: "u1" }).catch(() => {}));
  const timers = countTimers(clock);
  await clock.run(Promise.all([first, ...calls]));
  expect(sent).toHaveLength(CALLS + 1);
  // One for each request, and a few for each wait.
  expect(timers.set).toBeLessThan(10 * CALLS);
  expect(clock.pending).toEqual([]);
});

test("calls that wait for the end of a pause, while many others are told to wait as well", async () => {
  const AHEAD = 60;
  let requests = 0;
  // Of the first ones, each is told 10 ms after the one before it, so that the pause grows each time.
  const step: Step = async (...request) => {
    requests += 1;
    if (requests > AHEAD) return answers(200, wireUser({ id: "u1" }))(...request);
    const ms = 10 * requests;
    await new Promise<void>((resolve) => clock.after(ms, resolve));
    return asksToWait(429, "2")(...request);
  };
  const { client, clock, sent } = stage([step], { maxRetries: 0 });
  const get = () => client.users.get({ userId: "u1" }).catch(() => {});
  const ahead = Array.from({ length: AHEAD }, get);
  await clock.advance(10);
  const calls = Array.from({ length: CALLS }, get);
  const timers = countTimers(clock);
  await clock.advance(900);
  await Promise.all(ahead);
  expect(timers.set).toBeLessThan(3 * CALLS);
  await clock.run(Promise.all(calls));
  expect(sent).toHaveLength(AHEAD + CALLS);
  expect(clock.pending).toEqual([]);
});
