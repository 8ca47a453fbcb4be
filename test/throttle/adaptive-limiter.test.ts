import type { ArizeClient, BulkDeleteUsersParams, RequestOptions } from "ax-users";
import { describe, expect, test } from "vitest";
import { type Limit, limitedServer } from "../helpers/limited-server.ts";
import { clientWith } from "../helpers/virtual-client.ts";
import { turn, VirtualClock } from "../helpers/virtual-clock.ts";

const HOUR_MS = 3_600_000;
const ids = (count: number): string[] => Array.from({ length: count }, (_, index) => `id${index}`);

const clientOn = (clock: VirtualClock, fetch: typeof globalThis.fetch, maxRetries = 3): ArizeClient =>
  clientWith({ maxRetries, fetch }, { clock });

/** A client of a server that allows so much, on a clock of their own. */
function limited(limit: Limit, clock = new VirtualClock()) {
  const server = limitedServer(clock, limit);
  return { clock, server, client: clientOn(clock, server.fetch) };
}

/** Removes so many, and tells what the server saw of it. */
async function removeAll(count: number, limit: Limit, on?: VirtualClock) {
  const { clock, server, client } = limited(limit, on);
  // As in a process that has run for an hour.
  await clock.advance(HOUR_MS);
  const results = await clock.run(client.users.bulkDelete({ userIds: ids(count) }));
  expect(results.filter(({ status }) => status !== "deleted")).toEqual([]);
  expect(clock.pending).toEqual([]);
  return {
    seconds: (clock.now() - HOUR_MS) / 1000,
    refusals: server.log.filter(({ refused }) => refused).length,
    peak: server.peak,
  };
}

describe("a rate-limited server slows a bulk call down and fails nothing", () => {
  test("200 targets, 100 a second, burst of 50: one run into the limit, and then a pace", async () => {
    const { seconds, refusals } = await removeAll(200, { perSecond: 100, burst: 50 });
    expect(seconds).toBeLessThan(2.5);
    expect(refusals).toBeLessThanOrEqual(25);
  });

  test("20 targets, 3 a second, no burst", async () => {
    const { seconds, refusals } = await removeAll(20, { perSecond: 3, burst: 1 });
    expect(seconds).toBeLessThan(14);
    expect(refusals).toBeLessThanOrEqual(12);
  });

  // The share of a minute's work that the limit allows, and how often it is run into.
  test.each([
    [5, 1, 0.7, 20],
    [5, 5, 0.95, 20],
    [5, 20, 0.95, 25],
    [20, 1, 0.65, 25],
    [20, 20, 0.95, 25],
    [20, 80, 0.95, 45],
    [200, 1, 0.65, 50],
    [200, 100, 0.9, 55],
    [200, 800, 0.95, 100],
  ])("%d a second with a burst of %d: the pace converges", async (perSecond, burst, share, mostRefusals) => {
    const { seconds, refusals } = await removeAll(perSecond * 60, { perSecond, burst });
    const shortest = (perSecond * 60 - burst) / perSecond;
    expect(shortest / seconds).toBeGreaterThan(share);
    expect(refusals).toBeLessThanOrEqual(mostRefusals);
  });

  test("timers that are late cost hardly any pace", async () => {
    class LateClock extends VirtualClock {
      override after(ms: number, action: () => void): () => void {
        return super.after(ms + 40, action);
      }
    }
    const { seconds } = await removeAll(450, { perSecond: 50, burst: 50 }, new LateClock());
    expect(seconds).toBeLessThan(1.2 * 8);
  });

  test("a server that is slow for a minute is not overrun when it is quick again", async () => {
    const { clock, server } = limited({ perSecond: 50, burst: 50 });
    const slowFrom = 5_000;
    const slowUntil = 65_000;
    const fetch: typeof globalThis.fetch = async (...request) => {
      const at = clock.now();
      const response = await server.fetch(...request);
      if (at > slowFrom && at < slowUntil) await new Promise<void>((resolve) => clock.after(10_000, resolve));
      return response;
    };
    const results = await clock.run(clientOn(clock, fetch).users.bulkDelete({ userIds: ids(1_000) }));
    expect(results.every(({ status }) => status === "deleted")).toBe(true);
    const refusedLater = server.log.filter(({ at, refused }) => refused && at > slowFrom);
    expect(refusedLater.length).toBeLessThan(20);
  });

  test("a limit that drops from 200 to 10 is followed down, and up again when it recovers", async () => {
    const { clock, server, client } = limited({ perSecond: 200, burst: 50 });
    clock.after(5_000, () => Object.assign(server.limit, { perSecond: 10, burst: 10 }));
    clock.after(35_000, () => Object.assign(server.limit, { perSecond: 200, burst: 50 }));
    const results = await clock.run(client.users.bulkDelete({ userIds: ids(6_000) }));
    expect(results.every(({ status }) => status === "deleted")).toBe(true);
    const through = (from: number, to: number) =>
      server.log.filter(({ at, refused }) => !refused && at >= from * 1000 && at < to * 1000).length /
      (to - from);
    const refusals = (from: number, to: number) =>
      server.log.filter(({ at, refused }) => refused && at >= from * 1000 && at < to * 1000).length;
    expect(through(10, 35)).toBeGreaterThan(8);
    expect(refusals(10, 35)).toBeLessThanOrEqual(8);
    expect(through(50, 65)).toBeGreaterThan(160);
    expect(refusals(50, 65)).toBeLessThanOrEqual(8);
  });
});

