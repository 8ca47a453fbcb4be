import { runInNewContext } from "node:vm";
import { ArizeClient, ConnectionError, type CreateUserParams } from "ax-users";
import { expect, test } from "vitest";
import { startRawServer } from "../helpers/raw-server.ts";
import { everythingIn, shownOf } from "../helpers/reveal.ts";
import { rejection, wireUser } from "../helpers/server.ts";

const apiKey = "ak-k3y+/5ecret";
const password = "hunter2-once";
const ada: CreateUserParams = {
  name: "Ada",
  email: "ada.l@example.com",
  role: { type: "predefined", name: "member" },
  inviteMode: "temporary_password",
};

const expectNothingSecretIn = (error: unknown): void => {
  const shown = shownOf(error);
  expect(shown).not.toContain(apiKey);
  expect(shown).not.toContain(password);
  expect(shown).not.toMatch(/ada\.l(@|%40)example/);
};

test("an echo server: what it repeats is not HTTP, and is on no error", async () => {
  const client = await startRawServer((request) => request);
  const error = await rejection(client.users.findByEmail("ada.l@example.com"));
  expect(error).toBeInstanceOf(ConnectionError);
  expect(error).toHaveProperty("message", expect.stringContaining("the response is not valid HTTP"));
  expectNothingSecretIn(error);
});

test.each([
  ["no valid head", (body: string) => `HTTP/1.1 201 Created\r\nbad header\r\n\r\n${body}`],
  ["a length that is none", (body: string) => `HTTP/1.1 201 Created\r\ncontent-length: x\r\n\r\n${body}`],
  [
    "a chunk that is none",
    (body: string) => `HTTP/1.1 201 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n${body}`,
  ],
  [
    "two lengths",
    (body: string) => `HTTP/1.1 201 Created\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\n${body}`,
  ],
  ["a body that ends early", (body: string) => `HTTP/1.1 201 Created\r\ncontent-length: 9999\r\n\r\n${body}`],
  ["no HTTP at all", (body: string) => body],
])("a 201 with %s: its bytes are on no error, that of a bulk call included", async (_, answer) => {
  const body = JSON.stringify({ ...wireUser(), temporary_password: password, echo: apiKey });
  const client = await startRawServer(() => answer(body), { enumCase: "lower" });
  const error = await rejection(client.users.create(ada));
  expect(error).toMatchObject({ name: "ConnectionError", outcome: "unknown", attempts: 1 });
  expectNothingSecretIn(error);
  const [result] = await client.users.createMany({ users: [ada] });
  expect(result).toMatchObject({ status: "failed", outcome: "unknown", attempted: true });
  expect(everythingIn(result, ["email"])).not.toContain(password);
});

/** What a call fails with where `fetch` rejects so. */
const failWith = (cause: unknown): Promise<unknown> => {
  const fetch = () => Promise.reject(cause);
  const client = new ArizeClient({
    apiKey,
    baseUrl: "https://ax.example",
    prereleaseWarnings: false,
    maxRetries: 0,
    fetch,
  });
  return rejection(client.users.list({ email: "ada.l@example.com" }));
};

test("the cause keeps name, code, syscall and address, and its own causes", async () => {
  const inner = Object.assign(new RangeError("inner"), {
    code: "ECONNREFUSED",
    syscall: "connect",
    address: "::1",
    port: 9,
  });
  const error = await failWith(new TypeError("outer", { cause: inner }));
  expect(error).toMatchObject({
    cause: {
      name: "TypeError",
      message: "outer",
      cause: {
        name: "RangeError",
        message: "inner",
        code: "ECONNREFUSED",
        syscall: "connect",
        address: "::1",
        port: 9,
      },
    },
  });
});

