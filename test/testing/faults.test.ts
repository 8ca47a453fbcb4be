import { connect } from "node:net";
import type { Fault, Sandbox } from "ax-users/testing";
import { expect, test } from "vitest";
import { eventually } from "../helpers/eventually.ts";
import { call, callLoosely, newUser, open, type WirePage } from "./helpers.ts";

const headersFor = (sandbox: Sandbox) => ({ authorization: `Bearer ${sandbox.apiKey}` });

const create = (sandbox: Sandbox) => call(sandbox, "POST", "/v2/users", newUser());

const statusesOf = async (sandbox: Sandbox, count: number): Promise<number[]> => {
  const statuses: number[] = [];
  while (statuses.length < count) statuses.push((await call(sandbox, "GET", "/v2/users")).status);
  return statuses;
};

/** All bytes that come back on a connection of its own until it ends. */
const bytesOf = (sandbox: Sandbox): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(sandbox.baseUrl).port), "127.0.0.1");
    let received = "";
    socket.setEncoding("utf8").on("data", (chunk) => {
      received += chunk;
    });
    socket.on("error", reject).on("close", () => resolve(received));
    socket.write(
      `GET /v2/users HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${sandbox.apiKey}\r\n\r\n`,
    );
  });

test("a fault of a status strikes once, before the request takes effect", async () => {
  const sandbox = await open();
  sandbox.fail({ status: 503 });
  expect((await create(sandbox)).status).toBe(503);
  expect(sandbox.users()).toEqual([]);
  expect((await create(sandbox)).status).toBe(201);
  expect(sandbox.requests.map(({ status }) => status)).toEqual([503, 201]);
});

test("a fault after the effect hides the real answer only", async () => {
  const sandbox = await open();
  sandbox.fail({ status: 500, when: "after" });
  expect((await create(sandbox)).status).toBe(500);
  expect(sandbox.users()).toHaveLength(1);
  expect(sandbox.mails).toHaveLength(1);
});

test.each<[string, Fault, string | null, string]>([
  ["no body", { status: 500 }, null, ""],
  ["no body under a success", { status: 200 }, null, ""],
  ["a string", { status: 502, body: "<html>" }, "text/html", "<html>"],
  ["an empty string", { status: 500, body: "" }, "text/html", ""],
  [
    "an object under an error",
    { status: 404, body: { title: "No" } },
    "application/problem+json",
    '{"title":"No"}',
  ],
  ["an object under a success", { status: 200, body: { users: [] } }, "application/json", '{"users":[]}'],
  ["null", { status: 400, body: null }, "application/problem+json", "null"],
  [
    "a type of its own",
    { status: 500, body: "x", headers: { "Content-Type": "text/plain" } },
    "text/plain",
    "x",
  ],
])("a fault with %s is sent as it was given", async (_, fault, type, text) => {
  const sandbox = await open();
  sandbox.fail(fault);
  const answer = await fetch(`${sandbox.baseUrl}/v2/users`, { headers: headersFor(sandbox) });
  expect(answer.status).toBe(fault.status);
  expect(answer.headers.get("content-type")).toBe(type);
  expect(answer.headers.get("content-length")).toBe(String(text.length));
  expect(await answer.text()).toBe(text);
});

test("the headers of a fault win over the sandbox's own", async () => {
  const sandbox = await open();
  sandbox.fail({ status: 429, headers: { "Retry-After": "7", "X-Request-Id": "mine" } });
  const { headers } = await call(sandbox, "GET", "/v2/users");
  expect([headers.get("retry-after"), headers.get("x-request-id")]).toEqual(["7", "mine"]);
});

test("a fault may be chunked", async () => {
  const sandbox = await open();
  sandbox.fail({ status: 500, headers: { "transfer-encoding": "chunked" } });
  const { headers, body } = await call(sandbox, "GET", "/v2/users");
  expect(headers.get("content-length")).toBeNull();
  expect(headers.get("transfer-encoding")).toBe("chunked");
  expect(body).toBeUndefined();
});

test("a fault of status 204 has no body and no length", async () => {
  const sandbox = await open();
  sandbox.fail({ status: 204 });
  const { status, headers, body } = await call(sandbox, "GET", "/v2/users");
  expect([status, headers.get("content-length"), body]).toEqual([204, null, undefined]);
});

