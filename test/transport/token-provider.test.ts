import { inspect } from "node:util";
import {
  ArizeClient,
  type ArizeClientOptions,
  AuthenticationError,
  type ClientEvent,
  TimeoutError,
  ValidationError,
} from "ax-users";
import { startSandbox } from "ax-users/testing";
import { expect, test, vi } from "vitest";
import { wirePage, wireUser } from "../helpers/server.ts";
import { virtualClient } from "../helpers/virtual-client.ts";
import { answers, asksToWait, breaksOff, type Step, stage } from "./scripted-server.ts";

const u1 = { userId: "u1" };
const found = answers(200, wireUser({ id: "u1" }));
const refused = answers(401, { title: "Unauthorized", status: 401 });

/** A client whose key comes of a function, the keys that were sent, and what the caller got. */
function scripted(
  steps: readonly [Step, ...Step[]],
  apiKey: NonNullable<ArizeClientOptions["apiKey"]>,
  options: ArizeClientOptions = {},
) {
  const keys: (string | null)[] = [];
  const { clock, client, events } = stage(
    steps.map(
      (step): Step =>
        (sent, signal) => {
          keys.push(new Headers(sent.headers).get("authorization"));
          return step(sent, signal);
        },
    ) as [Step, ...Step[]],
    { apiKey, ...options },
  );
  const ended = (call: PromiseLike<unknown>) =>
    clock.run(
      Promise.resolve(call).then(
        () => undefined,
        (error: unknown) => error,
      ),
    );
  return { clock, client, events, keys, ended };
}

/** Gives the keys one after the other, and the last one again and again. */
const oneByOne = (...tokens: string[]) => {
  let count = 0;
  return vi.fn(() => tokens[Math.min(count++, tokens.length - 1)] ?? "");
};

test("the function is called before each attempt, and not before", async () => {
  const apiKey = oneByOne("token-1", "token-2", "token-3", "token-4");
  const { client, keys, ended } = scripted([answers(500), asksToWait(429, "1"), found, found], async () =>
    apiKey(),
  );
  expect(apiKey).not.toHaveBeenCalled();
  expect(await ended(client.users.get(u1))).toBeUndefined();
  await ended(client.users.get(u1));
  expect(keys).toEqual([1, 2, 3, 4].map((number) => `Bearer token-${number}`));
});

test("calls at the same moment share one", async () => {
  const apiKey = oneByOne("token-1", "token-2");
  const { client, keys, ended } = scripted([found, found, found], async () => apiKey());
  await ended(Promise.all([client.users.get(u1), client.users.get(u1)]));
  await ended(client.users.get(u1));
  expect(keys).toEqual(["Bearer token-1", "Bearer token-1", "Bearer token-2"]);
});

test("whitespace around a key is dropped", async () => {
  const { client, keys, ended } = scripted([found], () => " token-1\n");
  await ended(client.users.get(u1));
  expect(keys).toEqual(["Bearer token-1"]);
});

test("after a 401 the request is repeated once with another key, without using up maxRetries", async () => {
  const apiKey = oneByOne("token-1", "token-2", "token-3", "token-4");
  const { client, keys, events, ended } = scripted([refused, answers(500), found], apiKey, { maxRetries: 1 });
  expect(await ended(client.users.get(u1))).toBeUndefined();
  expect(keys).toEqual(["Bearer token-1", "Bearer token-2", "Bearer token-3"]);
  expect(events.find(({ type }) => type === "retry")).toMatchObject({ status: 401, reason: 401, waitMs: 0 });
});

test("a second 401 is the error, and so is the first where the key is the same", async () => {
  const fresh = scripted([refused, refused], oneByOne("token-1", "token-2", "token-3"));
  expect(await fresh.ended(fresh.client.users.get(u1))).toMatchObject({
    name: "AuthenticationError",
    attempts: 2,
  });
  expect(fresh.keys).toEqual(["Bearer token-1", "Bearer token-2"]);
  const apiKey = oneByOne("token-1");
  const same = scripted([refused], apiKey);
  expect(await same.ended(same.client.users.get(u1))).toMatchObject({
    name: "AuthenticationError",
    attempts: 1,
  });
  expect(apiKey).toHaveBeenCalledTimes(2);
});

test("a write is repeated as well, as a 401 applies nothing", async () => {
  const { client, keys, ended } = scripted([refused, answers(204)], oneByOne("token-1", "token-2"));
  expect(await ended(client.users.resetPassword(u1))).toBeUndefined();
  expect(keys).toHaveLength(2);
});

