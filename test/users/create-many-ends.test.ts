import type { ArizeClientOptions, BulkUserCreationResult } from "ax-users";
import { expect, test } from "vitest";
import { deferred } from "../helpers/deferred.ts";
import { WIRE_CASE } from "../helpers/dialect.ts";
import { openAccount } from "../helpers/sandbox.ts";
import { json, startServer, wireUser } from "../helpers/server.ts";
import { virtualClient } from "../helpers/virtual-client.ts";
import { NEW_USER } from "../transport/scripted-server.ts";

/** How a call of createMany comes to its end before all of its users were asked for. */

const roster = (...names: string[]) => names.map((name) => ({ ...NEW_USER, email: `${name}@x.io` }));
const statuses = (results: readonly BulkUserCreationResult[]) => results.map(({ status }) => status);

const created = (body: string) => ({
  ...wireUser({ email: JSON.parse(body).email }),
  invite_mode: "email_link",
});
const taken = { title: "Resource conflict", status: 409 };

/** Answers a request after so long, by a virtual clock. */
type Answer = (request: { method: string; email: string; body: string }) => {
  afterMs?: number;
  status: number;
  headers?: Record<string, string>;
  body?: unknown;
};

/** A client of such a server. */
function virtual(answer: Answer, options: ArizeClientOptions = {}) {
  const seen: string[] = [];
  const fetch: typeof globalThis.fetch = async (input, { method = "", body } = {}) => {
    const text = String(body ?? "{}");
    const email: string = new URL(String(input)).searchParams.get("email") ?? JSON.parse(text).email;
    seen.push(`${method} ${email}`);
    const { afterMs = 0, status, headers = {}, body: said } = answer({ method, email, body: text });
    if (afterMs > 0) await new Promise<void>((resolve) => clock.after(afterMs, resolve));
    return new Response(JSON.stringify(said ?? {}), { status, headers });
  };
  const { client, clock } = virtualClient({ enumCase: "lower", ...options, fetch });
  return { clock, client, seen };
}

test("after a 401 nothing more is sent, and the rest say that they were not attempted", async () => {
  const server = await startServer(({ body }, response) =>
    JSON.parse(body).email === "b@x.io"
      ? json(response, 401, { title: "Authentication required" })
      : json(response, 201, created(body)),
  );
  const { users } = server.client({ enumCase: WIRE_CASE });
  const results = await users.createMany({ users: roster("a", "b", "c", "d"), concurrency: 1 });
  expect(results).toMatchObject([
    { status: "created" },
    {
      status: "failed",
      attempted: expect.any(Boolean),
      outcome: expect.any(String),
      error: expect.stringMatching(/^POST .*HTTP 401/),
      cause: { status: 401 },
    },
    {
      status: "failed",
      attempted: false,
      outcome: "not_applied",
      error: "not attempted: the API key was rejected",
      cause: { status: 401 },
    },
    {
      status: "failed",
      attempted: false,
      outcome: "not_applied",
      error: "not attempted: the API key was rejected",
      cause: { status: 401 },
    },
  ]);
  expect(server.seen).toHaveLength(2);
});

test("creates in flight when a 401 comes are waited for, and told as they ended", async () => {
  const answer = deferred();
  const server = await startServer(async ({ body }, response) => {
    if (JSON.parse(body).email === "a@x.io") await answer.promise;
    else setImmediate(answer.resolve);
    if (JSON.parse(body).email === "a@x.io") return json(response, 201, created(body));
    return json(response, 401, { title: "Authentication required" });
  });
  const { users } = server.client({ enumCase: WIRE_CASE });
  const results = await users.createMany({ users: roster("a", "b", "c"), concurrency: 2 });
  expect(statuses(results)).toEqual(["created", "failed", "failed"]);
  expect(server.seen).toHaveLength(2);
});

test("a 403 does not end it", async () => {
  const server = await startServer((_, response) => json(response, 403, { title: "no" }));
  const { users } = server.client({ enumCase: WIRE_CASE });
  const results = await users.createMany({ users: roster("a", "b", "c"), concurrency: 1 });
  expect(statuses(results)).toEqual(["failed", "failed", "failed"]);
  expect(server.seen).toHaveLength(3);
});

