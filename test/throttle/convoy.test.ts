import { RateLimitError } from "ax-users";
import { describe, expect, test } from "vitest";
import { wireUser } from "../helpers/server.ts";
import { virtualClient } from "../helpers/virtual-client.ts";
import { turn, type VirtualClock } from "../helpers/virtual-clock.ts";
import { answers, asksToWait, NEW_USER, type Step, stage, stalls } from "../transport/scripted-server.ts";

const TIMEOUT_MS = 1000;
const ok = answers(200, wireUser({ id: "u1" }));
const created: Step = answers(201, { ...wireUser({ email: NEW_USER.email }), invite_mode: "email_link" });

/** When each of some calls ended, by the clock. */
async function endsOf(clock: VirtualClock, calls: readonly PromiseLike<unknown>[]): Promise<number[]> {
  const ended = calls.map(async (call) => {
    await Promise.resolve(call).catch(() => {});
    return clock.now();
  });
  return clock.run(Promise.all(ended));
}

const timesOf = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);

const onServerOf = (first: Step, ...steps: Step[]) =>
  stage([first, ...steps], { timeoutMs: TIMEOUT_MS, maxRetries: 0, enumCase: "auto" });

describe("first calls, whose spelling is not known", () => {
  test("end together on a server that hangs", async () => {
    const { client, clock, sent } = onServerOf(stalls);
    const ends = await endsOf(
      clock,
      timesOf(20, () => client.users.create(NEW_USER)),
    );
    expect(Math.max(...ends)).toBeLessThanOrEqual(2 * TIMEOUT_MS + 10);
    expect(sent).toHaveLength(20);
    expect(clock.pending).toEqual([]);
  });

  test("wait for a call that is retried no longer than their own timeoutMs", async () => {
    const { client, clock } = onServerOf(stalls);
    const patient = client.users.create(NEW_USER, { timeoutMs: 60_000, maxRetries: 5 }).catch(() => {});
    await turn();
    const hasty = timesOf(5, () => client.users.create(NEW_USER));
    expect(Math.max(...(await endsOf(clock, hasty)))).toBeLessThanOrEqual(2 * TIMEOUT_MS + 10);
    await clock.run(patient);
  });

  test("all go after a rejection that teaches nothing", async () => {
    const held: (() => void)[] = [];
    const slow: Step = async (sent, signal) => {
      await new Promise<void>((resolve) => held.push(resolve));
      return answers(403, { title: "Forbidden", status: 403 })(sent, signal);
    };
    const { client, clock, sent } = onServerOf(slow);
    const calls = timesOf(20, () => client.users.create(NEW_USER).catch(() => {}));
    await turn();
    expect(sent).toHaveLength(1);
    for (const end of held.splice(0)) end();
    await turn();
    expect(sent).toHaveLength(20);
    for (const end of held.splice(0)) end();
    await clock.run(Promise.all(calls));
  });

  test("wait for the first of them where that teaches something", async () => {
    const { client, clock, sent } = onServerOf(answers(400, { title: "No", status: 400 }), created);
    await clock.run(Promise.all(timesOf(20, () => client.users.create(NEW_USER))));
    expect(sent).toHaveLength(21);
  });
});

describe("calls after a pause", () => {
  test("end together where the server hangs", async () => {
    const { client, clock, sent } = onServerOf(asksToWait(429, "1"), stalls);
    await clock.run(client.users.get({ userId: "u1" })).catch(() => {});
    const ends = await endsOf(
      clock,
      timesOf(20, () => client.users.get({ userId: "u1" })),
    );
    expect(Math.max(...ends)).toBeLessThanOrEqual(1000 + 2 * TIMEOUT_MS + 10);
    expect(sent).toHaveLength(21);
    expect(clock.pending).toEqual([]);
  });

  test("wait for one with a longer timeoutMs no longer than their own", async () => {
    const { client, clock } = onServerOf(asksToWait(429, "1"), stalls);
    await clock.run(client.users.get({ userId: "u1" })).catch(() => {});
    const patient = client.users.get({ userId: "u1" }, { timeoutMs: 60_000 }).catch(() => {});
    await turn();
    const ends = await endsOf(
      clock,
      timesOf(5, () => client.users.get({ userId: "u2" })),
    );
    expect(Math.max(...ends)).toBeLessThanOrEqual(1000 + 2 * TIMEOUT_MS + 10);
    await clock.run(patient);
  });
});