test("a fault strikes as often as it is told, after as many as it is told to let through", async () => {
  const sandbox = await open();
  sandbox.fail({ skip: 1, times: 2, status: 500 });
  expect(await statusesOf(sandbox, 4)).toEqual([200, 500, 500, 200]);
});

test("a fault may strike for ever", async () => {
  const sandbox = await open();
  sandbox.fail({ times: Infinity, status: 500 });
  expect(await statusesOf(sandbox, 5)).toEqual([500, 500, 500, 500, 500]);
});

test("of two faults the first wins, and the second does not count what the first strikes", async () => {
  const sandbox = await open();
  sandbox.fail({ status: 500 });
  sandbox.fail({ skip: 1, status: 503 });
  expect(await statusesOf(sandbox, 4)).toEqual([500, 200, 503, 200]);
});

test("a fault that lets a request through leaves it to the next one", async () => {
  const sandbox = await open();
  sandbox.fail({ skip: 1, status: 500 });
  sandbox.fail({ status: 503 });
  expect(await statusesOf(sandbox, 3)).toEqual([503, 500, 200]);
});

test.each<[string, Fault, boolean]>([
  ["its method", { method: "GET" }, true],
  ["its method in lower case", { method: "get" }, true],
  ["another method", { method: "POST" }, false],
  ["its path", { path: "/v2/users/a%3D" }, true],
  ["its path decoded", { path: "/v2/users/a=" }, true],
  ["the beginning of its path", { path: "/v2/users" }, false],
  ["a pattern in its path", { path: /users\/a/ }, true],
  ["a pattern in its decoded path", { path: /a=$/ }, true],
  ["another pattern", { path: /^users/ }, false],
  ["its path and another method", { path: "/v2/users/a=", method: "PATCH" }, false],
])("a request is struck by a fault for %s: %j, %s", async (_, fault, isStruck) => {
  const sandbox = await open({ users: [{ id: "a=", email: "a@example.com" }] });
  sandbox.fail({ ...fault, status: 500 });
  expect((await call(sandbox, "GET", "/v2/users/a%3D?x=1")).status).toBe(isStruck ? 500 : 200);
});

test("a path with a broken escape matches as it was sent", async () => {
  const sandbox = await open();
  sandbox.fail({ path: "/v2/users/zz", status: 503 });
  sandbox.fail({ path: "/v2/users/%zz", status: 500 });
  expect((await call(sandbox, "GET", "/v2/users/%zz")).status).toBe(500);
});

test("a pattern with a memory matches every time, and is left as it was", async () => {
  const sandbox = await open();
  const path = /users/g;
  path.lastIndex = 5;
  sandbox.fail({ path, times: 2, status: 500 });
  expect(await statusesOf(sandbox, 2)).toEqual([500, 500]);
  expect(path.lastIndex).toBe(5);
});

test("a fault is copied: it is not changed, and changing it changes nothing", async () => {
  const sandbox = await open();
  const fault: Fault = {
    skip: 1,
    times: 1,
    status: 500,
    headers: { "X-Thing": "a" },
    body: { title: "Old" },
  };
  const before = structuredClone(fault);
  sandbox.fail(fault);
  await call(sandbox, "GET", "/v2/users");
  expect(fault).toEqual(before);
  Object.assign(fault, { status: 400 });
  Object.assign(fault.body ?? {}, { title: "New" });
  expect(await call(sandbox, "GET", "/v2/users")).toMatchObject({ status: 500, body: { title: "Old" } });
});

test("a fault also strikes a request without the key, and takes no token of the rate limit", async () => {
  const sandbox = await open({ rateLimit: { perSecond: 0.001, burst: 1 } });
  sandbox.fail({ times: 2, status: 500 });
  expect((await call(sandbox, "GET", "/v2/users", undefined, { authorization: "" })).status).toBe(500);
  expect(await statusesOf(sandbox, 3)).toEqual([500, 200, 429]);
});

test("a socket dropped before the effect leaves the account as it was", async () => {
  const sandbox = await open();
  sandbox.fail({ socket: "drop" });
  await expect(create(sandbox)).rejects.toThrow("fetch failed");
  expect(sandbox.users()).toEqual([]);
  expect(sandbox.requests).toMatchObject([{ method: "POST", body: newUser() }]);
  expect(sandbox.requests[0]).not.toHaveProperty("status");
});