test("a key that is a string is not tried again", async () => {
  const { client, keys, ended } = scripted([refused], "secret-key");
  expect(await ended(client.users.get(u1))).toBeInstanceOf(AuthenticationError);
  expect(keys).toEqual(["Bearer secret-key"]);
});

/** A client of a server that only accepts `new-token`, and a function that returns a key when the test says so. */
function renewing() {
  const answersOf: ((token: string) => void)[] = [];
  const apiKey = vi.fn(() => new Promise<string>((resolve) => answersOf.push(resolve)));
  const server: Step = async ({ headers }) =>
    new Headers(headers).get("authorization") === "Bearer new-token"
      ? found({} as never, {} as never)
      : refused({} as never, {} as never);
  return { ...stage([server, server, server], { apiKey, maxRetries: 0 }), apiKey, answersOf };
}

test("an ask that began before a 401 is not taken for one after it", async () => {
  const { client, clock, apiKey, answersOf } = renewing();
  const first = client.users.get(u1);
  await clock.advance(0);
  answersOf[0]?.("old-token");
  // The other call begins to ask while the first one's request is under way.
  const second = client.users.get(u1);
  await clock.advance(0);
  await clock.advance(0);
  expect(apiKey).toHaveBeenCalledTimes(3);
  answersOf[2]?.("new-token");
  answersOf[1]?.("new-token");
  expect(await clock.run(Promise.all([first, second]))).toHaveLength(2);
});

test("a call that begins while a key is renewed shares the new one", async () => {
  const { client, clock, apiKey, answersOf } = renewing();
  const first = client.users.get(u1);
  await clock.advance(0);
  answersOf[0]?.("old-token");
  await clock.advance(0);
  await clock.advance(0);
  expect(apiKey).toHaveBeenCalledTimes(2);
  const second = client.users.get(u1);
  await clock.advance(0);
  expect(apiKey).toHaveBeenCalledTimes(2);
  answersOf[1]?.("new-token");
  expect(await clock.run(Promise.all([first, second]))).toHaveLength(2);
  expect(apiKey).toHaveBeenCalledTimes(2);
});

test.each([
  [
    "throws",
    () => {
      throw new Error("vault is sealed");
    },
    /apiKey is a function that failed$/,
    "vault is sealed",
  ],
  ["rejects", async () => Promise.reject(new Error("vault is sealed")), /that failed$/, "vault is sealed"],
  ["rejects with nothing", async () => Promise.reject(undefined), /that failed$/, undefined],
  [
    "gives nothing",
    () => undefined,
    /returned an invalid key: it must be a string, received undefined$/,
    "must be a string",
  ],
  ["gives an empty text", () => " ", /must not be empty or whitespace$/, "must not be empty"],
  [
    "gives it after Bearer",
    () => "Bearer token-1",
    /must be the key alone, received it after "Bearer "$/,
    "alone",
  ],
  ["gives a number", async () => 5, /must be a string, received number$/, "must be a string"],
] as [string, () => never, RegExp, string | undefined][])(
  "where the function %s, nothing is sent",
  async (_, apiKey, message, cause) => {
    const { client, keys, events, ended } = scripted([found], apiKey);
    const error = await ended(client.users.get(u1));
    expect(error).toBeInstanceOf(ValidationError);
    expect(error).toMatchObject({ outcome: "not_applied", issues: [{ path: "apiKey" }] });
    expect(String(error)).toMatch(/GET \/v2\/users\/u1: apiKey is a function that/);
    expect(String(error)).toMatch(message);
    const { cause: why } = error as Error;
    if (cause === undefined) expect(why).toBeUndefined();
    else expect(String(why)).toContain(cause);
    expect(keys).toEqual([]);
    expect(events.map(({ type }) => type)).toEqual(["failed"]);
  },
);

test("the outcome is still that of the attempts before", async () => {
  let count = 0;
  const { client, keys, ended } = scripted([breaksOff("ECONNRESET")], () => {
    count += 1;
    if (count > 1) throw new Error("no more");
    return "token-1";
  });
  expect(await ended(client.users.delete(u1))).toMatchObject({ name: "ValidationError", outcome: "unknown" });
  expect(keys).toHaveLength(1);
});

test("another call asks again after the function failed", async () => {
  let count = 0;
  const { client, ended } = scripted([found], () => {
    count += 1;
    if (count === 1) throw new Error("not yet");
    return "token-1";
  });
  expect(await ended(client.users.get(u1))).toBeInstanceOf(ValidationError);
  expect(await ended(client.users.get(u1))).toBeUndefined();
});

