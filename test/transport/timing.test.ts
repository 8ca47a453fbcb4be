import type { ServerResponse } from "node:http";
import { ConnectionError, RateLimitError, TimeoutError } from "ax-users";
import { expect, test } from "vitest";
import { deferred } from "../helpers/deferred.ts";
import { endsWithin } from "../helpers/in-time.ts";
import { json, rejection, startServer, wireUser } from "../helpers/server.ts";

const u1 = { userId: "u1" };

/** How long a promise takes to reject, in milliseconds, and with what. */
async function timed(promise: PromiseLike<unknown>): Promise<{ ms: number; error: unknown }> {
  const started = performance.now();
  const error = await rejection(promise);
  return { ms: performance.now() - started, error };
}

test.each([429, 503])(
  "an abort during a back-off of 30 s after a %i rejects within 50 ms",
  async (status) => {
    const server = await startServer((_, response) => json(response, status, {}, { "retry-after": "30" }));
    const controller = new AbortController();
    const backedOff = deferred();
    const client = server.client({
      maxRetries: 3,
      onEvent: ({ type }) => type === "retry" && backedOff.resolve(),
    });
    const call = client.users.delete(u1, { signal: controller.signal });
    call.catch(() => {});
    await backedOff.promise;
    // It waits behind the closed gate, or is told to wait itself.
    const second = client.users.delete(u1, { signal: controller.signal });
    const ends = Promise.all([rejection(call), rejection(second)]);
    await new Promise((resolve) => setTimeout(resolve, 50));
    controller.abort("enough");
    expect(await endsWithin(50, ends)).toBe(true);
    expect(await ends).toEqual(["enough", "enough"]);
  },
);

const body = JSON.stringify(wireUser());
const headers = { "content-type": "application/json", "content-length": String(body.length) };

test.each<[string, (response: ServerResponse) => unknown]>([
  ["stalled headers", () => {}],
  ["a stalled body", (response) => response.writeHead(200, headers).flushHeaders()],
  ["a body that stalls halfway", (response) => response.writeHead(200, headers).write(body.slice(0, 20))],
  [
    "a body that comes drop by drop",
    (response) => {
      response.writeHead(200, headers);
      const drops = setInterval(() => response.write(" "), 5);
      response.on("close", () => clearInterval(drops));
    },
  ],
])("%s ends a call within timeoutMs and 50 ms", async (_, answer) => {
  const server = await startServer((_request, response) => answer(response));
  const client = server.client();
  // The first one opens a connection.
  for (const timeoutMs of [150, 150]) {
    const call = timed(client.users.get(u1, { timeoutMs }));
    expect(await endsWithin(timeoutMs + 50, call)).toBe(true);
    const { ms, error } = await call;
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toBeInstanceOf(ConnectionError);
    expect(ms).toBeGreaterThan(timeoutMs - 2);
  }
});

test("deadlineMs ends a call of several requests in time", async () => {
  const server = await startServer((_, response) => server.seen.length < 3 && json(response, 503, {}));
  const call = server.client({ maxRetries: 9 }).users.get(u1, { deadlineMs: 400 });
  const ended = rejection(call);
  expect(await endsWithin(400 + 50, ended)).toBe(true);
  const error = await ended;
  // As the jitter has it, the third request is cut, or the wait for it is not begun.
  expect(["TimeoutError", "ServerError"]).toContain((error as Error).name);
});

test("Retry-After: 3600 fails at once, and so does the next call", async () => {
  const server = await startServer((_, response) => json(response, 429, {}, { "retry-after": "3600" }));
  const client = server.client({ maxRetries: 3 });
  const neighbour = await startServer((_, response) => json(response, 429, {}));
  const startedAt = performance.now();
  // How long requests take at this moment without the client.
  const control = async () => {
    for (let times = 0; times < 3; times += 1) await (await fetch(neighbour.baseUrl)).text();
    return performance.now() - startedAt;
  };
  const [first, controlMs] = await Promise.all([timed(client.users.get(u1)), control()]);
  expect(first.ms).toBeLessThan(200 + controlMs);
  expect(first.error).toBeInstanceOf(RateLimitError);
  expect(first.error).toMatchObject({ retryAfterMs: 3_600_000, attempts: 1 });
  const second = rejection(client.users.get(u1));
  expect(await endsWithin(20, second)).toBe(true);
  const error = (await second) as RateLimitError;
  expect(error).toMatchObject({ name: "RateLimitError", attempts: 0 });
  expect(error.retryAfterMs).toBeLessThanOrEqual(3_600_000);
  expect(error.retryAfterMs).toBeGreaterThanOrEqual(3_600_000 - (performance.now() - startedAt) - 1);
  expect(server.seen).toHaveLength(1);
});

test.each([
  ["succeed", 200],
  ["fail and would be repeated at once", 503],
])("16 calls at once send nothing more in the second after a 429, while others %s", async (_, status) => {
  const limited = deferred();
  let limitedAt = 0;
  const arrivals: number[] = [];
  const server = await startServer(async (_request, response) => {
    arrivals.push(performance.now());
    const number = arrivals.length;
    if (number === 1) {
      limitedAt = performance.now();
      return json(response, 429, {}, { "retry-after": "1" });
    }
    if (number > 16) return json(response, 200, wireUser({ id: "u1" }));
    await limited.promise;
    return json(response, status, wireUser({ id: "u1" }));
  });
  let sent = 0;
  let sentWhenLimited = 0;
  const client = server.client({
    maxRetries: 3,
    onEvent: ({ type }) => {
      if (type === "request") sent += 1;
      if (type !== "rate_limited") return;
      sentWhenLimited = sent;
      limited.resolve();
    },
  });
  const calls = Array.from({ length: 16 }, () => client.users.get(u1));
  await limited.promise;
  // Who comes now waits, too.
  calls.push(...Array.from({ length: 16 }, () => client.users.get(u1)));
  const users = await Promise.all(calls);
  expect(users).toHaveLength(32);
  const after = arrivals.slice(16).map((at) => at - limitedAt);
  expect(after).toHaveLength(status === 200 ? 17 : 32);
  expect(Math.min(...after)).toBeGreaterThanOrEqual(1000);
  expect(sentWhenLimited).toBe(16);
});
