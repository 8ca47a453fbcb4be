/** What is left of a bulk call that has ended early costs no promise per target. */
import { createHook } from "node:async_hooks";
import { ArizeClient, type CreateUserParams } from "ax-users";
import { expect, onTestFinished, test } from "vitest";

const TARGETS = 20_000;
const IN_FLIGHT = 64;

/** Counts the promises that are made until the test ends. */
function countPromises(): { made: number } {
  const count = { made: 0 };
  const hook = createHook({
    init(_, type) {
      if (type === "PROMISE") count.made += 1;
    },
  }).enable();
  onTestFinished(() => {
    hook.disable();
  });
  return count;
}

/** A client of a server that answers 100 requests and then aborts the call, and how many it got. */
function abortedClient(status: number) {
  const controller = new AbortController();
  const sent = { count: 0 };
  const fetch: typeof globalThis.fetch = async () => {
    sent.count += 1;
    if (sent.count === 100) controller.abort(new Error("enough"));
    await new Promise((resolve) => setImmediate(resolve));
    return new Response(null, { status });
  };
  const client = new ArizeClient({ apiKey: "k", prereleaseWarnings: false, fetch, maxRetries: 0 });
  return { client, sent, signal: controller.signal };
}

const numbers = Array.from({ length: TARGETS }, (_, index) => index);

test("an aborted bulkDelete", async () => {
  const { client, sent, signal } = abortedClient(204);
  const promises = countPromises();
  const done: number[] = [];
  const userIds = numbers.map((index) => `id${index}`);
  const results = await client.users.bulkDelete(
    { userIds, onProgress: (progress) => done.push(progress.done) },
    { signal },
  );
  expect(results.map((result) => "userId" in result && result.userId)).toEqual(userIds);
  expect(results.filter(({ status }) => status === "deleted")).toHaveLength(sent.count);
  expect(results.at(-1)).toMatchObject({ status: "failed", error: "not attempted: the call was aborted" });
  expect(done).toEqual(numbers.map((index) => index + 1));
  expect(sent.count).toBeLessThanOrEqual(100 + IN_FLIGHT);
  expect(promises.made).toBeLessThan(TARGETS);
});

const newcomer = (index: number): CreateUserParams => ({
  name: "Ada",
  email: `user${index}@example.com`,
  role: { type: "predefined", name: "member" },
  inviteMode: "none",
});

/** How many promises an aborted createMany makes for so many users. */
async function promisesOfCreateMany(count: number): Promise<number> {
  const { client, sent, signal } = abortedClient(403);
  const promises = countPromises();
  const users = Array.from({ length: count }, (_, index) => newcomer(index));
  const results = await client.users.createMany({ users }, { signal });
  const { made } = promises;
  expect(results.map(({ email }) => email)).toEqual(users.map(({ email }) => email));
  expect(results.at(-1)).toMatchObject({ status: "failed", error: "not attempted: the call was aborted" });
  expect(sent.count).toBeLessThanOrEqual(100 + IN_FLIGHT);
  return made;
}

test("an aborted createMany", async () => {
  const few = await promisesOfCreateMany(TARGETS / 10);
  expect(await promisesOfCreateMany(TARGETS)).toBeLessThan(few + TARGETS / 2);
});
