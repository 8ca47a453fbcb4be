import { connect } from "node:net";
import { startSandbox } from "ax-users/testing";
import { expect, onTestFinished, test, vi } from "vitest";
import { eventually } from "../helpers/eventually.ts";
import { turn } from "../helpers/virtual-clock.ts";
import { call, newUser, open, type WireProblem } from "./helpers.ts";

test.each([
  ["no key", undefined],
  ["another key", "Bearer other"],
  ["the key without its scheme", "sandbox-key"],
  ["the key in another scheme", "Basic sandbox-key"],
])("a request with %s gives 401 and takes no effect", async (_, authorization) => {
  const sandbox = await open();
  const answer = await fetch(`${sandbox.baseUrl}/v2/users`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(authorization && { authorization }) },
    body: JSON.stringify(newUser()),
  });
  expect(answer.status).toBe(401);
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  expect(await answer.json()).toEqual({
    type: "https://arize.com/docs/ax/rest-reference/errors#authentication-required",
    title: "Authentication required",
    status: 401,
    detail: "You must be authenticated to access this resource.",
    instance: "/v2/users",
  });
  expect(sandbox.users()).toEqual([]);
});

test("the key may be chosen", async () => {
  const sandbox = await open({ apiKey: "mine" });
  expect(sandbox.apiKey).toBe("mine");
  expect((await call(sandbox, "GET", "/v2/users")).status).toBe(200);
  const headers = { authorization: "Bearer sandbox-key" };
  expect((await call(sandbox, "GET", "/v2/users", undefined, headers)).status).toBe(401);
});

test.each([
  "/",
  "/v2",
  "/v2/users/",
  "/v2%2Fusers",
  "/v2/spaces",
  "/v2/organizations/",
  "/v2/organizations/a/b",
  "/v2/organizations/a/users/b/c",
  "/v2/users/a/b",
  "/v2/users//reset-password",
  "/v2/users/a/reset-password/b",
])("there is no resource at %s", async (path) => {
  const { status, body } = await call<WireProblem>(await open(), "GET", path);
  expect(status).toBe(404);
  expect(body).toMatchObject({ status: 404, title: "Resource not found", instance: path });
});

test("a route that does not exist is kept from those without the key", async () => {
  const { status } = await call(await open(), "GET", "/nowhere", undefined, { authorization: "" });
  expect(status).toBe(401);
});

test.each([
  ["PUT", "/v2/users", "GET, POST"],
  ["POST", "/v2/users/a", "GET, PATCH, DELETE"],
  ["GET", "/v2/users/a/resend-invitation", "POST"],
  ["DELETE", "/v2/users/a/reset-password", "POST"],
  ["PUT", "/v2/organizations", "GET, POST"],
  ["POST", "/v2/organizations/a", "GET, PATCH, DELETE"],
  ["GET", "/v2/organizations/a/users", "POST"],
  ["GET", "/v2/organizations/a/users/b", "DELETE"],
])("%s %s gives 405 and says what is allowed", async (method, path, allow) => {
  const { status, headers, body } = await call<WireProblem>(await open(), method, path);
  expect(status).toBe(405);
  expect(headers.get("allow")).toBe(allow);
  expect(headers.get("content-type")).toBe("application/problem+json");
  expect(body).toMatchObject({ status: 405, title: "Method not allowed" });
});

test("a path with a broken escape gives 400, with an instance that is a URI reference all the same", async () => {
  const sandbox = await open();
  const { status, body } = await call<WireProblem>(sandbox, "GET", "/v2/users/%zz|%C3%A4");
  expect(status).toBe(400);
  expect(body.instance).toBe("/v2/users/%25zz%7C%C3%A4");
  expect((await call(sandbox, "GET", "/nowhere/%zz")).status).toBe(400);
});