test("a socket dropped after the effect leaves the user in the account", async () => {
  const sandbox = await open();
  sandbox.fail({ socket: "drop", when: "after" });
  await expect(create(sandbox)).rejects.toThrow("fetch failed");
  expect(sandbox.users()).toMatchObject([{ email: "jane@example.com", status: "invited" }]);
  expect(sandbox.requests[0]).not.toHaveProperty("status");
});

test("a dropped socket sends nothing", async () => {
  const sandbox = await open();
  sandbox.fail({ socket: "drop" });
  expect(await bytesOf(sandbox)).toBe("");
});

test.each([
  ["before", 0],
  ["after", 1],
] as const)("a request stalled %s its effect gets no answer until close ends it", async (when, users) => {
  const sandbox = await open();
  sandbox.fail({ socket: "stall", when, method: "POST" });
  let isSettled = false;
  const pending = create(sandbox).finally(() => {
    isSettled = true;
  });
  const ended = expect(pending).rejects.toThrow("fetch failed");
  await eventually(() => expect(sandbox.requests[0]).toHaveProperty("body"));
  expect(await statusesOf(sandbox, 2)).toEqual([200, 200]);
  expect(isSettled).toBe(false);
  expect(sandbox.users()).toHaveLength(users);
  await sandbox.close();
  await ended;
  expect(sandbox.requests[0]).not.toHaveProperty("status");
});

test("a cut answer has the whole length in its headers and half of the body", async () => {
  const sandbox = await open({ users: 3 });
  const { body } = await call<WirePage>(sandbox, "GET", "/v2/users");
  const whole = JSON.stringify(body);
  sandbox.fail({ socket: "cut" });
  const [head, half] = (await bytesOf(sandbox)).split("\r\n\r\n");
  expect(head).toMatch(/^HTTP\/1.1 200 OK\r\n/);
  expect(head?.toLowerCase()).toContain(`content-length: ${whole.length}\r\n`);
  expect(half).toBe(whole.slice(0, Math.floor(whole.length / 2)));
  expect(sandbox.requests.at(-1)?.status).toBe(200);
});

test("a cut answer is the real one, so that the request took effect", async () => {
  const sandbox = await open();
  sandbox.fail({ socket: "cut" });
  await expect(create(sandbox)).rejects.toThrow("terminated");
  expect(sandbox.users()).toHaveLength(1);
});

test.each([
  ["before", 0],
  ["after", 1],
] as const)("a cut may be of the fault's own answer, %s the effect", async (when, users) => {
  const sandbox = await open();
  sandbox.fail({ socket: "cut", when, status: 500, body: "abcdef" });
  const answer = await fetch(`${sandbox.baseUrl}/v2/users`, {
    method: "POST",
    headers: { ...headersFor(sandbox), "content-type": "application/json" },
    body: JSON.stringify(newUser()),
  });
  expect([answer.status, answer.headers.get("content-length")]).toEqual([500, "6"]);
  await expect(answer.text()).rejects.toThrow("terminated");
  expect(sandbox.users()).toHaveLength(users);
});

test("a body of one character is cut to nothing", async () => {
  const sandbox = await open();
  sandbox.fail({ socket: "cut", status: 500, body: "x" });
  const [head, half] = (await bytesOf(sandbox)).split("\r\n\r\n");
  expect(head).toMatch(/^HTTP\/1.1 500/);
  expect(half).toBe("");
});

test("a stalled body stops half way until close ends it", async () => {
  const sandbox = await open();
  sandbox.fail({ socket: "stall-body", status: 200, body: "abcdef" });
  const answer = await fetch(`${sandbox.baseUrl}/v2/users`, { headers: headersFor(sandbox) });
  expect(answer.headers.get("content-length")).toBe("6");
  const reader = answer.body?.getReader();
  expect(new TextDecoder().decode((await reader?.read())?.value)).toBe("abc");
  const next = expect(reader?.read()).rejects.toThrow("terminated");
  await sandbox.close();
  await next;
});

test("a cut answer without a body is dropped whole", async () => {
  const sandbox = await open({ users: [{ id: "a", email: "a@example.com" }] });
  sandbox.fail({ socket: "cut" });
  await expect(call(sandbox, "DELETE", "/v2/users/a")).rejects.toThrow("fetch failed");
  expect(sandbox.removedUsers()).toHaveLength(1);
  expect(sandbox.requests[0]).not.toHaveProperty("status");
});