describe("how many are in flight", () => {
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
    const done = clientOn(clock, fetch).users.bulkDelete({ userIds: ids(targets), ...params }, options);
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
});

describe("a server that refuses for ever", () => {
  const refusing = (clock: VirtualClock, status: number, headers = {}) => {
    const sentAt: number[] = [];
    const fetch = async () => {
      sentAt.push(clock.now());
      return Response.json({ title: "Busy", status }, { status, headers });
    };
    return { sentAt, fetch };
  };

  test.each([
    [429, 0],
    [429, 3],
    [503, 3],
  ])(
    "with %d and maxRetries %d: after one wait more the call ends, the rest not attempted",
    async (status, maxRetries) => {
      const clock = new VirtualClock();
      const { sentAt, fetch } = refusing(clock, status, { "retry-after": "1" });
      const client = clientOn(clock, fetch, maxRetries);
      const results = await clock.run(client.users.bulkDelete({ userIds: ids(100) }));
      const failed = results.flatMap((result) => (result.status === "failed" ? [result] : []));
      expect(failed).toHaveLength(100);
      const tried = failed.filter(({ error }) => error.startsWith("DELETE "));
      expect(tried.length).toBeGreaterThanOrEqual(1);
      expect(tried.length).toBeLessThanOrEqual(8 + maxRetries + 1);
      for (const { cause } of tried)
        expect(cause).toMatchObject({ status, outcome: "not_applied", retryAfterMs: 1000 });
      const rest = failed.filter((result) => !tried.includes(result));
      expect(new Set(rest.map(({ error }) => error))).toEqual(
        new Set([`not attempted: the server kept rejecting requests (HTTP ${status})`]),
      );
      for (const { cause } of rest) expect(cause).toMatchObject({ status });
      expect(Math.floor((sentAt.at(-1) ?? 0) / 1000)).toBe(maxRetries + 1);
      expect(clock.pending).toEqual([]);
    },
  );

  test("one that lets somebody through between the waits is waited for, however often", async () => {
    const clock = new VirtualClock();
    let requests = 0;
    // One in three gets through, and the pauses without end would have used up every retry.
    const fetch = async () => {
      requests += 1;
      return requests % 3 === 0
        ? new Response(null, { status: 204 })
        : new Response("{}", { status: 429, headers: { "retry-after": "1" } });
    };
    const results = await clock.run(
      clientOn(clock, fetch).users.bulkDelete({ userIds: ids(30), concurrency: 1 }),
    );
    expect(results.every(({ status }) => status === "deleted")).toBe(true);
  });

  test("a pause longer than maxRetryAfterMs ends it at once", async () => {
    const clock = new VirtualClock();
    const { sentAt, fetch } = refusing(clock, 503, { "retry-after": "3600" });
    const results = await clock.run(clientOn(clock, fetch).users.bulkDelete({ userIds: ids(50) }));
    expect(results.every(({ status }) => status === "failed")).toBe(true);
    expect(sentAt.length).toBeLessThanOrEqual(8);
    expect(clock.now()).toBe(0);
  });

  test("findByEmails rejects, after no more requests than maxRetries allows", async () => {
    const clock = new VirtualClock();
    const { sentAt, fetch } = refusing(clock, 429, { "retry-after": "1" });
    const emails = ids(5).map((id) => `${id}@example.com`);
    const found = clock.run(clientOn(clock, fetch).users.findByEmails(emails));
    await expect(found).rejects.toMatchObject({ status: 429, attempts: 4 });
    expect(sentAt).toHaveLength(4);
    expect(clock.pending).toEqual([]);
  });
});

test("two bulk calls of one client share its gate: a 429 to one stops both", async () => {
  const { clock, server, client } = limited({ perSecond: 50, burst: 20 });
  const [some, others] = [ids(60), ids(60).map((id) => `other-${id}`)];
  const results = await clock.run(
    Promise.all([client.users.bulkDelete({ userIds: some }), client.users.bulkDelete({ userIds: others })]),
  );
  expect(results.flat().every(({ status }) => status === "deleted")).toBe(true);
  const first = server.log.find(({ refused }) => refused)?.at ?? 0;
  const during = server.log.filter(({ at }) => at > first + 20 && at < first + 1000);
  expect(during).toEqual([]);
});
