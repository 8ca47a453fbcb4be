import type { ArizeClient, BulkDeleteUsersParams } from "ax-users";
import { describe, expect, test } from "vitest";
import { type Limit, limitedServer } from "../helpers/limited-server.ts";
import { seededRandom } from "../helpers/seeded-random.ts";
import { wirePage, wireUser } from "../helpers/server.ts";
import { clientWith } from "../helpers/virtual-client.ts";
import { VirtualClock } from "../helpers/virtual-clock.ts";

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

  test("the pages of a lookup, one after the other, do not make the targets slower", async () => {
    const inFirstSeconds = async (targets: BulkDeleteUsersParams) => {
      const clock = new VirtualClock();
      let pages = 0;
      const server = limitedServer(clock, { perSecond: 100, burst: 50 }, ({ method }) => {
        if (method === "DELETE") return new Response(null, { status: 204 });
        const users = ids(100).map((id) =>
          wireUser({ id: `${pages}-${id}`, email: `${pages}-${id}@example.com` }),
        );
        pages += 1;
        return Response.json(wirePage(users, pages === 20 ? undefined : `page-${pages}`));
      });
      const results = await clock.run(clientOn(clock, server.fetch).users.bulkDelete(targets));
      expect(results.filter(({ status }) => status !== "deleted")).toEqual([]);
      const rejectedAt = server.log.find(({ refused }) => refused)?.at ?? 0;
      const after = server.log.filter(({ at }) => at > rejectedAt + 500 && at < rejectedAt + 2_000);
      return after.length;
    };
    const emails = ids(300).map((_, index) => `${index % 20}-id${Math.floor(index / 20)}@example.com`);
    const byId = await inFirstSeconds({ userIds: ids(300) });
    expect(byId).toBeGreaterThan(90);
    expect(await inFirstSeconds({ emails })).toBeGreaterThan(0.95 * byId);
  });

  test("after a pause, a part of the bucket is used at once", async () => {
    const { clock, server, client } = limited({ perSecond: 100, burst: 50 });
    await clock.run(client.users.bulkDelete({ userIds: ids(200) }));
    const resumedAt = server.log.find(({ at }) => at > 1_000)?.at ?? 0;
    const atOnce = server.log.filter(({ at }) => at >= resumedAt && at < resumedAt + 10);
    expect(atOnce.length).toBeGreaterThan(9);
    expect(clock.now()).toBeLessThan(2_300);
  });

  test("a bucket that has become small is not overrun after each pause", async () => {
    const { clock, server, client } = limited({ perSecond: 200, burst: 200 });
    clock.after(3_000, () => Object.assign(server.limit, { perSecond: 40, burst: 1 }));
    const results = await clock.run(client.users.bulkDelete({ userIds: ids(3_000) }));
    expect(results.every(({ status }) => status === "deleted")).toBe(true);
    const rejected = server.log.filter(({ at, refused }) => refused && at > 3_000);
    expect(rejected.length).toBeLessThan(50);
  });

  // Until all are deleted, and the rejections. Eight of them are those of the first window.
  test.each([
    [20, 2, 14.5, 11],
    [16, 3, 8.5, 10],
    [20, 3, 10, 10],
    [24, 3, 11.5, 10],
    [30, 5, 11, 10],
  ])("%d targets, %d a second, no burst: done within %d s", async (count, perSecond, most, mostRefusals) => {
    const { seconds, refusals } = await removeAll(count, { perSecond, burst: 1 });
    expect(seconds).toBeLessThan(most);
    expect(refusals).toBeLessThanOrEqual(mostRefusals);
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
    [200, 800, 0.95, 105],
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

  // A gateway rejects at once; what it lets through takes longer than the pauses that it asks for.
  test.each([
    [400, 0.5, 200, 3_000, {}],
    [70, 0.5, 1, 4_000, { concurrency: 64 }],
  ])(
    "%d targets, %d a second, burst of %d, %d ms each: late responses count as progress, too",
    async (count, perSecond, burst, latencyMs, options) => {
      const { clock, server } = limited({ perSecond, burst });
      const fetch: typeof globalThis.fetch = async (...request) => {
        const response = await server.fetch(...request);
        if (response.ok) await new Promise<void>((resolve) => clock.after(latencyMs, resolve));
        return response;
      };
      const { users } = clientOn(clock, fetch);
      const results = await clock.run(users.bulkDelete({ userIds: ids(count), ...options }));
      expect(results.filter(({ status }) => status !== "deleted")).toEqual([]);
    },
  );

  test.each([429, 503])("a Retry-After of 0 (HTTP %i) is no pause: the backoff is one", async (status) => {
    const clock = new VirtualClock();
    const busyUntil = clock.now() + 2_000;
    const fetch = async () =>
      clock.now() < busyUntil
        ? new Response("{}", { status, headers: { "retry-after": "0" } })
        : new Response(null, { status: 204 });
    const results = await clock.run(clientOn(clock, fetch).users.bulkDelete({ userIds: ids(60) }));
    expect(results.filter((result) => result.status !== "deleted")).toEqual([]);
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

// Without jitter, the rate never stays at one request per pause.
test.each([1, 2, 3])("a limit of 1 a second that rises to 10 is noticed (seed %d)", async (seed) => {
  const { clock, server } = limited({ perSecond: 1, burst: 1 });
  const random = seededRandom(seed);
  clock.after(300_000, () => Object.assign(server.limit, { perSecond: 10, burst: 10 }));
  const fetch: typeof globalThis.fetch = async (...request) => {
    await new Promise<void>((resolve) => clock.after(random() * 5, resolve));
    return server.fetch(...request);
  };
  const { users } = clientWith({ fetch }, { clock, random });
  await clock.run(users.bulkDelete({ userIds: ids(1_000) }));
  expect(clock.now()).toBeLessThan(300_000 + 1.4 * 70_000);
});

test("a known limit that drops to a fifth is met again within a few pauses", async () => {
  const { clock, server } = limited({ perSecond: 100, burst: 50 });
  let pausesSinceDrop = 0;
  let pausedUntil = 0;
  clock.after(60_000, () => Object.assign(server.limit, { perSecond: 20, burst: 10 }));
  const fetch: typeof globalThis.fetch = async (...request) => {
    const response = await server.fetch(...request);
    if (response.ok || clock.now() < 60_000) return response;
    if (clock.now() >= pausedUntil) pausesSinceDrop += 1;
    pausedUntil = clock.now() + 10_000;
    return new Response("{}", { status: 429, headers: { "retry-after": "10" } });
  };
  await clock.run(clientOn(clock, fetch).users.bulkDelete({ userIds: ids(6_500) }));
  expect(pausesSinceDrop).toBeGreaterThan(0);
  expect(pausesSinceDrop).toBeLessThanOrEqual(6);
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
    const why = "not attempted: the server asked for a longer pause than the call may wait (HTTP 503)";
    expect(results.at(-1)).toMatchObject({ status: "failed", attempted: false, error: why });
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

test.each([
  [4, 20, { perSecond: 1, burst: 1 }],
  [4, 100, { perSecond: 10, burst: 1 }],
  [16, 20, { perSecond: 10, burst: 10 }],
])(
  "%d bulk calls of one client with %d targets each do not give up while some get through",
  async (calls, count, limit) => {
    const { clock, server, client } = limited(limit);
    const one = (_: unknown, call: number) =>
      client.users.bulkDelete({ userIds: ids(count).map((id) => `${call}-${id}`) });
    const results = await clock.run(Promise.all(Array.from({ length: calls }, one)));
    expect(results.flat().filter(({ status }) => status !== "deleted")).toEqual([]);
    expect(server.log.filter(({ refused }) => !refused)).toHaveLength(calls * count);
  },
);

test("its own backoff may be longer than maxRetryAfterMs", async () => {
  const clock = new VirtualClock();
  const fetch = async () =>
    clock.now() < 1_500 ? new Response("{}", { status: 429 }) : new Response(null, { status: 204 });
  const { users } = clientWith({ fetch, maxRetryAfterMs: 200 }, { clock });
  const results = await clock.run(users.bulkDelete({ userIds: ids(30) }));
  expect(results.filter(({ status }) => status !== "deleted")).toEqual([]);
});