test.each([
  [
    "refuses the key to",
    { status: 401, body: { title: "Authentication required", status: 401 } },
    "the API key was rejected",
  ],
  [
    "goes on refusing",
    { status: 429, headers: { "retry-after": "1" } },
    "the server kept rejecting requests (HTTP 429)",
  ],
  [
    "asks for too long a pause after",
    { status: 503, headers: { "retry-after": "3600" } },
    "the server asked for a longer pause than the call may wait (HTTP 503)",
  ],
])("a server that %s the look-up after a 409 ends it, too", async (_, answer, why) => {
  const { clock, client, seen } = virtual(({ method }) =>
    method === "GET" ? answer : { status: 409, body: taken },
  );
  const names = Array.from({ length: 100 }, (_, index) => `u${index}`);
  const results = await clock.run(client.users.createMany({ users: roster(...names), concurrency: 1 }));
  const failures = results.flatMap((result) => (result.status === "failed" ? [result] : []));
  expect(failures).toHaveLength(100);
  const sent = failures.filter(({ email }) => seen.includes(`POST ${email}`));
  for (const { cause } of sent)
    expect(cause).toMatchObject({
      name: "ConflictError",
      message: expect.stringMatching(/could not be looked/),
    });
  expect(sent[0]?.cause).toMatchObject({ cause: { status: answer.status } });
  const rest = failures.filter((result) => !sent.includes(result));
  expect(rest.length).toBeGreaterThan(0);
  for (const { error } of rest) expect(error).toBe(`not attempted: ${why}`);
  expect(clock.pending).toEqual([]);
});

test("an abort sends nothing more, waits for what is in flight, and gives every result", async () => {
  const controller = new AbortController();
  const answer = deferred();
  const server = await startServer(async ({ body }, response) => {
    controller.abort("enough");
    await answer.promise;
    json(response, 201, created(body));
  });
  const { signal } = controller;
  const { users } = server.client({ enumCase: WIRE_CASE });
  const call = users.createMany({ users: roster("a", "b", "c"), concurrency: 1 }, { signal });
  let settled = false;
  void call.finally(() => {
    settled = true;
  });
  await new Promise<void>((resolve) => signal.addEventListener("abort", () => setImmediate(resolve)));
  expect(settled).toBe(false);
  answer.resolve();
  const rest = {
    status: "failed",
    attempted: false,
    outcome: "not_applied",
    error: "not attempted: the call was aborted",
    cause: "enough",
  };
  expect(await call).toEqual([
    { email: "a@x.io", status: "created", user: expect.objectContaining({ email: "a@x.io" }) },
    { email: "b@x.io", ...rest },
    { email: "c@x.io", ...rest },
  ]);
  expect(server.seen).toHaveLength(1);
});

test("a look-up after a 409 that an abort leaves no time for is a ConflictError, not a user not attempted", async () => {
  const controller = new AbortController();
  const { clock, client, seen } = virtual(() => ({ status: 409, body: taken }), {
    onEvent: (event) => event.type === "response" && controller.abort("enough"),
  });
  const { signal } = controller;
  const results = await clock.run(
    client.users.createMany({ users: roster("a", "b"), concurrency: 1 }, { signal }),
  );
  expect(results).toMatchObject([
    {
      status: "failed",
      attempted: expect.any(Boolean),
      outcome: expect.any(String),
      error: expect.stringMatching(/^POST \/v2\/users: HTTP 409 .* could not be looked up\.$/),
      cause: { name: "ConflictError", status: 409, outcome: "not_applied", cause: "enough" },
    },
    {
      status: "failed",
      attempted: false,
      outcome: "not_applied",
      error: "not attempted: the call was aborted",
      cause: "enough",
    },
  ]);
  expect(seen).toEqual(["POST a@x.io"]);
});

test("an abort ends the wait for a look-up after a 409 at once, and that is a ConflictError, too", async () => {
  const controller = new AbortController();
  const { clock, client, seen } = virtual(({ method }) => ({
    status: method === "GET" ? 502 : 409,
    body: taken,
  }));
  clock.after(1, () => controller.abort("enough"));
  const { signal } = controller;
  const results = await clock.run(client.users.createMany({ users: roster("a") }, { signal }));
  expect(results).toMatchObject([
    {
      status: "failed",
      attempted: expect.any(Boolean),
      outcome: expect.any(String),
      cause: { name: "ConflictError", outcome: "not_applied", cause: { status: 502 } },
    },
  ]);
  expect(seen).toEqual(["POST a@x.io", "GET a@x.io"]);
  expect(Math.round(clock.now())).toBe(1);
  expect(clock.pending).toEqual([]);
});

test("whoever was just let in when an abort comes is not sent", async () => {
  const controller = new AbortController();
  const { clock, client, seen } = virtual(() => ({ status: 403 }), {
    onEvent: ({ type }) => type === "failed" && controller.abort("enough"),
  });
  const { signal } = controller;
  const results = await clock.run(
    client.users.createMany({ users: roster("a", "b"), concurrency: 1 }, { signal }),
  );
  expect(seen).toEqual(["POST a@x.io"]);
  expect(results).toMatchObject([
    { status: "failed", attempted: expect.any(Boolean), outcome: expect.any(String), cause: { status: 403 } },
    {
      status: "failed",
      attempted: false,
      outcome: "not_applied",
      error: "not attempted: the call was aborted",
    },
  ]);
});

