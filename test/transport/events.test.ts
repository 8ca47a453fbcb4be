import { channel, subscribe, unsubscribe } from "node:diagnostics_channel";
import { type ClientEvent, ServerError } from "ax-users";
import { expect, onTestFinished, test, vi } from "vitest";
import { emit } from "../../src/transport/emit.ts";
import { BAD_CALLBACKS } from "../helpers/bad-callbacks.ts";
import { wirePage, wireUser } from "../helpers/server.ts";
import { virtualClient } from "../helpers/virtual-client.ts";
import { type VirtualClock, WALL_START } from "../helpers/virtual-clock.ts";
import {
  answers,
  asksToWait,
  breaksOff,
  NEW_USER,
  operations,
  type Step,
  stage,
  stalls,
} from "./scripted-server.ts";

const CHANNEL = "ax-users:request";

const get = { operation: "users_get", method: "GET", path: "/v2/users/{user_id}" } as const;
const u1 = { userId: "u1" };

/** Events without what only tells which call they are of, and when. */
const plain = (events: readonly ClientEvent[]) =>
  events.map(({ callId: _, timestamp: __, ...event }) => event);

/** The step, so many milliseconds later. */
const slowly =
  (clock: () => VirtualClock, ms: number, step: Step): Step =>
  (sent, signal) =>
    new Promise((resolve) => clock().after(ms, () => resolve(step(sent, signal))));

test("a success is a request and its response", async () => {
  const step = slowly(() => one.clock, 120, answers(200, wireUser({ id: "u1" }), { "x-request-id": "r1" }));
  const one = stage([step]);
  await one.clock.run(one.client.users.get(u1));
  expect(plain(one.events)).toEqual([
    { ...get, type: "request", attempt: 1 },
    { ...get, type: "response", attempt: 1, status: 200, requestId: "r1", durationMs: 120 },
  ]);
});

test("a retry tells of the wait and of the status before it, if there was one", async () => {
  const { client, clock, events } = stage([
    answers(502, { title: "Bad gateway" }),
    breaksOff("ECONNRESET"),
    answers(200, wireUser({ id: "u1" })),
  ]);
  await clock.run(client.users.get(u1));
  expect(plain(events)).toEqual([
    { ...get, type: "request", attempt: 1 },
    { ...get, type: "response", attempt: 1, status: 502, requestId: undefined, durationMs: 0 },
    { ...get, type: "retry", attempt: 1, status: 502, reason: 502, waitMs: 250 },
    { ...get, type: "request", attempt: 2 },
    { ...get, type: "retry", attempt: 2, status: undefined, reason: "ECONNRESET", waitMs: 500 },
    { ...get, type: "request", attempt: 3 },
    { ...get, type: "response", attempt: 3, status: 200, requestId: undefined, durationMs: 0 },
  ]);
});

test("a 429 tells how long the client pauses", async () => {
  const { client, clock, events } = stage([asksToWait(429, "7"), answers(200, wireUser({ id: "u1" }))]);
  await clock.run(client.users.get(u1));
  expect(plain(events)).toEqual([
    { ...get, type: "request", attempt: 1 },
    { ...get, type: "response", attempt: 1, status: 429, requestId: undefined, durationMs: 0 },
    { ...get, type: "rate_limited", attempt: 1, waitMs: 7000 },
    { ...get, type: "retry", attempt: 1, status: 429, reason: 429, waitMs: 7000 },
    { ...get, type: "request", attempt: 2 },
    { ...get, type: "response", attempt: 2, status: 200, requestId: undefined, durationMs: 0 },
  ]);
});

test("a failure tells what the error tells, with the time of all requests and waits", async () => {
  const { client, clock, events } = stage([stalls, answers(500)], { timeoutMs: 100 });
  await clock.run(client.users.delete(u1, { maxRetries: 1 })).catch(() => {});
  const del = { operation: "users_delete", method: "DELETE", path: "/v2/users/{user_id}" };
  expect(plain(events)).toEqual([
    { ...del, type: "request", attempt: 1 },
    { ...del, type: "retry", attempt: 1, status: undefined, reason: "TimeoutError", waitMs: 250 },
    { ...del, type: "request", attempt: 2 },
    { ...del, type: "response", attempt: 2, status: 500, requestId: undefined, durationMs: 0 },
    {
      ...del,
      type: "failed",
      attempt: 2,
      error: "ServerError",
      status: 500,
      outcome: "unknown",
      durationMs: 350,
    },
  ]);
});

