/** How many requests of a bulk call are in flight. */
import type { BulkDeleteUsersParams, RequestOptions } from "ax-users";
import { expect, test } from "vitest";
import { clientWith } from "../helpers/virtual-client.ts";
import { turn, VirtualClock } from "../helpers/virtual-clock.ts";

const HOUR_MS = 3_600_000;
const ids = (count: number): string[] => Array.from({ length: count }, (_, index) => `id${index}`);

/** Holds every request until it is released, answering with what is asked for then. */
function holding() {
  const held: ((response: Response) => void)[] = [];
  const fetch = () => new Promise<Response>((resolve) => held.push(resolve));
  const answer = async (status: number, headers = {}) => {
    const body = JSON.stringify({ title: "Problem", status });
    held.shift()?.(new Response(status === 204 ? null : body, { status, headers }));
    await turn();
    return held.length;
  };
  return { held, fetch, answer };
}

const begin = async (
  targets = 500,
  params: Omit<BulkDeleteUsersParams, "userIds"> = {},
  options: RequestOptions = {},
) => {
  const clock = new VirtualClock();
  await clock.advance(HOUR_MS);
  const { held, fetch, answer } = holding();
  const done = clientWith({ fetch }, { clock }).users.bulkDelete(
    { userIds: ids(targets), ...params },
    options,
  );
  await turn();
  return { clock, held, answer, done };
};

test("8 at first, and one more for every four clean answers, up to 64", async () => {
  const { answer, held, done } = await begin();
  const after: number[] = [held.length];
  for (let answers = 1; answers <= 300; answers += 1) after.push(await answer(204));
  expect([0, 3, 4, 8, 12, 100, 223, 224, 300].map((answers) => after[answers])).toEqual([
    8, 8, 9, 10, 11, 33, 63, 64, 64,
  ]);
  while (held.length > 0) await answer(204);
  expect(await done).toHaveLength(500);
});

test("404 is a clean answer, a 5xx is none", async () => {
  const { answer, held } = await begin(500, {}, { maxRetries: 0 });
  // It shows that the server is the API.
  await answer(204);
  for (let answers = 2; answers <= 4; answers += 1) await answer(404);
  expect(held).toHaveLength(9);
  for (let answers = 1; answers <= 8; answers += 1) await answer(answers % 2 ? 500 : 501);
  expect(held).toHaveLength(9);
});

test("a given concurrency is what it begins with, and never exceeds", async () => {
  const { answer, held } = await begin(500, { concurrency: 16 });
  expect(held).toHaveLength(16);
  for (let answers = 1; answers <= 40; answers += 1) await answer(204);
  expect(held).toHaveLength(16);
});

test.each([
  [429, "1"],
  [503, "1"],
])("a %d halves it, once for all that were under way", async (status, seconds) => {
  const { answer, held, clock } = await begin();
  const headers = { "retry-after": seconds };
  await answer(status, headers);
  expect(held).toHaveLength(7);
  for (let answers = 1; answers <= 7; answers += 1) await answer(status, headers);
  expect(held).toHaveLength(0);
  await clock.advance(999);
  expect(held).toHaveLength(0);
  await clock.advance(2_000);
  expect(held).toHaveLength(4);
});

test("a success of a request from before a refusal does not raise it again", async () => {
  const { answer, held, clock } = await begin();
  await answer(429, { "retry-after": "1" });
  for (let answers = 1; answers <= 7; answers += 1) await answer(204);
  await clock.advance(10_000);
  expect(held).toHaveLength(4);
});

test("after a 401 it is none", async () => {
  const { answer, held, done } = await begin();
  await answer(401);
  expect(held).toHaveLength(7);
  while (held.length > 0) await answer(204);
  const statuses = (await done).map(({ status }) => status);
  expect(statuses).toEqual(["failed", ...Array(7).fill("deleted"), ...Array(492).fill("failed")]);
});

test("a target that waits for its turn fails at the deadline, not later", async () => {
  const failedAt: number[] = [];
  const onResult = () => failedAt.push(clock.now() - HOUR_MS);
  const { answer, held, clock, done } = await begin(20, { onResult }, { deadlineMs: 500 });
  await clock.advance(500);
  expect(failedAt).toEqual(Array(12).fill(500));
  while (held.length > 0) await answer(204);
  expect(await done).toHaveLength(20);
  expect(clock.pending).toEqual([]);
});

test("a call that ends at its deadline while requests are spaced leaves no timer behind", async () => {
  const { answer, held, clock, done } = await begin(20, {}, { deadlineMs: 3_000 });
  for (let answers = 1; answers <= 8; answers += 1) await answer(429, { "retry-after": "1" });
  await clock.advance(3_000);
  while (held.length > 0) await answer(204);
  await done;
  expect(clock.pending).toEqual([]);
});

test("after a refusal it is one more for each round trip", async () => {
  const { answer, held, clock } = await begin();
  for (let answers = 1; answers <= 8; answers += 1) await answer(429, { "retry-after": "1" });
  await clock.advance(2_000);
  const after: number[] = [];
  for (let answers = 1; answers <= 9; answers += 1) {
    await answer(204);
    await clock.advance(2_000);
    after.push(held.length);
  }
  expect(after).toEqual([4, 4, 4, 5, 5, 5, 5, 5, 6]);
});

test.each([
  ["a 503 without Retry-After", 503, {}],
  ["a 500, even with Retry-After", 500, { "retry-after": "1" }],
])("%s asks for no fewer requests", async (_, status, headers) => {
  const { answer, held } = await begin(500, {}, { maxRetries: 0 });
  for (let answers = 1; answers <= 8; answers += 1) await answer(status, headers);
  expect(held).toHaveLength(8);
});

test.each([
  ["as long as maxRetryAfterMs", "60", {}, 60_000],
  ["just shorter than the time until the deadline", "2", { deadlineMs: 2_001 }, 2_000],
])("a pause %s is waited for", async (_, seconds, options, pauseMs) => {
  const { answer, held, clock } = await begin(500, {}, options);
  for (let answers = 1; answers <= 8; answers += 1) await answer(429, { "retry-after": seconds });
  expect(held).toHaveLength(0);
  await clock.advance(pauseMs);
  expect(held).toHaveLength(1);
});

test.each([
  ["longer than maxRetryAfterMs", "61", {}],
  ["as long as the time until the deadline", "2", { deadlineMs: 2_000 }],
])("a pause %s ends the call at once", async (_, seconds, options) => {
  const { answer, held, clock, done } = await begin(500, {}, options);
  for (let answers = 1; answers <= 8; answers += 1) await answer(429, { "retry-after": seconds });
  expect(held).toHaveLength(0);
  expect((await done).filter(({ status }) => status === "failed")).toHaveLength(500);
  expect(clock.now()).toBe(HOUR_MS);
});

test("without Retry-After, the pauses grow like the back-off", async () => {
  const { answer, held, clock } = await begin(500, { concurrency: 1 });
  for (const pauseMs of [250, 500, 1_000]) {
    await answer(429);
    await clock.advance(pauseMs - 1);
    expect(held).toHaveLength(0);
    await clock.advance(1);
    expect(held).toHaveLength(1);
  }
});