test.each<[string, () => unknown]>([
  [
    "properties",
    () => Object.assign(new Error("x"), { request: { headers: { authorization: apiKey } }, data: password }),
  ],
  [
    "messages at any depth",
    () => new Error(`a ${apiKey}`, { cause: new Error(`b ${apiKey}`, { cause: `c ${apiKey}` }) }),
  ],
  [
    "an AggregateError",
    () => new AggregateError([new Error(apiKey), Object.assign(new Error(""), { raw: apiKey })], apiKey),
  ],
  ["the name and the code", () => Object.assign(new Error("x"), { name: `E ${apiKey}`, code: apiKey })],
  [
    "the stack",
    () => Object.assign(new Error("x"), { stack: `Error: x\n    at ${apiKey} (file:1:1)\n${apiKey}` }),
  ],
  ["a plain object", () => ({ code: "EX", config: { headers: { authorization: `Bearer ${apiKey}` } } })],
  [
    "the host that could not be resolved",
    () =>
      Object.assign(new Error("x"), {
        code: "ENOTFOUND",
        syscall: "getaddrinfo",
        hostname: `${apiKey}.example`,
      }),
  ],
  [
    "the address that refused",
    () =>
      Object.assign(new Error("x"), { code: "ECONNREFUSED", syscall: "connect", address: apiKey, port: 9 }),
  ],
  ["a string", () => `failed with ${apiKey}`],
  ["the URL", () => new Error("GET https://ax.example/v2/users?email=ada.l%40example.com&limit=50 failed")],
  ["the URL, decoded", () => new Error("GET https://ax.example/v2/users?email=ada.l@example.com failed")],
  [
    "a body in the message",
    () => new SyntaxError(`Unexpected token } in {"temporary_password":"${password}","x":}`),
  ],
  ["the address of a proxy", () => new Error(`connect to http://user:${password}@proxy.example:8080 failed`)],
  ["an address with a token alone", () => new Error(`Invalid URL: HTTPS://${password}@proxy.example`)],
  ["a password with an @", () => ({ message: `see socks5:\\/\\/u:p@${password}@proxy.example` })],
  ["a very long message", () => new Error(`${"x".repeat(190)} ${apiKey} ${"y".repeat(999)}`)],
])("what fetch rejects with has secrets in %s: none is on the error", async (_, make) => {
  expectNothingSecretIn(await failWith(make()));
});

test("causes that are each other's, many or deep have an end", async () => {
  const a: Error & { errors?: unknown[] } = new Error("a");
  a.cause = new Error("b", { cause: a });
  a.errors = Array.from({ length: 1000 }, (_, index) => new Error(`${index}`));
  expect(everythingIn(await failWith(a)).length).toBeLessThan(2_000_000);
  let deep = new Error("end");
  for (let depth = 0; depth < 10_000; depth += 1) deep = new Error("x", { cause: deep });
  expect(await failWith(deep)).toBeInstanceOf(ConnectionError);
});

test("the original is not touched", async () => {
  const frozen = Object.freeze(new Error("offline"));
  expect(await failWith(frozen)).toHaveProperty("cause.message", "offline");
  expect((Object(await failWith(frozen)) as Error).cause).not.toBe(frozen);
});

test("an error of another realm is read like one of this realm", async () => {
  const cause: unknown = runInNewContext(
    `new TypeError("fetch failed", { cause: Object.assign(new Error("x"), { code: "ENOTFOUND", hostname: "h.example" }) })`,
  );
  const error = await failWith(cause);
  expect(error).toHaveProperty("message", "GET /v2/users: could not resolve h.example (ENOTFOUND).");
  expect(error).toMatchObject({ cause: { name: "TypeError", cause: { code: "ENOTFOUND" } } });
});

test("what the caller aborts with is handed through as it is", async () => {
  const reason = Object.assign(new Error("enough"), { mine: {} });
  const controller = new AbortController();
  const client = await startRawServer(() => {
    controller.abort(reason);
    return undefined;
  });
  expect(await rejection(client.users.get({ userId: "u1" }, { signal: controller.signal }))).toBe(reason);
});

test("a symbol that is thrown shows no key", async () => {
  const error = await failWith(Symbol(`with ${apiKey}`));
  expect(error).toHaveProperty("cause", "Symbol(with [API key])");
  expectNothingSecretIn(error);
});