/** A client whose server has no such user, and breaks off or never answers a list. */
function unconfirmed(list: Step) {
  const events: ClientEvent[] = [];
  const steps = { "/v2/users": list, "/v2/users/u1": answers(404, { title: "Not found", status: 404 }) };
  const fetch: typeof globalThis.fetch = async (input, { signal } = {}) => {
    const { pathname } = new URL(String(input));
    return steps[pathname as keyof typeof steps]({} as never, signal as AbortSignal);
  };
  return { events, ...virtualClient({ fetch, onEvent: (event) => events.push(event) }) };
}

const confirming = { operation: "users_list", method: "GET", path: "/v2/users" } as const;

test("the request that confirms a 404 has a retry and an end of its own", async () => {
  const { client, clock, events } = unconfirmed(breaksOff("ECONNRESET"));
  await expect(clock.run(client.users.get(u1))).rejects.toMatchObject({ status: 404 });
  const ofConfirming = plain(events).filter(({ operation }) => operation === "users_list");
  expect(ofConfirming).toEqual([
    { ...confirming, type: "request", attempt: 1 },
    { ...confirming, type: "retry", attempt: 1, status: undefined, reason: "ECONNRESET", waitMs: 0 },
    { ...confirming, type: "request", attempt: 2 },
    {
      ...confirming,
      type: "failed",
      attempt: 2,
      error: "ConnectionError",
      status: undefined,
      outcome: "not_applied",
      durationMs: 0,
    },
  ]);
});

test("a 429 to the second attempt to confirm a 404 has its number", async () => {
  const steps: Step[] = [breaksOff("ECONNRESET"), asksToWait(429, "5")];
  const { client, clock, events } = unconfirmed((...sent) => (steps.shift() ?? stalls)(...sent));
  await expect(clock.run(client.users.get(u1))).rejects.toMatchObject({ status: 404 });
  expect(plain(events)).toContainEqual({ ...confirming, type: "rate_limited", attempt: 2, waitMs: 5000 });
});

test("an abort ends the request that confirms a 404, too", async () => {
  const { client, clock, events } = unconfirmed(stalls);
  const controller = new AbortController();
  const why = new Error("closed");
  clock.after(300, () => controller.abort(why));
  await expect(clock.run(client.users.get(u1, { signal: controller.signal }))).rejects.toBe(why);
  expect(plain(events).slice(-2)).toEqual([
    { ...confirming, type: "aborted", attempt: 1, outcome: "not_applied", durationMs: 300 },
    { ...get, type: "aborted", attempt: 1, outcome: "not_applied", durationMs: 300 },
  ]);
});

test("a call that the closed gate refuses is a failure without a request", async () => {
  const { client, clock, events } = stage([asksToWait(429, "3600")]);
  await clock.run(client.users.get(u1)).catch(() => {});
  events.length = 0;
  await clock.run(client.users.get(u1)).catch(() => {});
  const failed = { error: "RateLimitError", status: 429, outcome: "not_applied", durationMs: 0 };
  expect(plain(events)).toEqual([{ ...get, type: "failed", attempt: 0, ...failed }]);
});

test.each([
  ["while a read is under way", 1000, "get", [answers(500), stalls], 2, "not_applied"],
  ["while a write is under way", 100, "delete", [stalls], 1, "unknown"],
  ["while a call waits after an unknown outcome", 100, "delete", [answers(500)], 1, "unknown"],
  ["while a call waits after a rejection", 100, "delete", [asksToWait(429, "5")], 1, "not_applied"],
  ["before anything was sent", 0, "delete", [stalls], 0, "not_applied"],
] as [string, number, "get" | "delete", [Step, ...Step[]], number, string][])(
  "an abort %s is an event of its own, and no failure",
  async (_, ms, method, steps, attempt, outcome) => {
    const { client, clock, events } = stage(steps);
    const controller = new AbortController();
    if (ms === 0) controller.abort();
    else clock.after(ms, () => controller.abort());
    const call: Promise<unknown> = client.users[method](u1, { signal: controller.signal });
    await clock.run(call).then(
      () => {},
      () => {},
    );
    expect(plain(events.slice(-1))).toEqual([
      expect.objectContaining({ type: "aborted", attempt, outcome, durationMs: ms }),
    ]);
    expect(events.map(({ type }) => type)).not.toContain("failed");
  },
);

