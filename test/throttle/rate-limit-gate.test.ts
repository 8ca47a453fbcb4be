import { getEventListeners } from "node:events";
import { RateLimitError, TimeoutError } from "ax-users";
import { expect, test } from "vitest";
import { rejection, wireUser } from "../helpers/server.ts";
import { turn } from "../helpers/virtual-clock.ts";
import { answers, asksToWait, type Stage, type Step, stage } from "../transport/scripted-server.ts";

const ok = answers(200, wireUser({ id: "u1" }));
const lost: Step = () => Promise.reject(new TypeError("fetch failed"));
/** A success of get and of delete. */
const either: Step = (sent, signal) => (sent.method === "GET" ? ok : answers(204))(sent, signal);

/** A server whose answers are given out one by one: how many requests it holds, and their answers. */
function holdingServer() {
  const held: ((step: Step) => void)[] = [];
  const step: Step = (sent, signal) =>
    new Promise((resolve, reject) => {
      held.push((answer) => resolve(answer(sent, signal)));
      signal.addEventListener("abort", () => reject(signal.reason));
    });
  const answerNext = async (answer: Step) => {
    held.shift()?.(answer);
    await turn();
  };
  return { held, step, answerNext };
}

const get = (client: Stage["client"], options = {}) => client.users.get({ userId: "u1" }, options);

/** What a promise has come to, without waiting for it. */
function watch(promise: Promise<unknown>): { ended?: unknown } {
  const state: { ended?: unknown } = {};
  promise.then(
    () => {
      state.ended = "success";
    },
    (error: unknown) => {
      state.ended = error;
    },
  );
  return state;
}

test("a 429 holds all calls of its client until its time has come, and none of another client", async () => {
  const { client, clock, sent } = stage([asksToWait(429, "5"), ok]);
  const other = stage([ok]);
  const first = get(client);
  await clock.advance(100);
  const later = client.users.delete({ userId: "u2" }).catch(() => {});
  await clock.advance(4899);
  expect(sent).toHaveLength(1);
  await other.clock.run(get(other.client));
  expect(other.sent).toHaveLength(1);
  await clock.run(Promise.all([first, later]));
  expect(sent.map(({ at }) => at)).toEqual([0, 5000, 5000]);
});

test("after a pause it opens gently: one request, and twice as many with each answer", async () => {
  const { held, step, answerNext } = holdingServer();
  const { client, clock, sent } = stage([asksToWait(429, "1"), step]);
  const calls = Array.from({ length: 40 }, () => get(client));
  await clock.advance(999);
  // The others were on their way before the 429 came.
  const inFlight = held.length;
  expect(sent).toHaveLength(1 + inFlight);
  for (let left = inFlight; left > 0; left -= 1) await answerNext(ok);
  const late = Array.from({ length: 100 }, () => get(client));
  await clock.advance(1);
  expect(held).toHaveLength(1);
  await answerNext(ok);
  expect(held).toHaveLength(2);
  await answerNext(ok);
  expect(held).toHaveLength(4);
  await answerNext(ok);
  expect(held).toHaveLength(8);
  await answerNext(ok);
  expect(held).toHaveLength(16);
  await answerNext(ok);
  expect(held).toHaveLength(32);
  await answerNext(ok);
  // From 64 on there is no limit any more.
  expect(held).toHaveLength(101 - 6);
  for (let left = held.length; left > 0; left -= 1) await answerNext(ok);
  await clock.run(Promise.all([...calls, ...late]));
  expect(clock.pending).toEqual([]);
});

test.each([
  [4, 5],
  [9, 0],
])(
  "calls go on in the order in which they began to wait: %d answers in the pause, %d after it",
  async (during) => {
    const { held, step, answerNext } = holdingServer();
    const { client, clock, sent } = stage([step]);
    const calls = Array.from({ length: 10 }, () => get(client));
    await turn();
    await answerNext(asksToWait(429, "1"));
    const later = Array.from({ length: 20 }, (_, index) => client.users.delete({ userId: `later${index}` }));
    for (let answered = 0; answered < during; answered += 1) await answerNext(ok);
    await clock.advance(1000);
    while (held.length > 0) await answerNext(either);
    await clock.run(Promise.all([...calls, ...later]));
    const order = sent.flatMap(({ path }) => /later\d+/.exec(path) ?? []);
    expect(order).toEqual(later.map((_, index) => `later${index}`));
  },
);