test("a stalled body of an answer without one is stalled whole", async () => {
  const sandbox = await open();
  sandbox.fail({ socket: "stall-body", status: 204 });
  const pending = expect(call(sandbox, "GET", "/v2/users")).rejects.toThrow("fetch failed");
  await eventually(() => expect(sandbox.requests).toHaveLength(1));
  expect((await call(sandbox, "GET", "/v2/users")).status).toBe(200);
  await sandbox.close();
  await pending;
});

const circular: Record<string, unknown> = {};
circular["self"] = circular;

test.each<[unknown, typeof TypeError | typeof RangeError, string]>([
  [undefined, TypeError, "fault must be an object, received undefined"],
  [{}, TypeError, "fault must have a status or a socket, received neither"],
  [{ status: 500, statuss: 1 }, TypeError, "fault.statuss is unknown; expected one of method, path"],
  [
    { socket: "explode" },
    TypeError,
    "fault.socket must be one of drop, stall, cut, stall-body, received 'explode'",
  ],
  [
    { socket: "drop", when: "during" },
    TypeError,
    "fault.when must be one of before, after, received 'during'",
  ],
  [{ status: 199 }, RangeError, "fault.status must be a whole number from 200 to 599, received 199"],
  [{ status: 600 }, RangeError, "received 600"],
  [{ status: 200.5 }, RangeError, "received 200.5"],
  [{ status: "500" }, TypeError, "fault.status must be a whole number from 200 to 599, received '500'"],
  [
    { status: 500, socket: "drop" },
    TypeError,
    "fault.status must be left out with the socket drop, received 500",
  ],
  [{ status: 500, socket: "stall" }, TypeError, "fault.status must be left out with the socket stall"],
  [{ socket: "drop", body: "x" }, TypeError, "fault.body must be left out without a status, received 'x'"],
  [{ socket: "cut", headers: {} }, TypeError, "fault.headers must be left out without a status"],
  [{ status: 204, body: "x" }, TypeError, "fault.body must be left out with status 204"],
  [{ status: 304, body: {} }, TypeError, "fault.body must be left out with status 304"],
  [
    { status: 500, body: () => 1 },
    TypeError,
    "fault.body must be a string, or a value that JSON can represent",
  ],
  [
    { status: 500, body: circular },
    TypeError,
    "fault.body must be a string, or a value that JSON can represent",
  ],
  [{ status: 500, headers: "x" }, TypeError, "fault.headers must be an object, received 'x'"],
  [{ status: 500, headers: { a: 1 } }, TypeError, 'fault.headers["a"] must be a string'],
  [{ status: 500, headers: { "a b": "c" } }, TypeError, 'fault.headers["a b"] must be a string'],
  [{ status: 500, headers: { a: "b\nc" } }, TypeError, "that HTTP permits, received 'b\\nc'"],
  [{ status: 500, skip: -1 }, RangeError, "fault.skip must be a whole number of at least 0, received -1"],
  [{ status: 500, skip: "1" }, TypeError, "fault.skip must be a whole number of at least 0, received '1'"],
  [{ status: 500, skip: Infinity }, RangeError, "received Infinity"],
  [
    { status: 500, times: 0 },
    RangeError,
    "fault.times must be a whole number of at least 1, or Infinity, received 0",
  ],
  [{ status: 500, times: 1.5 }, RangeError, "received 1.5"],
  [{ status: 500, times: Number.NaN }, RangeError, "received NaN"],
  [{ status: 500, method: "" }, TypeError, "fault.method must be a non-empty string, received ''"],
  [{ status: 500, path: "v2/users" }, TypeError, "fault.path must be a RegExp, or a path"],
  [{ status: 500, path: "/v2/users?a=1" }, TypeError, "without a query, received '/v2/users?a=1'"],
  [{ status: 500, path: 7 }, TypeError, "received 7"],
])("the fault %j is refused and strikes nothing", async (fault, errorClass, message) => {
  const sandbox = await open();
  const fail = () => callLoosely(sandbox.fail, fault);
  expect(fail).toThrow(errorClass);
  expect(fail).toThrow(message);
  expect(await statusesOf(sandbox, 1)).toEqual([200]);
});

test("a member of a fault that is undefined counts as left out", async () => {
  const sandbox = await open();
  callLoosely(sandbox.fail, {
    status: 500,
    socket: undefined,
    path: undefined,
    body: undefined,
    oops: undefined,
  });
  expect(await statusesOf(sandbox, 2)).toEqual([500, 200]);
});