test("an abort with NaN, which equals nothing, is an abort", async () => {
  const { client, clock, events } = stage([stalls]);
  const controller = new AbortController();
  clock.after(100, () => controller.abort(Number.NaN));
  const call = clock.run(client.users.get(u1, { signal: controller.signal }));
  expect(await call.catch((reason: unknown) => reason)).toBeNaN();
  expect(events.map(({ type }) => type)).toEqual(["request", "aborted"]);
});

test("a call's events have its ID, also those of an iteration's pages, and no other's", async () => {
  const users = (id: string, cursor?: string) => answers(200, wirePage([wireUser({ id })], cursor));
  const { client, clock, events } = stage([users("u1", "a"), answers(500), users("u2"), users("u3")]);
  await clock.run(client.users.list().toArray({ max: 9 }));
  await clock.run(client.users.findByEmail("ada@example.com"));
  const ids = events.map(({ callId }) => callId);
  expect(ids.every((id) => /^[a-z\d]+-\d+$/.test(id))).toBe(true);
  expect(new Set(ids.slice(0, -2)).size).toBe(1);
  expect(new Set(ids.slice(-2)).size).toBe(1);
  expect(ids.at(0)).not.toBe(ids.at(-1));
});

test("an event has the time, by the system's clock", async () => {
  const { client, clock, events } = stage([answers(503), answers(200, wireUser({ id: "u1" }))]);
  await clock.run(client.users.get(u1));
  expect(events.map(({ timestamp }) => timestamp - WALL_START)).toEqual([0, 0, 0, 250, 250]);
});

test("durations are rounded to a tenth of a millisecond", async () => {
  const slow = slowly(() => one.clock, 1.2345, answers(500));
  const one = stage([slow, slow, slow], { maxRetries: 1 });
  await one.clock.run(one.client.users.delete(u1)).catch(() => {});
  expect(one.events.map((event) => "durationMs" in event && event.durationMs)).toEqual([
    false,
    1.2,
    false,
    false,
    1.2,
    252.5,
  ]);
});

test.each([
  ["ECONNRESET", breaksOff("ECONNRESET")],
  ["UND_ERR_SOCKET", breaksOff("UND_ERR_SOCKET")],
  ["ConnectionError", () => Promise.reject(new TypeError("connection lost"))],
  ["ConnectionError", () => Promise.reject(Object.assign(new Error(), { code: "no code: ada@example.com" }))],
] as [string, Step][])("the reason of a retry may be %s", async (reason, step) => {
  const { client, clock, events } = stage([step, answers(200, wireUser({ id: "u1" }))]);
  await clock.run(client.users.get(u1));
  expect(events.find(({ type }) => type === "retry")).toMatchObject({ reason, status: undefined });
});

test.each([
  ["is no JSON", () => new Response("<html>", { status: 201 })],
  ["has a status that the API does not know", answers(207, wireUser())],
  ["is of another shape", answers(201, { hello: "world" })],
] as [string, Step][])("where a success %s, the failure tells the outcome of the error", async (_, step) => {
  const { client, clock, events } = stage([step]);
  const error = await clock.run(client.users.create(NEW_USER)).catch((error: unknown) => error);
  expect(error).toMatchObject({ name: "UnexpectedResponseError", outcome: "unknown" });
  expect(events.at(-1)).toMatchObject({
    type: "failed",
    attempt: 1,
    error: "UnexpectedResponseError",
    outcome: "unknown",
  });
});