test("a second 429 closes it again, and it opens as gently as before", async () => {
  const { held, step, answerNext } = holdingServer();
  const { client, clock } = stage([asksToWait(429, "1"), step]);
  const first = get(client);
  await turn();
  const rest = Array.from({ length: 9 }, () => get(client));
  await clock.advance(1000);
  await answerNext(ok);
  await answerNext(ok);
  expect(held).toHaveLength(4);
  await answerNext(asksToWait(429, "2"));
  expect(held).toHaveLength(3);
  while (held.length > 0) await answerNext(ok);
  await clock.advance(1999);
  expect(held).toHaveLength(0);
  await clock.advance(1);
  expect(held).toHaveLength(1);
  await answerNext(ok);
  expect(held).toHaveLength(2);
  while (held.length > 0) await answerNext(ok);
  await clock.run(Promise.all([first, ...rest]));
});

test("a shorter pause does not cut a longer one short", async () => {
  const { held, step, answerNext } = holdingServer();
  const { client, clock, sent } = stage([step]);
  const calls = [get(client), get(client)];
  await turn();
  await answerNext(asksToWait(429, "10"));
  await answerNext(asksToWait(429, "1"));
  await clock.advance(9999);
  expect(sent).toHaveLength(2);
  await clock.advance(1);
  expect(held).toHaveLength(1);
  await answerNext(ok);
  await answerNext(ok);
  await clock.run(Promise.all(calls));
});

test("a longer pause lengthens the waits that are under way, or ends them where that is too long", async () => {
  const { step, answerNext } = holdingServer();
  const { client, clock, sent } = stage([step], { maxRetries: 1 });
  const calls = [get(client), get(client)].map(watch);
  await turn();
  await answerNext(asksToWait(429, "1"));
  const waiting = watch(get(client));
  await clock.advance(500);
  await answerNext(asksToWait(429, "3600"));
  expect(waiting.ended).toBeInstanceOf(RateLimitError);
  expect(waiting.ended).toMatchObject({ attempts: 0, retryAfterMs: 3_600_000, outcome: "not_applied" });
  await clock.advance(500);
  // The first one's own wait is over, and the gate is not.
  expect(calls[0]?.ended).toMatchObject({ name: "RateLimitError", attempts: 1, retryAfterMs: 3_599_500 });
  expect(calls[1]?.ended).toMatchObject({ name: "RateLimitError", attempts: 1, retryAfterMs: 3_600_000 });
  expect(sent).toHaveLength(2);
  expect(clock.pending).toEqual([]);
});

test("a pause beyond maxRetryAfterMs fails later calls at once, with what is left of it", async () => {
  const { client, clock, sent } = stage([asksToWait(429, "3600"), ok]);
  await clock.run(get(client)).catch(() => {});
  await clock.advance(30_000);
  const error = await clock.run(client.users.delete({ userId: "u2" })).catch((error: unknown) => error);
  expect(error).toBeInstanceOf(RateLimitError);
  expect(error).toMatchObject({
    status: 429,
    attempts: 0,
    retryAfterMs: 3_570_000,
    outcome: "not_applied",
  });
  const pause = "a pause of another 3570000 ms, more than maxRetryAfterMs or the deadline allows";
  expect(error).toMatchObject({
    message: `DELETE /v2/users/u2: not sent, as the server asked for ${pause}.`,
    title: "Rate limit exceeded",
  });
  expect(clock.now()).toBe(30_000);
  // After maxRetryAfterMs, the server is asked again.
  await clock.advance(30_000);
  await clock.run(get(client));
  expect(sent.map(({ at }) => at)).toEqual([0, 60_000]);
});

test("a pause of exactly maxRetryAfterMs is waited for", async () => {
  const { client, clock, sent } = stage([asksToWait(429, "60"), ok], { maxRetryAfterMs: 60_000 });
  const first = get(client);
  await turn();
  await clock.run(Promise.all([first, get(client)]));
  expect(sent.map(({ at }) => at)).toEqual([0, 60_000, 60_000]);
});

test("an aborted call rejects with its own reason, even where the pause is too long for it", async () => {
  const { client, clock, sent } = stage([asksToWait(429, "3600")]);
  await clock.run(get(client)).catch(() => {});
  expect(await rejection(get(client, { signal: AbortSignal.abort("enough") }))).toBe("enough");
  expect(sent).toHaveLength(1);
});

test("a pause beyond the deadline fails the call at once, and no other call", async () => {
  const { client, clock, sent } = stage([asksToWait(429, "5"), ok]);
  const first = get(client);
  await turn();
  const hasty = watch(get(client, { deadlineMs: 4999 }));
  await turn();
  expect(hasty.ended).toMatchObject({ name: "RateLimitError", attempts: 0, retryAfterMs: 5000 });
  await clock.run(Promise.all([first, get(client, { deadlineMs: 5001 + 1 })]));
  expect(sent).toHaveLength(3);
});