describe("a pause of a day", () => {
  const DAY_S = 86_400;

  test("fails calls at once, and is over when one request after maxRetryAfterMs gets through", async () => {
    const { client, clock, sent } = onServerOf(asksToWait(429, String(DAY_S)), ok);
    await clock.run(client.users.get({ userId: "u1" })).catch(() => {});
    await clock.advance(1000);
    const error = await clock.run(client.users.get({ userId: "u1" })).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(RateLimitError);
    expect(error).toMatchObject({ attempts: 0, retryAfterMs: DAY_S * 1000 - 1000 });
    expect(clock.now()).toBe(1000);
    await clock.advance(59_000);
    await clock.run(Promise.all(timesOf(10, () => client.users.get({ userId: "u1" }))));
    expect(sent).toHaveLength(11);
  });

  test("goes on where the server still asks for it: one request a minute", async () => {
    const { client, clock, sent } = onServerOf(asksToWait(429, String(DAY_S)));
    for (let minutes = 0; minutes < 5; minutes += 1) {
      await clock.run(Promise.allSettled(timesOf(10, () => client.users.get({ userId: "u1" }))));
      await clock.advance(60_000);
    }
    // All of the first ten were on their way before the first response.
    expect(sent).toHaveLength(10 + 4);
  });

  test("that was cut short does not lengthen a later pause", async () => {
    const { client, clock, sent } = onServerOf(asksToWait(429, String(DAY_S)), asksToWait(429, "2"), ok);
    await clock.run(client.users.get({ userId: "u1" })).catch(() => {});
    await clock.advance(60_000);
    await clock.run(client.users.get({ userId: "u1" })).catch(() => {});
    await clock.run(client.users.get({ userId: "u1" }));
    expect(sent.map(({ at }) => at)).toEqual([0, 60_000, 62_000]);
  });
});

/** A server that takes one spelling only, and may change which. */
function spellingServer() {
  const server = { takes: "lower" as "lower" | "upper" | "neither", statuses: [] as number[] };
  const fetch: typeof globalThis.fetch = async (_, { body } = {}) => {
    const mode: string = JSON.parse(String(body)).invite_mode;
    const spelling = mode === mode.toLowerCase() ? "lower" : "upper";
    const status = spelling === server.takes ? 201 : 400;
    server.statuses.push(status);
    const user = {
      ...wireUser({ id: "u1", email: NEW_USER.email }),
      status: "1",
      role: { type: "1", name: "1" },
    };
    const whole = status === 201 ? { ...user, invite_mode: "1" } : { title: "Bad request", status };
    return Response.json(whole, { status });
  };
  const { client, clock } = virtualClient({ maxRetries: 0, fetch });
  const create = () => client.users.create(NEW_USER);
  return { server, clock, create };
}

describe("a server that changes its spelling", () => {
  test("is learned anew by a client that only creates", async () => {
    const { server, clock, create } = spellingServer();
    await create();
    server.takes = "upper";
    expect(await clock.run(create())).toMatchObject({ outcome: "created" });
    await create();
    expect(server.statuses).toEqual([201, 400, 201, 201]);
  });

  test("is tried anew by one of many calls, for all of them", async () => {
    const { server, clock, create } = spellingServer();
    await create();
    server.takes = "upper";
    server.statuses.length = 0;
    await clock.run(Promise.all(timesOf(20, create)));
    // Each was on its way in the old spelling; one tried, and the others followed.
    expect(server.statuses.filter((status) => status === 400)).toHaveLength(20);
    expect(server.statuses.filter((status) => status === 201)).toHaveLength(20);
  });

  test("is tried anew once a minute, and the error is that of the first spelling", async () => {
    const { server, clock, create } = spellingServer();
    await create();
    server.takes = "neither";
    server.statuses.length = 0;
    for (const expected of [2, 3, 4]) {
      await expect(create()).rejects.toMatchObject({ status: 400, attempts: 1 });
      expect(server.statuses).toHaveLength(expected);
    }
    await clock.advance(60_000);
    await expect(create()).rejects.toMatchObject({ status: 400, attempts: 1 });
    expect(server.statuses).toHaveLength(6);
    server.takes = "upper";
    await clock.advance(60_000);
    expect(await create()).toMatchObject({ outcome: "created" });
  });
});
