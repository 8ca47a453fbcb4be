/** Waits of the client where a test framework fakes `setTimeout` and leaves `performance.now()` real. */
import { mock } from "node:test";
import { ArizeClient } from "ax-users";
import { afterEach, expect, test, vi } from "vitest";
import { systemClock } from "../../src/util/clock.ts";
import { wireUser } from "../helpers/server.ts";

/** Lets what is pending run, without a timer. */
const settle = async () => {
  for (let round = 0; round < 5; round += 1) await new Promise((resolve) => setImmediate(resolve));
};

interface Fake {
  install(): void;
  /** Lets so many milliseconds pass by the fake timers. */
  tick(ms: number): void;
  uninstall(): void;
}

/** The least that Sinon's `useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] })` does. */
function handwritten(): Fake {
  const real = { setTimeout: globalThis.setTimeout, clearTimeout: globalThis.clearTimeout };
  const timers = new Map<number, { at: number; action: () => void }>();
  let time = 0;
  let id = 0;
  const set = (action: () => void, ms = 0) => {
    id += 1;
    timers.set(id, { at: time + ms, action });
    return id;
  };
  return {
    install: () =>
      Object.assign(globalThis, { setTimeout: set, clearTimeout: (timer: number) => timers.delete(timer) }),
    tick(ms) {
      time += ms;
      for (const [id, { at, action }] of [...timers]) {
        if (at > time) continue;
        timers.delete(id);
        action();
      }
    },
    uninstall: () => Object.assign(globalThis, real),
  };
}

const FAKES: Readonly<Record<string, Fake>> = {
  "node:test": {
    install: () => mock.timers.enable({ apis: ["setTimeout"] }),
    tick: (ms) => mock.timers.tick(ms),
    uninstall: () => mock.timers.reset(),
  },
  "Vitest 1's default": {
    install: () => vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] }),
    tick: (ms) => vi.advanceTimersByTime(ms),
    uninstall: () => vi.useRealTimers(),
  },
  "timers and performance": {
    install: () => vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] }),
    tick: (ms) => vi.advanceTimersByTime(ms),
    uninstall: () => vi.useRealTimers(),
  },
  "a replaced setTimeout": handwritten(),
};

let installed: Fake | undefined;
afterEach(() => {
  installed?.uninstall();
  installed = undefined;
});

function install(name: string): Fake {
  const fake = FAKES[name];
  if (!fake) throw new Error(`no fake ${name}`);
  fake.install();
  installed = fake;
  return fake;
}

/** A client whose server gives these responses one after the other, and how many requests it got. */
function clientOf(...responses: (() => Response | Promise<Response>)[]) {
  const sent = { count: 0 };
  const fetch: typeof globalThis.fetch = async () => {
    const respond = responses[Math.min(sent.count, responses.length - 1)];
    sent.count += 1;
    if (!respond) throw new Error("no response");
    return respond();
  };
  return { sent, client: new ArizeClient({ apiKey: "k", prereleaseWarnings: false, fetch, maxRetries: 1 }) };
}

const waits = (status: number) => () => new Response("{}", { status, headers: { "retry-after": "30" } });
const ok = () => Response.json(wireUser({ id: "u1" }));

test.each(Object.keys(FAKES))("%s: a wait ends when its time has come, and not before", async (name) => {
  const fake = install(name);
  const action = vi.fn();
  systemClock.after(30_000, action);
  fake.tick(29_990);
  expect(action).not.toHaveBeenCalled();
  fake.tick(10);
  expect(action).toHaveBeenCalledOnce();
  fake.tick(100_000);
  expect(action).toHaveBeenCalledOnce();
});

test.each(Object.keys(FAKES))("%s: the shortest wait ends after one correction at most", (name) => {
  const fake = install(name);
  const action = vi.fn();
  systemClock.after(1, action);
  fake.tick(1);
  fake.tick(1);
  expect(action).toHaveBeenCalledOnce();
});

test.each(Object.keys(FAKES))("%s: what was waited for has passed by the clock as well", (name) => {
  const fake = install(name);
  const startedAt = systemClock.now();
  systemClock.after(30_000, () => {});
  fake.tick(30_000);
  const passed = systemClock.now() - startedAt;
  expect(passed).toBeGreaterThanOrEqual(30_000);
  expect(passed).toBeLessThan(60_000);
});

test.each(Object.keys(FAKES).flatMap((name) => [503, 429].map((status) => [name, status] as const)))(
  "%s: a call that a %d made wait goes on",
  async (name, status) => {
    const fake = install(name);
    const { client, sent } = clientOf(waits(status), ok);
    const user = client.users.get({ userId: "u1" });
    await settle();
    expect(sent.count).toBe(1);
    fake.tick(29_000);
    await settle();
    expect(sent.count).toBe(1);
    fake.tick(1_000);
    expect((await user).id).toBe("u1");
    expect(sent.count).toBe(2);
  },
);

test.each(Object.keys(FAKES))("%s: a bulk call that a 429 made wait goes on", async (name) => {
  const fake = install(name);
  const { client, sent } = clientOf(waits(429), () => new Response(null, { status: 204 }));
  const results = client.users.bulkDelete({ userIds: ["u1"] });
  await settle();
  expect(sent.count).toBe(1);
  fake.tick(30_000);
  expect(await results).toEqual([{ userId: "u1", status: "deleted" }]);
});

test.each(Object.keys(FAKES))("%s: the timeouts of a call end it", async (name) => {
  const fake = install(name);
  const { client, sent } = clientOf(() => new Promise<Response>(() => {}));
  const options = { timeoutMs: 5_000, deadlineMs: 5_000 };
  const failed = client.users.get({ userId: "u1" }, options).catch((error: unknown) => error);
  await settle();
  fake.tick(5_000);
  expect(await failed).toMatchObject({ name: "TimeoutError", attempts: 1 });
  expect(sent.count).toBe(1);
});