test("where the deadline passes in the queue behind others, it is a TimeoutError of no request", async () => {
  const { step, answerNext } = holdingServer();
  const { client, clock, sent } = stage([asksToWait(429, "1"), step]);
  const first = get(client);
  await clock.advance(1000);
  const queued = watch(client.users.delete({ userId: "u2" }, { deadlineMs: 300 }));
  await clock.advance(299);
  expect(queued.ended).toBeUndefined();
  await clock.advance(1);
  expect(queued.ended).toBeInstanceOf(TimeoutError);
  expect(queued.ended).toMatchObject({ attempts: 0, outcome: "not_applied" });
  expect(queued.ended).toHaveProperty("message", expect.stringContaining("(deadlineMs: 300)"));
  expect(sent).toHaveLength(2);
  await answerNext(ok);
  await clock.run(first);
  expect(clock.pending).toEqual([]);
});

test("who gives up the queue behind others takes no place in it", async () => {
  const { held, step, answerNext } = holdingServer();
  const { client, clock } = stage([asksToWait(429, "1"), step]);
  const first = get(client);
  await clock.advance(1000);
  const hasty = watch(get(client, { deadlineMs: 100 }));
  const patient = get(client);
  await clock.advance(100);
  expect(hasty.ended).toBeInstanceOf(TimeoutError);
  expect(held).toHaveLength(1);
  await answerNext(ok);
  await answerNext(ok);
  await clock.run(Promise.all([first, patient]));
});

test.each([
  ["a pause", 500],
  ["the queue behind others", 1500],
])("an abort in %s rejects at once and leaves nothing behind", async (_, ms) => {
  const { step, answerNext } = holdingServer();
  const { client, clock, sent } = stage([asksToWait(429, "1"), step]);
  const controller = new AbortController();
  const first = get(client);
  await turn();
  const waiting = watch(get(client, { signal: controller.signal }));
  await clock.advance(ms);
  const requests = sent.length;
  controller.abort("enough");
  await turn();
  expect(waiting.ended).toBe("enough");
  expect(getEventListeners(controller.signal, "abort")).toEqual([]);
  await clock.advance(1000);
  await answerNext(ok);
  await clock.run(first);
  expect(sent).toHaveLength(Math.max(requests, 2));
  expect(clock.pending).toEqual([]);
});

test("successes that come in during the pause do not open it wide", async () => {
  const { held, step, answerNext } = holdingServer();
  const { client, clock } = stage([step]);
  const calls = Array.from({ length: 10 }, () => get(client));
  await turn();
  await answerNext(asksToWait(429, "1"));
  while (held.length > 0) await answerNext(ok);
  calls.push(...Array.from({ length: 10 }, () => get(client)));
  await clock.advance(1000);
  expect(held).toHaveLength(1);
  while (held.length > 0) await answerNext(ok);
  await clock.run(Promise.all(calls));
});

test("successes of requests from before the pause that come in after it do not open it wide, either", async () => {
  const { held, step, answerNext } = holdingServer();
  const { client, clock, sent } = stage([step]);
  const calls = Array.from({ length: 10 }, () => get(client));
  await turn();
  await answerNext(asksToWait(429, "1"));
  calls.push(...Array.from({ length: 30 }, () => get(client)));
  await clock.advance(1000);
  const slow = held.splice(0, 9);
  const sentBefore = sent.length;
  for (const end of slow) {
    end(ok);
    await turn();
    // One request is in flight to find out, at the most: nothing of after the pause was answered yet.
    expect(sent.length - sentBefore).toBeLessThanOrEqual(1);
  }
  while (held.length > 0) await answerNext(ok);
  await clock.run(Promise.all(calls));
});

test("an abort of the request that finds out says nothing of the server, and lets no two follow", async () => {
  const { held, step, answerNext } = holdingServer();
  const { client, clock } = stage([asksToWait(429, "1"), step]);
  const controller = new AbortController();
  const first = watch(get(client, { signal: controller.signal }));
  await turn();
  const rest = Array.from({ length: 9 }, () => get(client));
  await clock.advance(1000);
  expect(held).toHaveLength(1);
  controller.abort();
  await turn();
  expect(first.ended).toBeDefined();
  held.shift();
  expect(held).toHaveLength(1);
  while (held.length > 0) await answerNext(ok);
  await clock.run(Promise.all(rest));
});

