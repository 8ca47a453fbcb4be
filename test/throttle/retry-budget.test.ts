import fc from "fast-check";
import { expect, test } from "vitest";
import { RetryBudget } from "../../src/throttle/retry-budget.ts";
import { wireUser } from "../helpers/server.ts";
import { answers, asksToWait, type Step, stage } from "../transport/scripted-server.ts";

const u1 = { userId: "u1" };
const settle = (promise: Promise<unknown>) => promise.catch((error: unknown) => error);

test.each([
  ["one after the other", 1],
  ["all at once", 300],
])("an outage of many calls, %s, sends a hundred retries and no more", async (_, atOnce) => {
  const { client, clock, sent } = stage([answers(500)]);
  for (let done = 0; done < 300; done += atOnce) {
    await clock.run(Promise.all(Array.from({ length: atOnce }, () => settle(client.users.get(u1)))));
  }
  expect(sent).toHaveLength(300 + 100);
});

test("with an empty budget a call fails after its first request, as if it had no retries", async () => {
  const { client, clock, sent } = stage([answers(500)]);
  for (let call = 0; call < 40; call += 1) await clock.run(settle(client.users.get(u1)));
  sent.length = 0;
  const error = await clock.run(settle(client.users.get(u1)));
  expect(error).toMatchObject({ name: "ServerError", attempts: 1, outcome: "not_applied" });
  expect(sent).toHaveLength(1);
});

/** A server that is down and is put right by hand. */
function patient() {
  let healthy = false;
  const step: Step = (sent, signal) =>
    (healthy ? answers(200, wireUser({ id: "u1" })) : answers(500))(sent, signal);
  const all = stage([step]);
  const calls = async (count: number, health: boolean) => {
    healthy = health;
    const before = all.sent.length;
    for (let call = 0; call < count; call += 1) await all.clock.run(settle(all.client.users.get(u1)));
    return all.sent.length - before;
  };
  return { calls };
}

test("five successes pay for one retry, and a full budget does not grow", async () => {
  const { calls } = patient();
  expect(await calls(1000, true)).toBe(1000);
  expect(await calls(100, false)).toBe(100 + 100);
  expect(await calls(4, true)).toBe(4);
  expect(await calls(1, false)).toBe(1);
  expect(await calls(1, true)).toBe(1);
  expect(await calls(1, false)).toBe(2);
});

test("a success after retries gives the last one's cost back", async () => {
  const step: Step[] = Array.from({ length: 150 }, () => [
    answers(500),
    answers(200, wireUser({ id: "u1" })),
  ]).flat();
  const { client, clock, sent } = stage([answers(200, wireUser({ id: "u1" })), ...step]);
  for (let call = 0; call < 151; call += 1) await clock.run(client.users.get(u1));
  expect(sent).toHaveLength(301);
});

test("what the gate paces costs nothing", async () => {
  const { client, clock, sent } = stage([asksToWait(429, "1")]);
  for (let call = 0; call < 60; call += 1) await clock.run(settle(client.users.get(u1)));
  expect(sent).toHaveLength(60 * 4);
});

test("another client has a budget of its own", async () => {
  const one = stage([answers(500)]);
  for (let call = 0; call < 40; call += 1) await one.clock.run(settle(one.client.users.get(u1)));
  const other = stage([answers(500)]);
  await other.clock.run(settle(other.client.users.get(u1)));
  expect(other.sent).toHaveLength(4);
});

test("it never gives more retries than a hundred, and one for each five successes or retried success", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom("spend", "success", "retried"), { maxLength: 400 }), (steps) => {
      const budget = new RetryBudget();
      let retries = 0;
      let gained = 500;
      for (const step of steps) {
        if (step === "spend") retries += budget.spend() ? 1 : 0;
        else budget.earn(step === "retried");
        if (step !== "spend") gained += step === "retried" ? 5 : 1;
        expect(retries * 5).toBeLessThanOrEqual(gained);
      }
    }),
  );
});

test("what the server paces by Retry-After costs no budget", async () => {
  const paced = asksToWait(503, "0");
  const { client, clock, sent } = stage(
    Array.from({ length: 200 }, () => [paced, paced, answers(200, wireUser({ id: "u1" }))]).flat() as [
      Step,
      ...Step[],
    ],
  );
  for (let call = 0; call < 200; call += 1) await clock.run(client.users.get(u1));
  expect(sent).toHaveLength(600);
});
