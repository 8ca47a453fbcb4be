import { expect, test } from "vitest";
import { TokenBucket } from "../../src/testing/http/rate-limit.ts";
import { call, open, type WireProblem } from "./helpers.ts";

/** A bucket and the clock it goes by. */
function bucketAt(limit: ConstructorParameters<typeof TokenBucket>[0]) {
  const clock = { ms: 5000 };
  const bucket = new TokenBucket(limit, () => clock.ms);
  return { bucket, clock };
}

test("a request beyond the burst gets 429 with whole seconds, and takes no effect", async () => {
  const sandbox = await open({
    users: [{ id: "a", email: "a@example.com" }],
    rateLimit: { perSecond: 0.1, burst: 2 },
  });
  const startedAt = performance.now();
  await call(sandbox, "GET", "/v2/users");
  await call(sandbox, "GET", "/v2/users");
  const { status, headers, body } = await call<WireProblem>(sandbox, "DELETE", "/v2/users/a");
  expect(status).toBe(429);
  const comesBack = 10 - (performance.now() - startedAt) / 1000;
  expect(Number(headers.get("retry-after"))).toBeGreaterThanOrEqual(Math.max(1, Math.ceil(comesBack)));
  expect(headers.get("retry-after")).toMatch(/^(\d|10)$/);
  expect(headers.get("content-type")).toBe("application/problem+json");
  expect(body).toEqual({
    type: "https://arize.com/docs/ax/rest-reference/errors#rate-limit-exceeded",
    title: "Rate limit exceeded",
    status: 429,
    detail: "You have exceeded the allowed number of requests. Please try again later.",
    instance: "/v2/users/a",
  });
  expect(sandbox.removedUsers()).toEqual([]);
});

test("a request without the key gets 401 and takes no token", async () => {
  const sandbox = await open({ rateLimit: { perSecond: 0.001, burst: 1 } });
  const anonymous = () => call(sandbox, "GET", "/v2/users", undefined, { authorization: "" });
  expect((await anonymous()).status).toBe(401);
  expect((await call(sandbox, "GET", "/v2/users")).status).toBe(200);
  expect((await anonymous()).status).toBe(401);
  expect((await call(sandbox, "GET", "/v2/users")).status).toBe(429);
});

test.each([0, 42])("Retry-After may be fixed to %d", async (retryAfterSeconds) => {
  const sandbox = await open({ rateLimit: { perSecond: 0.001, burst: 1, retryAfterSeconds } });
  await call(sandbox, "GET", "/v2/users");
  const { status, headers } = await call(sandbox, "GET", "/v2/users");
  expect([status, headers.get("retry-after")]).toEqual([429, String(retryAfterSeconds)]);
});

test("tokens come back at the given rate, up to the burst", () => {
  const { bucket, clock } = bucketAt({ perSecond: 4, burst: 2 });
  const taken = () => [bucket.take(), bucket.take(), bucket.take()];
  expect(taken()).toEqual([undefined, undefined, 1]);
  clock.ms += 250;
  expect(taken()).toEqual([undefined, 1, 1]);
  clock.ms += 60_000;
  expect(taken()).toEqual([undefined, undefined, 1]);
});

test.each([0.1, 0.3, 1, 7])("at %d per second, who waits as told gets through", (perSecond) => {
  const { bucket, clock } = bucketAt({ perSecond, burst: 1 });
  for (let turn = 0; turn < 20; turn += 1) {
    expect(bucket.take()).toBeUndefined();
    const wait = bucket.take() ?? 0;
    expect(wait).toBe(Math.max(1, Math.ceil(1 / perSecond)));
    clock.ms += wait * 1000;
  }
});

test("Retry-After counts from what has come back already", () => {
  const { bucket, clock } = bucketAt({ perSecond: 0.1, burst: 1 });
  bucket.take();
  clock.ms += 6500;
  expect(bucket.take()).toBe(4);
});