test("events name the path as the spec has it, and hold no ID, address, body or key", async () => {
  const secrets = ["u1", "grace", "Grace", "ada", "secret-key", "one-time", "private", "Data"];
  const everyone = answers(200, wirePage([wireUser({ id: "u1", email: "grace@example.com" })]));
  const told: ClientEvent[] = [];
  const faults: Step[] = [
    breaksOff("ECONNRESET"),
    answers(500, { title: "private" }, { "x-request-id": "secret-key" }),
    asksToWait(429, "1"),
    answers(200, { private: true }),
    answers(404, { title: "private", detail: "grace@example.com" }),
  ];
  for (const fault of faults) {
    for (const { call, success } of operations) {
      const { client, clock, events } = stage([fault, success]);
      await clock.run(call(client)).then(
        () => {},
        () => {},
      );
      told.push(...events);
    }
    const { client, clock, events } = stage([fault, everyone, answers(204)]);
    await clock.run(client.users.findByEmail("grace@example.com")).catch(() => {});
    await clock.run(client.users.bulkDelete({ userIds: ["u1"], emails: ["grace@example.com"] }));
    told.push(...events);
  }
  expect(told.length).toBeGreaterThan(100);
  expect(new Set(told.map(({ path }) => path))).toEqual(
    new Set([
      "/v2/users",
      "/v2/users/{user_id}",
      "/v2/users/{user_id}/resend-invitation",
      "/v2/users/{user_id}/reset-password",
      "/v2/organizations",
      "/v2/organizations/{org_id}",
      "/v2/organizations/{org_id}/users",
      "/v2/organizations/{org_id}/users/{user_id}",
    ]),
  );
  // A call ID is random, and may contain "u1" by chance.
  const text = JSON.stringify(plain(told));
  for (const secret of secrets) expect(text).not.toContain(secret);
});

test.each(BAD_CALLBACKS)("an onEvent that %s changes nothing", async (_, onEvent) => {
  const unhandled = vi.fn();
  process.on("unhandledRejection", unhandled);
  onTestFinished(() => {
    process.off("unhandledRejection", unhandled);
  });
  const good = stage([asksToWait(429, "1"), answers(200, wireUser({ id: "u1" }))], { onEvent });
  expect(await good.clock.run(good.client.users.get(u1))).toMatchObject({ id: "u1" });
  const bad = stage([answers(500)], { onEvent, maxRetries: 1 });
  const error = await bad.clock.run(bad.client.users.get(u1)).catch((error: unknown) => error);
  expect(error).toBeInstanceOf(ServerError);
  expect(error).toMatchObject({ attempts: 2 });
  expect(unhandled).not.toHaveBeenCalled();
});

test("subscribers of the diagnostics channel are told the same", async () => {
  const published: unknown[] = [];
  const onMessage = (message: unknown) => published.push(message);
  subscribe(CHANNEL, onMessage);
  onTestFinished(() => {
    unsubscribe(CHANNEL, onMessage);
  });
  const { client, clock, events } = stage([asksToWait(429, "1"), answers(500)], { maxRetries: 1 });
  await clock.run(client.users.get(u1)).catch(() => {});
  expect(events.map(({ type }) => type)).toEqual([
    "request",
    "response",
    "rate_limited",
    "retry",
    "request",
    "response",
    "failed",
  ]);
  expect(published).toEqual(events);
});

const event = { ...get, callId: "c-1", timestamp: 0, type: "request", attempt: 1 } as const;

test("an event that nobody listens to is not even made", () => {
  const make = vi.fn(() => event);
  expect(channel(CHANNEL).hasSubscribers).toBe(false);
  emit(undefined, make);
  expect(make).not.toHaveBeenCalled();
});

test("one event is made for both kinds of listeners, and for either alone", () => {
  const onEvent = vi.fn();
  const onMessage = vi.fn();
  const make = vi.fn(() => event);
  emit(onEvent, make);
  expect(onEvent).toHaveBeenCalledExactlyOnceWith(event);
  subscribe(CHANNEL, onMessage);
  onTestFinished(() => {
    unsubscribe(CHANNEL, onMessage);
  });
  emit(undefined, make);
  expect(onMessage).toHaveBeenCalledExactlyOnceWith(event, CHANNEL);
  emit(onEvent, make);
  expect(make).toHaveBeenCalledTimes(3);
  expect(onEvent).toHaveBeenCalledTimes(2);
  expect(onMessage).toHaveBeenCalledTimes(2);
});