test("the key, faults and the rate limit hold for organizations as well", async () => {
  const sandbox = await open({ rateLimit: { perSecond: 0.001, burst: 1 } });
  const create = (name: string, headers?: Record<string, string>) =>
    call(sandbox, "POST", "/v2/organizations", { name }, headers);
  expect((await create("A", { authorization: "" })).status).toBe(401);
  sandbox.fail({ path: "/v2/organizations", status: 503 });
  expect((await create("B")).status).toBe(503);
  expect((await create("C")).status).toBe(201);
  expect((await create("D")).status).toBe(429);
  expect(sandbox.organizations()).toMatchObject([{ name: "C" }]);
});

test("every answer carries its own request ID", async () => {
  const sandbox = await open();
  sandbox.fail({ path: "/fault", status: 500 });
  const replies = [
    await call(sandbox, "GET", "/v2/users"),
    await call(sandbox, "GET", "/v2/users", undefined, { authorization: "" }),
    await call(sandbox, "GET", "/fault"),
  ];
  expect(replies.map(({ headers }) => headers.get("x-request-id"))).toEqual(["req_1", "req_2", "req_3"]);
});

test("what was received can be read back, in order", async () => {
  const sandbox = await open();
  const before = Date.now();
  await call(sandbox, "POST", "/v2/users?a=1&a=%2B?", newUser(), { "X-Thing": "yes" });
  await call(sandbox, "PATCH", "/v2/users/a%2Fb", "not JSON");
  await call(sandbox, "DELETE", "/v2/users/c");
  const [first, second, third] = sandbox.requests;
  expect(first).toMatchObject({ method: "POST", path: "/v2/users", body: newUser(), status: 201 });
  expect(first?.query.getAll("a")).toEqual(["1", "+?"]);
  expect(first?.headers).toMatchObject({ "x-thing": "yes", authorization: "Bearer sandbox-key" });
  expect(second).toMatchObject({ method: "PATCH", path: "/v2/users/a%2Fb", body: "not JSON", status: 404 });
  expect(third).toMatchObject({ method: "DELETE", path: "/v2/users/c", status: 404 });
  expect(third).not.toHaveProperty("body");
  expect(third?.query.size).toBe(0);
  const times = sandbox.requests.map(({ receivedAtMs }) => receivedAtMs);
  expect(times).toEqual(times.toSorted((one, other) => one - other));
  // The two clocks may differ by what the system clock was corrected since the process began.
  expect(times[0]).toBeGreaterThan(before - 5000);
  expect(times.at(-1)).toBeLessThan(Date.now() + 5000);
});

/** The timers of this length: none of them fires before its time, which a test brings about. */
function watchTimers(ms: number) {
  const started = vi.spyOn(globalThis, "setTimeout");
  const cleared = vi.spyOn(globalThis, "clearTimeout");
  onTestFinished(() => void vi.restoreAllMocks());
  const timers = () =>
    started.mock.calls.flatMap(([action, delayMs], index) =>
      delayMs === ms ? [{ fire: () => action(), handle: started.mock.results[index]?.value }] : [],
    );
  const isCleared = (index: number) =>
    cleared.mock.calls.some(([timer]) => timer !== undefined && timer === timers()[index]?.handle);
  return { timers, isCleared };
}

const LATENCY_MS = 54_321;

test("a request takes effect before its latency, and is answered after it", async () => {
  const { timers } = watchTimers(LATENCY_MS);
  const sandbox = await open({ latencyMs: LATENCY_MS });
  let isAnswered = false;
  const pending = call(sandbox, "POST", "/v2/users", newUser()).finally(() => {
    isAnswered = true;
  });
  await eventually(() => expect(timers()).toHaveLength(1));
  expect(sandbox.users()).toHaveLength(1);
  await turn();
  expect(isAnswered).toBe(false);
  timers()[0]?.fire();
  expect((await pending).status).toBe(201);
});

