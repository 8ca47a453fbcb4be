import { ArizeClient, type ArizeClientOptions, type ClientEvent, type Logger, type LogLevel } from "ax-users";
import { afterEach, beforeEach, expect, expectTypeOf, test, vi } from "vitest";
import { wirePage, wireUser } from "../helpers/server.ts";
import { answers, asksToWait, operations, stage } from "../transport/scripted-server.ts";

beforeEach(() => {
  vi.stubEnv("ARIZE_LOG", undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

/** A logger, and the lines that it got. */
function recorder() {
  const lines: { level: keyof Logger; message: string; event: ClientEvent }[] = [];
  const at = (level: keyof Logger) => (message: string, event: ClientEvent) => {
    lines.push({ level, message, event });
  };
  const logger: Logger = { error: at("error"), warn: at("warn"), info: at("info"), debug: at("debug") };
  return { logger, lines };
}

/** A call that waits for a rate limit and fails, and one that is aborted: an event of each type. */
async function eventful(options: ArizeClientOptions) {
  const { client, clock, events } = stage([asksToWait(429, "1"), answers(500)], {
    maxRetries: 1,
    ...options,
  });
  await clock.run(client.users.delete({ userId: "u1" })).catch(() => {});
  const signal = AbortSignal.abort();
  await clock.run(client.users.delete({ userId: "u1" }, { signal })).catch(() => {});
  return events;
}

const LINES = [
  ["debug", "request", "DELETE /v2/users/{user_id}, attempt 1"],
  ["info", "response", "HTTP 429 after 0 ms"],
  ["warn", "rate_limited", "HTTP 429, all calls wait 1000 ms"],
  ["warn", "retry", "is retried in 1000 ms (429)"],
  ["debug", "request", "DELETE /v2/users/{user_id}, attempt 2"],
  ["info", "response", "HTTP 500 after 0 ms"],
  ["error", "failed", "failed with ServerError after 1000 ms (unknown)"],
  ["info", "aborted", "was aborted after 0 ms (not_applied)"],
];

test.each([
  ["off", []],
  ["error", ["error"]],
  ["warn", ["error", "warn"]],
  ["info", ["error", "warn", "info"]],
  ["debug", ["error", "warn", "info", "debug"]],
] as [LogLevel, string[]][])("the level %s logs what it says", async (logLevel, levels) => {
  const { logger, lines } = recorder();
  await eventful({ logger, logLevel });
  expect(lines.map(({ level, message, event }) => [level, event.type, message])).toEqual(
    LINES.filter(([level = ""]) => levels.includes(level)).map(([level, type, text]) => [
      level,
      type,
      `ax-users: users_delete ${text}`,
    ]),
  );
});

test("the log has the very events of onEvent", async () => {
  const { logger, lines } = recorder();
  const events = await eventful({ logger, logLevel: "debug" });
  expect(lines.map(({ event }) => event)).toEqual(events);
});

test.each([
  ["a logger alone", undefined, undefined, true, 6],
  ["ARIZE_LOG", "DEBUG", undefined, true, 8],
  ["ARIZE_LOG=off", "off", undefined, true, 0],
  ["the option, before ARIZE_LOG", "debug", "error", true, 1],
  ["neither", undefined, undefined, false, 0],
] as const)("the level by %s", async (_, variable, logLevel, isGiven, count) => {
  vi.stubEnv("ARIZE_LOG", variable);
  const { logger, lines } = recorder();
  const spies = (["error", "warn", "info", "debug"] as const).map((name) =>
    vi.spyOn(console, name).mockImplementation(() => {}),
  );
  await eventful({ logLevel, logger: isGiven ? logger : undefined });
  expect(lines).toHaveLength(count);
  for (const spy of spies) expect(spy).not.toHaveBeenCalled();
});

test("without a logger, the console is it", async () => {
  vi.stubEnv("ARIZE_LOG", " warn ");
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  const error = vi.spyOn(console, "error").mockImplementation(() => {});
  const events = await eventful({});
  expect(warn.mock.calls.map(([, event]) => event.type)).toEqual(["rate_limited", "retry"]);
  expect(error).toHaveBeenCalledExactlyOnceWith(expect.stringContaining("ServerError"), events.at(-2));
});

test("a logger may be an object of a class, and what it throws changes nothing", async () => {
  class Broken {
    lines = 0;
    info() {
      this.lines += 1;
      throw new Error("disk full");
    }
    error = this.info;
    warn = this.info;
    debug = this.info;
  }
  const logger = new Broken();
  const { client, clock, events } = stage([answers(200, wireUser({ id: "u1" }))], { logger });
  expect(await clock.run(client.users.get({ userId: "u1" }))).toMatchObject({ id: "u1" });
  expect(logger.lines).toBe(1);
  expect(events).toHaveLength(2);
  expectTypeOf(console).toExtend<Logger>();
});

test("a logger may be a function with methods", async () => {
  const lines: string[] = [];
  const line = (text: string) => lines.push(text);
  const logger = Object.assign(() => {}, { error: line, warn: line, info: line, debug: line });
  const { client, clock } = stage([answers(200, wireUser({ id: "u1" }))], { logger });
  await clock.run(client.users.get({ userId: "u1" }));
  expect(lines).toHaveLength(1);
});

test("withOptions changes the level and the logger", async () => {
  const first = recorder();
  const second = recorder();
  const fetch: typeof globalThis.fetch = async () => Response.json(wirePage([]));
  const client = new ArizeClient({ apiKey: "k", fetch, logger: first.logger, prereleaseWarnings: false });
  await client.withOptions({ logger: second.logger, logLevel: "debug" }).users.list();
  await client.withOptions({ logLevel: "error" }).users.list();
  expect([first.lines.length, second.lines.length]).toEqual([0, 2]);
  await client.users.list();
  expect(first.lines).toHaveLength(1);
});

test("no line holds an ID, an address, a body or the key", async () => {
  const { logger, lines } = recorder();
  const faults = [answers(500, { title: "private" }, { "x-request-id": "secret-key" }), asksToWait(429, "1")];
  for (const fault of faults) {
    for (const { call, success } of operations) {
      const { client, clock } = stage([fault, success], { logger, logLevel: "debug" });
      await clock.run(Promise.resolve(call(client)).catch(() => {}));
    }
  }
  expect(lines.length).toBeGreaterThan(50);
  const shown = JSON.stringify(
    lines.map(({ event: { callId: _, ...event }, ...line }) => ({ ...line, event })),
  );
  expect(shown).not.toMatch(/u1|grace|ada|secret-key|private/i);
});

test.each([
  [{ logLevel: "loud" }, undefined, /logLevel must be one of off, error, warn, info, debug, received "loud"/],
  [{ logLevel: null }, undefined, /logLevel must be one of/],
  [{}, "verbose", /ARIZE_LOG must be one of off, error, warn, info, debug, received "verbose"/],
  [{ logger: console.log }, undefined, /logger must have the functions error, warn, info and debug/],
  [{ logger: { info() {} } }, undefined, /logger must have the functions/],
  [{ logger: null }, undefined, /logger must have the functions.*received null/],
])("%j with ARIZE_LOG=%s is refused", (options, variable, message) => {
  vi.stubEnv("ARIZE_LOG", variable);
  expect(() => new ArizeClient({ apiKey: "k", ...options } as ArizeClientOptions)).toThrow(message);
});

test("a logger whose functions reject changes nothing", async () => {
  const unhandled = vi.fn();
  process.on("unhandledRejection", unhandled);
  const fail = () => Promise.reject(new Error("the log is full"));
  const logger: Logger = { error: fail, warn: fail, info: fail, debug: fail };
  const events = await eventful({ logger, logLevel: "debug" });
  await new Promise((resolve) => setImmediate(resolve));
  process.off("unhandledRejection", unhandled);
  expect(events).toHaveLength(LINES.length);
  expect(unhandled).not.toHaveBeenCalled();
});