test("a call that is aborted just when its turn comes leaves it to the next one", async () => {
  for (let steps = 0; steps < 20; steps += 1) {
    const { held, step, answerNext } = holdingServer();
    const { client, clock } = stage([asksToWait(429, "1"), step]);
    const controllers = [new AbortController(), new AbortController()];
    const aborted: { ended?: unknown }[] = [];
    for (const { signal } of controllers) {
      aborted.push(watch(get(client, { signal })));
      await turn();
    }
    await clock.advance(1000);
    const next = get(client);
    await turn();
    expect(held).toHaveLength(1);
    // The place of the request that finds out becomes free, and some moments later, the second call is aborted.
    controllers[0]?.abort();
    for (let passed = 0; passed < steps; passed += 1) await null;
    controllers[1]?.abort();
    await turn();
    expect(aborted).toMatchObject([{ ended: { name: "AbortError" } }, { ended: { name: "AbortError" } }]);
    expect(held.length, `after ${steps} steps`).toBeGreaterThanOrEqual(2);
    while (held.length > 0) await answerNext(ok);
    await clock.run(next);
  }
});

test("where the request that finds out is lost, the others wait for no other one", async () => {
  const { held, step, answerNext } = holdingServer();
  const { client, clock, sent } = stage([asksToWait(429, "1"), step], { maxRetries: 0 });
  const calls = [watch(get(client))];
  await turn();
  calls.push(...Array.from({ length: 20 }, () => watch(get(client))));
  await clock.advance(1500);
  expect(held).toHaveLength(1);
  await answerNext(lost);
  expect(sent.map(({ at }) => at)).toEqual([0, 1000, ...Array(19).fill(1500)]);
  while (held.length > 0) await answerNext(ok);
  expect(calls.filter(({ ended }) => ended === "success")).toHaveLength(19);
});

test("the loss of a request from before the pause does not open it wide", async () => {
  const { held, step, answerNext } = holdingServer();
  const { client, clock } = stage([step], { maxRetries: 0 });
  const calls = Array.from({ length: 4 }, () => watch(get(client)));
  await turn();
  await answerNext(asksToWait(429, "1"));
  calls.push(...Array.from({ length: 10 }, () => watch(get(client))));
  // One is lost during the pause, and two after it.
  await answerNext(lost);
  await clock.advance(1000);
  await answerNext(lost);
  await answerNext(lost);
  expect(held).toHaveLength(1);
  while (held.length > 0) await answerNext(ok);
  expect(calls.filter(({ ended }) => ended === "success")).toHaveLength(10);
});

test("who is let in just when the 429 comes is not let out again to send", async () => {
  const sentAfterwards: number[] = [];
  for (let steps = 0; steps < 60; steps += 1) {
    const { held, step } = holdingServer();
    const { client, clock, events } = stage([step, ok]);
    const first = get(client);
    await turn();
    held.shift()?.(asksToWait(429, "1"));
    // The second call begins while the answer to the first one makes its way through the client.
    for (let passed = 0; passed < steps; passed += 1) await null;
    const second = get(client);
    await turn();
    const limited = events.findIndex(({ type }) => type === "rate_limited");
    if (events.slice(limited).some(({ type }) => type === "request")) sentAfterwards.push(steps);
    await clock.run(Promise.all([first, second]));
  }
  expect(sentAfterwards).toEqual([]);
});

const bulkDelete = (client: Stage["client"], count: number) =>
  client.users.bulkDelete({ userIds: Array.from({ length: count }, (_, index) => `id${index}`) });

test("a bulk call, which spaces its requests itself, waits behind no other request", async () => {
  const { held, step, answerNext } = holdingServer();
  const { client, clock } = stage([asksToWait(429, "1"), step]);
  const bulk = bulkDelete(client, 20);
  await turn();
  while (held.length > 0) await answerNext(either);
  await clock.advance(10_000);
  expect(held).toHaveLength(4);
  while (held.length > 0) {
    await answerNext(either);
    await clock.advance(1000);
  }
  expect((await bulk).every(({ status }) => status === "deleted")).toBe(true);
});

test("every target of a bulk call fails at once where a pause is too long for it", async () => {
  const { client, clock, sent } = stage([asksToWait(429, "3600")]);
  await clock.run(get(client)).catch(() => {});
  const results = await clock.run(bulkDelete(client, 20));
  expect(results).toMatchObject(
    Array(20).fill({ status: "failed", attempted: false, outcome: "not_applied" }),
  );
  expect(clock.now()).toBe(0);
  expect(sent).toHaveLength(1);
});

test("without Retry-After the pause is the back-off", async () => {
  const { client, clock, sent } = stage([answers(429), ok], {}, () => 1);
  const first = get(client);
  await turn();
  const second = get(client);
  await clock.run(Promise.all([first, second]));
  expect(sent.map(({ at }) => at)).toEqual([0, 500, 500]);
});