test("a client that leaves during the latency is not answered", async () => {
  const { timers, isCleared } = watchTimers(LATENCY_MS);
  const sandbox = await open({ latencyMs: LATENCY_MS });
  const abort = new AbortController();
  const pending = fetch(`${sandbox.baseUrl}/v2/users`, { signal: abort.signal });
  await eventually(() => expect(timers()).toHaveLength(1));
  abort.abort();
  await expect(pending).rejects.toThrow("aborted");
  await eventually(() => expect(isCleared(0)).toBe(true));
  const other = call(sandbox, "GET", "/v2/users");
  await eventually(() => expect(timers()).toHaveLength(2));
  timers()[1]?.fire();
  await other;
  expect(sandbox.requests.map(({ status }) => status)).toEqual([undefined, 200]);
});

test("a request whose body ends early takes no effect", async () => {
  const sandbox = await open({ users: 1 });
  const socket = connect(Number(new URL(sandbox.baseUrl).port), "127.0.0.1");
  const head = [
    "DELETE /v2/users/VXNlcjox HTTP/1.1",
    "Host: localhost",
    `Authorization: Bearer ${sandbox.apiKey}`,
  ];
  socket.write([...head, "Content-Length: 500", "", "the beginning"].join("\r\n"));
  await eventually(() => expect(sandbox.requests).toHaveLength(1));
  socket.destroy();
  expect((await call(sandbox, "GET", "/v2/users")).status).toBe(200);
  expect(sandbox.users()).toHaveLength(1);
  expect(sandbox.requests[0]).not.toHaveProperty("body");
  expect(sandbox.requests[0]).not.toHaveProperty("status");
});

test("close leaves no answer waiting for its latency", async () => {
  const { timers, isCleared } = watchTimers(LATENCY_MS);
  const sandbox = await open({ latencyMs: LATENCY_MS });
  const pending = expect(call(sandbox, "GET", "/v2/users")).rejects.toThrow("fetch failed");
  await eventually(() => expect(timers()).toHaveLength(1));
  await sandbox.close();
  await pending;
  await eventually(() => expect(isCleared(0)).toBe(true));
});

test("the lists of users are copies", async () => {
  const sandbox = await open({ users: 1 });
  const [user] = sandbox.users();
  if (user) Object.assign(user.role, { name: "annotator" });
  expect(sandbox.users()[0]?.role).toEqual({ type: "predefined", name: "admin" });
});

test("close ends idle connections, and may be called again", async () => {
  const sandbox = await startSandbox();
  const socket = connect(Number(new URL(sandbox.baseUrl).port), "127.0.0.1");
  const ended = new Promise((resolve) => socket.once("close", resolve));
  await new Promise((resolve) => socket.once("connect", resolve));
  await call(sandbox, "GET", "/v2/users");
  await Promise.all([sandbox.close(), sandbox.close()]);
  await sandbox.close();
  await ended;
  await expect(fetch(sandbox.baseUrl)).rejects.toThrow("fetch failed");
});

test("a sandbox closes at the end of the scope that uses it", async () => {
  let baseUrl: string;
  {
    await using sandbox = await startSandbox();
    baseUrl = sandbox.baseUrl;
    expect((await call(sandbox, "GET", "/v2/users")).status).toBe(200);
  }
  await expect(fetch(baseUrl)).rejects.toThrow("fetch failed");
});

test("a port may be chosen, and one that is taken is refused", async () => {
  const { baseUrl } = await open();
  const port = Number(new URL(baseUrl).port);
  await expect(startSandbox({ port })).rejects.toThrow("EADDRINUSE");
});

test("the example of startSandbox gives what it says", async () => {
  const sandbox = await startSandbox({ users: 120 });
  sandbox.fail({ method: "GET", status: 503 });
  const headers = { authorization: `Bearer ${sandbox.apiKey}` };
  const statuses: number[] = [];
  for (let attempt = 1; attempt <= 2; attempt += 1) {
    const answer = await fetch(`${sandbox.baseUrl}/v2/users?email=lovelace`, { headers });
    statuses.push(answer.status);
  }
  await sandbox.close();
  expect(statuses).toEqual([503, 200]);
});