test("after a pause, a call that gets no key leaves its turn to the next one", async () => {
  let count = 0;
  const { client, clock, ended } = scripted([asksToWait(429, "1"), found], () => {
    count += 1;
    if (count === 2) throw new Error("no more");
    return "token-1";
  });
  const first = client.users.get(u1);
  await clock.advance(0);
  const calls = Promise.allSettled([first, client.users.get(u1), client.users.get(u1)]);
  expect(await ended(calls)).toBeUndefined();
  expect((await calls).map(({ status }) => status).sort()).toEqual(["fulfilled", "fulfilled", "rejected"]);
  expect(clock.now()).toBe(1000);
});

test("after an abort, the next call does not wait for the function that hung", async () => {
  let asked = 0;
  const apiKey = () => (++asked === 1 ? new Promise<string>(() => {}) : "token-2");
  const { client, clock, keys, ended } = scripted([found], apiKey);
  const controller = new AbortController();
  clock.after(200, () => controller.abort());
  const aborted = await ended(client.users.get(u1, { signal: controller.signal }));
  expect(aborted).toBe(controller.signal.reason);
  expect(await ended(client.users.get(u1))).toBeUndefined();
  expect(keys).toEqual(["Bearer token-2"]);
  expect(clock.now()).toBe(200);
});

test("a function that throws what cannot be read fails like any other", async () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  const { client, keys, ended } = scripted([found], () => {
    throw proxy;
  });
  const error = await ended(client.users.get(u1));
  expect(error).toBeInstanceOf(ValidationError);
  expect(error).toMatchObject({ outcome: "not_applied", attempts: 0 });
  expect(keys).toEqual([]);
});

test("an abort, the deadline and timeoutMs end a function that hangs", async () => {
  const hangs = () => new Promise<string>(() => {});
  const { client, clock, keys, events, ended } = scripted([found], hangs);
  const controller = new AbortController();
  clock.after(50, () => controller.abort(new Error("enough")));
  expect(await ended(client.users.get(u1, { signal: controller.signal }))).toEqual(new Error("enough"));
  expect(events.at(-1)).toMatchObject({ type: "aborted", durationMs: 50, outcome: "not_applied" });
  const late = await ended(client.users.delete(u1, { deadlineMs: 70 }));
  expect(late).toBeInstanceOf(TimeoutError);
  expect(late).toMatchObject({ attempts: 0, outcome: "not_applied" });
  expect(String(late)).toMatch(/the apiKey function returned no key in time \(deadlineMs: 70\)/);
  expect(String(await ended(client.users.get(u1, { timeoutMs: 30 })))).toMatch(/\(timeoutMs: 30\)/);
  expect(keys).toEqual([]);
  expect(clock.pending).toEqual([]);
});

test("a function that hung is called anew by the next call", async () => {
  let count = 0;
  const { client, keys, ended } = scripted([found], () => {
    count += 1;
    return count === 1 ? new Promise<string>(() => {}) : "token-2";
  });
  expect(await ended(client.users.get(u1, { timeoutMs: 50 }))).toBeInstanceOf(TimeoutError);
  expect(await ended(client.users.get(u1, { timeoutMs: 50 }))).toBeUndefined();
  expect(keys).toEqual(["Bearer token-2"]);
});

test("every key that it gave is hidden in errors, causes, events, logs and responses", async () => {
  const tokens = ["first-token", "second-token", "third-token"];
  const apiKey = oneByOne(...tokens);
  const lines: unknown[] = [];
  const log = (...line: unknown[]) => lines.push(line);
  const logger = { error: log, warn: log, info: log, debug: log };
  const echo = (status: number): Step =>
    answers(
      status,
      { title: tokens.join(" "), detail: btoa(`key:${tokens[0]}`) },
      { "x-request-id": tokens[0] ?? "" },
    );
  const { client, events, ended } = scripted(
    [echo(500), echo(500), () => Promise.reject(new TypeError(`lost ${tokens.join()}`))],
    apiKey,
    { logger, logLevel: "debug" },
  );
  const error = await ended(client.users.get(u1));
  expect(apiKey).toHaveBeenCalledTimes(4);
  const failing = scripted([echo(500), echo(500)], () => {
    const token = apiKey();
    if (apiKey.mock.calls.length > 5) throw new Error(`no key after ${token}`);
    return token;
  });
  const failed = await failing.ended(failing.client.users.get(u1));
  expect(failed).toBeInstanceOf(ValidationError);
  const shown = inspect([error, failed, events, lines], { depth: 9 }) + JSON.stringify([error, failed]);
  expect(shown).not.toMatch(/(first|second|third)-token/);
  expect(shown).not.toContain(btoa("key:first-token").slice(6, -4));
  expect(shown).toContain("[API key]");
});