test("a request whose outcome is unknown when the abort comes is told as that, not as not attempted", async () => {
  const controller = new AbortController();
  const { clock, client, seen } = virtual(() => ({ status: 502 }), {
    onEvent: ({ type }) => type === "retry" && controller.abort("enough"),
  });
  const { signal } = controller;
  const results = await clock.run(
    client.users.createMany({ users: roster("a", "b"), concurrency: 1 }, { signal }),
  );
  expect(results).toMatchObject([
    {
      status: "failed",
      attempted: expect.any(Boolean),
      outcome: expect.any(String),
      cause: { status: 502, outcome: "unknown", attempts: 1 },
    },
    {
      status: "failed",
      attempted: false,
      outcome: "not_applied",
      error: "not attempted: the call was aborted",
    },
  ]);
  expect(seen).toHaveLength(1);
});

test("an aborted signal: every address has its result, and nothing is sent", async () => {
  const { sandbox, users } = await openAccount();
  const given = [...roster("a", "b", "A"), { ...NEW_USER, email: "nope" }];
  const results = await users.createMany({ users: given }, { signal: AbortSignal.abort() });
  expect(results).toMatchObject([
    { email: "a@x.io", error: "not attempted: the call was aborted", cause: { name: "AbortError" } },
    { email: "b@x.io", error: "not attempted: the call was aborted" },
    { email: "nope", cause: { name: "ValidationError" } },
  ]);
  expect(sandbox.requests).toEqual([]);
});

test("the deadline waits for what is in flight and leaves the rest not attempted, with a TimeoutError", async () => {
  const { clock, client, seen } = virtual(({ body }) => ({ afterMs: 25, status: 201, body: created(body) }));
  const results = await clock.run(
    client.users.createMany({ users: roster("a", "b", "c", "d"), concurrency: 1 }, { deadlineMs: 40 }),
  );
  expect(statuses(results)).toEqual(["created", "created", "failed", "failed"]);
  for (const result of results.slice(2)) {
    expect(result).toMatchObject({
      error: "not attempted: the deadline has passed (deadlineMs: 40)",
      cause: { name: "TimeoutError", outcome: "not_applied", attempts: 0 },
    });
  }
  expect(seen).toHaveLength(2);
  expect([clock.now(), clock.pending]).toEqual([50, []]);
});

test("a look-up after a 409 that the deadline leaves no time for is a ConflictError", async () => {
  const { clock, client, seen } = virtual(() => ({ afterMs: 50, status: 409, body: taken }));
  const results = await clock.run(client.users.createMany({ users: roster("a") }, { deadlineMs: 40 }));
  expect(results).toMatchObject([
    {
      status: "failed",
      attempted: expect.any(Boolean),
      outcome: expect.any(String),
      cause: { name: "ConflictError", cause: { name: "TimeoutError" } },
    },
  ]);
  expect(seen).toEqual(["POST a@x.io"]);
});

test("a wait that the server asks for uses up none of the retries after it", async () => {
  const answers = [429, 503, 502].map((status) => ({
    status,
    headers: status === 502 ? {} : { "retry-after": "1" },
  }));
  const { clock, client, seen } = virtual(
    ({ body }) => answers.shift() ?? { status: 201, body: created(body) },
    {
      maxRetries: 1,
    },
  );
  const results = await clock.run(client.users.createMany({ users: roster("a") }));
  expect(statuses(results)).toEqual(["created"]);
  expect(seen).toHaveLength(4);
});

test("a rate limit slows it down and fails nobody, not even with maxRetries 0", async () => {
  let tokens = 5;
  const { clock, client } = virtual(
    ({ body }) => {
      tokens -= 1;
      if (tokens >= 0) return { afterMs: 20, status: 201, body: created(body) };
      clock.after(900, () => {
        tokens = 5;
      });
      return { afterMs: 20, status: 429, headers: { "retry-after": "1" } };
    },
    { maxRetries: 0 },
  );
  const names = Array.from({ length: 60 }, (_, index) => `u${index}`);
  const results = await clock.run(client.users.createMany({ users: roster(...names) }));
  expect(results.map(({ email, status }) => `${status} ${email}`)).toEqual(
    names.map((name) => `created ${name}@x.io`),
  );
  expect(clock.pending).toEqual([]);
});