test("a bulk call stops at a 401 only after another key was tried", async () => {
  const sent: string[] = [];
  let isExpired = false;
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const key = new Headers(init?.headers).get("authorization");
    sent.push(`${new URL(String(input)).pathname} ${key}`);
    const isValid = key === (isExpired ? "Bearer token-2" : "Bearer token-1");
    if (isExpired === false) isExpired = sent.length >= 2;
    return isValid
      ? new Response(null, { status: 204 })
      : Response.json({ title: "No", status: 401 }, { status: 401 });
  };
  // The caller's cache notices a little late.
  const apiKey = () => (sent.length >= 3 ? "token-2" : "token-1");
  const { client, clock } = virtualClient({ apiKey, fetch });
  const userIds = ["u1", "u2", "u3", "u4", "u5"];
  const results = await clock.run(client.users.bulkDelete({ userIds, concurrency: 1 }));
  expect(results.map(({ status }) => status)).toEqual(userIds.map(() => "deleted"));

  const never = virtualClient({
    apiKey: oneByOne("a-token", "b-token", "c-token"),
    fetch: async () => new Response("{}", { status: 401 }),
  });
  const stopped = await never.clock.run(never.client.users.bulkDelete({ userIds, concurrency: 1 }));
  expect(stopped.map((result) => result.status === "failed" && result.attempted)).toEqual([
    true,
    false,
    false,
    false,
    false,
  ]);
});

test("a bulk call stops at a 401 where the function then fails, and says what it has sent", async () => {
  for (const fails of [
    () => Promise.reject(new Error("the vault is closed")),
    () => new Promise<string>(() => {}),
  ]) {
    let asked = 0;
    const apiKey = () => (++asked === 1 ? "token-1" : fails());
    const sent = vi.fn(async () => Response.json({ title: "No", status: 401 }, { status: 401 }));
    const { client, clock } = virtualClient({ apiKey, fetch: sent });
    const userIds = Array.from({ length: 50 }, (_, index) => `u${index}`);
    const results = await clock.run(client.users.bulkDelete({ userIds, concurrency: 1 }));
    expect(sent).toHaveBeenCalledTimes(1);
    const [first, ...rest] = results.map((result) => (result.status === "failed" ? result : undefined));
    expect(first).toMatchObject({ attempted: true, outcome: "not_applied" });
    expect(first?.error).toMatch(
      /the apiKey function returned no key in time|apiKey is a function that failed/,
    );
    expect(new Set(rest.map((result) => JSON.stringify([result?.attempted, result?.error])))).toEqual(
      new Set([JSON.stringify([false, "not attempted: the API key was rejected, and there is no other"])]),
    );
    expect(rest.every((result) => result?.cause === first?.cause)).toBe(true);
    expect(clock.pending).toEqual([]);
  }
});

test("a target whose second attempt gets no key was attempted", async () => {
  const apiKey = oneByOne("token-1");
  apiKey
    .mockImplementationOnce(() => "token-1")
    .mockImplementation(() => {
      throw new Error("the vault is closed");
    });
  const { client, clock } = virtualClient({
    apiKey,
    fetch: async () => new Response("{}", { status: 429, headers: { "retry-after": "1" } }),
  });
  expect(await clock.run(client.users.bulkDelete({ userIds: ["u1"] }))).toMatchObject([
    { status: "failed", attempted: true, outcome: "not_applied", cause: { name: "ValidationError" } },
  ]);
});

test("withOptions shares the function, and the sandbox takes what it gives", async () => {
  await using sandbox = await startSandbox({ users: 1 });
  const events: ClientEvent[] = [];
  const apiKey = oneByOne("stale-key", sandbox.apiKey);
  const client = new ArizeClient({ apiKey, baseUrl: sandbox.baseUrl, prereleaseWarnings: false });
  const other = client.withOptions({ onEvent: (event) => events.push(event) });
  expect((await other.users.list()).data).toHaveLength(1);
  expect(events.map(({ type }) => type)).toEqual(["request", "response", "retry", "request", "response"]);
});

test("the confirming request of a 404 has the key, too", async () => {
  const keys: (string | null)[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    keys.push(new Headers(init?.headers).get("authorization"));
    return String(input).includes("?limit=1")
      ? Response.json(wirePage([]))
      : Response.json({ title: "Not found", status: 404 }, { status: 404 });
  };
  const { client, clock } = virtualClient({ apiKey: () => "token-1", fetch });
  await clock.run(client.users.get(u1).catch(() => {}));
  expect(keys).toEqual(["Bearer token-1", "Bearer token-1"]);
});
