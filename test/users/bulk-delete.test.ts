import { ArizeClient, type BulkDeleteProgress, type BulkUserDeletionResult, ValidationError } from "ax-users";
import type { SeedUser } from "ax-users/testing";
import fc from "fast-check";
import { expect, expectTypeOf, onTestFinished, test } from "vitest";
import { BAD_CALLBACKS } from "../helpers/bad-callbacks.ts";
import { deferred } from "../helpers/deferred.ts";
import { writeBody } from "../helpers/dialect.ts";
import { runs } from "../helpers/full.ts";
import { openAccount } from "../helpers/sandbox.ts";
import { json, rejection, startServer, wirePage, wireUser } from "../helpers/server.ts";
import { clientWith } from "../helpers/virtual-client.ts";
import { VirtualClock } from "../helpers/virtual-clock.ts";

const startAccount = (users: SeedUser[]) => openAccount({ users });

const numbered = (count: number): SeedUser[] =>
  Array.from({ length: count }, (_, index) => ({ id: `id${index}`, email: `user${index}@example.com` }));

const deletes = (requests: readonly { method: string; path: string }[]) =>
  requests.filter(({ method }) => method === "DELETE").map(({ path }) => path.replace("/v2/users/", ""));

test("one result for each target, in the order first named: IDs, then emails", async () => {
  const { users, sandbox } = await startAccount(numbered(5));
  const results = await users.bulkDelete({
    userIds: ["id3", "gone", "id1"],
    emails: ["user4@example.com", "nobody@example.com", "user0@example.com"],
  });
  expect(results).toEqual([
    { userId: "id3", status: "deleted" },
    { userId: "gone", status: "not_found", error: expect.any(String) },
    { userId: "id1", status: "deleted" },
    { userId: "id4", email: "user4@example.com", status: "deleted" },
    { email: "nobody@example.com", status: "not_found", error: expect.any(String) },
    { userId: "id0", email: "user0@example.com", status: "deleted" },
  ]);
  expect(sandbox.users().map(({ id }) => id)).toEqual(["id2"]);
});

test("a target named twice is one target and one DELETE", async () => {
  const { users, sandbox } = await startAccount(numbered(4));
  const results = await users.bulkDelete({
    userIds: ["id0", "id1", "id0", " id0 "],
    emails: ["USER1@example.com", "user2@example.com", " User2@Example.com", "user1@example.com"],
  });
  expect(results).toEqual([
    { userId: "id0", status: "deleted" },
    { userId: "id1", email: "USER1@example.com", status: "deleted" },
    { userId: "id2", email: "user2@example.com", status: "deleted" },
  ]);
  expect(deletes(sandbox.requests).sort()).toEqual(["id0", "id1", "id2"]);
});

test("an ID without its padding and an address of one user are one target", async () => {
  const seed = { id: "VXNlcjoxMjM0NQ==", email: "ada@example.com" };
  const { users, sandbox } = await startAccount([seed]);
  sandbox.fail({ method: "DELETE", path: "/v2/users/VXNlcjoxMjM0NQ", status: 204, times: 2 });
  for (const userIds of [["VXNlcjoxMjM0NQ"], ["VXNlcjoxMjM0NQ", "VXNlcjoxMjM0NQ=="]]) {
    const before = sandbox.requests.length;
    const [result, ...others] = await users.bulkDelete({ userIds, emails: ["ada@example.com"] });
    expect(result).toMatchObject({ userId: "VXNlcjoxMjM0NQ", email: "ada@example.com" });
    expect(others).toEqual([]);
    expect(deletes(sandbox.requests.slice(before))).toEqual(["VXNlcjoxMjM0NQ"]);
  }
});

test("the caller's arrays are not touched, and may change during the call", async () => {
  const { users } = await startAccount(numbered(3));
  const userIds = ["id0", "id0"];
  const emails = ["USER1@example.com"];
  const call = users.bulkDelete({ userIds, emails });
  expect([userIds, emails]).toEqual([["id0", "id0"], ["USER1@example.com"]]);
  userIds.push("id2");
  emails.length = 0;
  expect(await call).toHaveLength(2);
  await users.bulkDelete(Object.freeze({ userIds: Object.freeze(["id2"]), emails: Object.freeze([]) }));
});

test.each([
  ["a 403", { status: 403 }, "PermissionDeniedError"],
  ["a 409", { status: 409 }, "ConflictError"],
  ["a 500 with an empty body", { status: 500 }, "ServerError"],
  ["a 502 with an empty body", { status: 502 }, "ServerError"],
  ["a page of somebody else's", { status: 200, body: "<html>" }, "UnexpectedResponseError"],
  ["a dropped connection", { socket: "drop" }, "ConnectionError"],
] as const)("%s is its target's own failure, and the others go on", async (_, fault, name) => {
  const { users, sandbox } = await startAccount(numbered(4));
  sandbox.fail({ method: "DELETE", path: "/v2/users/id1", ...fault });
  const results = await users.bulkDelete({ userIds: ["id0", "id1", "id2"], emails: ["user3@example.com"] });
  expect(results.map(({ status }) => status)).toEqual(["deleted", "failed", "deleted", "deleted"]);
  expect(results[1]).toMatchObject({
    userId: "id1",
    error: expect.stringMatching(/^DELETE \/v2\/users\/id1: /),
    cause: { name },
  });
  expect(JSON.stringify(results[1])).not.toContain("\\n");
});

test("a failing look-up is its target's own failure, and the others go on", async () => {
  const server = await startServer((request, response) => {
    const email = request.query.get("email");
    if (request.method === "DELETE") return response.writeHead(204).end();
    if (email === "bad@x.io") return response.writeHead(502).end();
    return json(response, 200, wirePage([wireUser({ id: `id-${email}`, email })]));
  });
  const results = await server
    .client()
    .users.bulkDelete({ userIds: ["id1"], emails: ["bad@x.io", "ok@x.io"] });
  expect(results).toEqual([
    { userId: "id1", status: "deleted" },
    {
      email: "bad@x.io",
      status: "failed",
      attempted: expect.any(Boolean),
      outcome: expect.any(String),
      error: expect.stringMatching(/^GET \/v2\/users: HTTP 502/),
      cause: expect.objectContaining({ status: 502 }),
    },
    { userId: "id-ok@x.io", email: "ok@x.io", status: "deleted" },
  ]);
});

test("where the list cannot be read, each address is looked up", async () => {
  const server = await startServer((request, response) => {
    const email = request.query.get("email");
    if (request.method === "DELETE") return response.writeHead(204).end();
    if (email === null) return response.writeHead(502).end();
    return json(response, 200, wirePage([wireUser({ id: `id-${email}`, email })]));
  });
  const results = await server.client().users.bulkDelete({ emails: ["a@x.io", "b@x.io", "c@x.io"] });
  expect(results.map(({ userId, status }) => [userId, status])).toEqual([
    ["id-a@x.io", "deleted"],
    ["id-b@x.io", "deleted"],
    ["id-c@x.io", "deleted"],
  ]);
});

test("two users with one address: nobody is deleted for it", async () => {
  const twins = [wireUser({ id: "u1", email: "ann@x.io" }), wireUser({ id: "u2", email: "Ann@x.io" })];
  const server = await startServer((request, response) =>
    request.method === "DELETE" ? response.writeHead(204).end() : json(response, 200, wirePage(twins)),
  );
  const [result] = await server.client().users.bulkDelete({ emails: ["ann@x.io"] });
  expect(result).toMatchObject({
    email: "ann@x.io",
    status: "failed",
    attempted: expect.any(Boolean),
    outcome: expect.any(String),
    cause: { name: "AmbiguousMatchError", matchingIds: ["u1", "u2"] },
  });
  expect(deletes(server.seen)).toEqual([]);
});

test.each(["..", ".", "", " "])(
  "an ID %j that a server gives for an address leads to no other path",
  async (id) => {
    const server = await startServer((request, response) =>
      request.method === "GET"
        ? json(response, 200, wirePage([wireUser({ id, email: "ann@x.io" })]))
        : response.writeHead(204).end(),
    );
    const [result] = await server.client().users.bulkDelete({ emails: ["ann@x.io"] });
    expect(result).toMatchObject({
      email: "ann@x.io",
      status: "failed",
      attempted: false,
      outcome: "not_applied",
      cause: { name: "ValidationError" },
    });
    expect(deletes(server.seen)).toEqual([]);
  },
);

test("64 look-ups at once make no warning of a leak", async () => {
  const warnings: Error[] = [];
  const listen = (warning: Error) => warnings.push(warning);
  process.on("warning", listen);
  onTestFinished(() => {
    process.off("warning", listen);
  });
  const server = await startServer((request, response) => {
    const email = request.query.get("email");
    json(response, 200, email ? wirePage([]) : wirePage([], `c${server.seen.length}`));
  });
  const { signal } = new AbortController();
  const emails = Array.from({ length: 64 }, (_, index) => `u${index}@x.io`);
  await server.client().users.bulkDelete({ emails, concurrency: 64 }, { signal });
  await Promise.all(emails.map((email) => server.client().users.findByEmail(email, { signal })));
  await new Promise((resolve) => setImmediate(resolve));
  expect(warnings).toEqual([]);
});

test("a malformed target fails without a request, in its place", async () => {
  const { users, sandbox } = await startAccount(numbered(2));
  const results = await users.bulkDelete({
    userIds: ["", "id0", " ", ".", "..", "\ud800"],
    emails: ["nope", "", "a b@x.io", "user1@example.com"],
  });
  expect(results.map(({ userId, email, status }) => [userId, email, status])).toEqual([
    ["", undefined, "failed"],
    ["id0", undefined, "deleted"],
    [".", undefined, "failed"],
    ["..", undefined, "failed"],
    ["\ud800", undefined, "failed"],
    [undefined, "nope", "failed"],
    [undefined, "", "failed"],
    [undefined, "a b@x.io", "failed"],
    ["id1", "user1@example.com", "deleted"],
  ]);
  for (const result of results.filter(({ status }) => status === "failed")) {
    expect(result).toMatchObject({
      cause: { name: "ValidationError" },
      error: expect.stringMatching(/^users\.bulkDelete: .* must /),
    });
  }
  expect(sandbox.requests).toHaveLength(3);
});

test.each<[string, unknown, RegExp]>([
  ["nothing", undefined, /params must be an object, received undefined/],
  ["no target", {}, /userIds or emails is required/],
  ["a string for userIds", { userIds: "abc" }, /userIds must be an array of strings, received "abc"/],
  ["a string for emails", { emails: "a@x.io" }, /emails must be an array of strings/],
  [
    "null for userIds",
    { userIds: null, emails: ["a@x.io"] },
    /userIds must be an array of strings, received null/,
  ],
  ["a Set", { userIds: new Set(["a"]) }, /userIds must be an array of strings/],
  [
    "concurrency 0",
    { userIds: ["a"], concurrency: 0 },
    /concurrency must be a whole number from 1 to 64, received 0/,
  ],
  ["concurrency 65", { userIds: ["a"], concurrency: 65 }, /concurrency must be/],
  ["concurrency 1.5", { userIds: ["a"], concurrency: 1.5 }, /concurrency must be/],
  ["concurrency NaN", { userIds: ["a"], concurrency: Number.NaN }, /received NaN/],
  ["concurrency as a string", { userIds: ["a"], concurrency: "8" }, /received "8"/],
  ["an onProgress that is none", { userIds: ["a"], onProgress: true }, /onProgress must be a function/],
  [
    "a misspelt name",
    { userIds: ["a"], email: ["a@x.io"] },
    /unknown argument "email"; expected one of userIds, emails/,
  ],
])("%s is refused before any request", async (_, params, message) => {
  const { users, sandbox } = await startAccount([]);
  const error = await rejection(users.bulkDelete(params as object));
  expect(error).toBeInstanceOf(ValidationError);
  expect(error).toHaveProperty("message", expect.stringMatching(message));
  expect(sandbox.requests).toEqual([]);
});

test.each([
  [1, 1],
  [3, 3],
  [64, 64],
])("with concurrency %s there are at most %d requests in flight", async (concurrency, most) => {
  let inFlight = 0;
  let peak = 0;
  const full = deferred();
  const server = await startServer(async (_, response) => {
    inFlight += 1;
    peak = Math.max(peak, inFlight);
    if (inFlight === most) full.resolve();
    await full.promise;
    await new Promise((resolve) => setImmediate(resolve));
    inFlight -= 1;
    response.writeHead(204).end();
  });
  const userIds = Array.from({ length: 200 }, (_, index) => `id${index}`);
  const results = await server.client().users.bulkDelete({ userIds, concurrency });
  expect(results.every(({ status }) => status === "deleted")).toBe(true);
  expect(peak).toBe(most);
});

test("look-ups keep to the concurrency, too, and all end before the first delete", async () => {
  let inFlight = 0;
  let peak = 0;
  const server = await startServer(async (request, response) => {
    inFlight += 1;
    peak = Math.max(peak, inFlight);
    await new Promise((resolve) => setImmediate(resolve));
    inFlight -= 1;
    if (request.method === "DELETE") return response.writeHead(204).end();
    const email = request.query.get("email");
    return json(
      response,
      200,
      email ? wirePage([wireUser({ id: email, email })]) : wirePage([], `c${server.seen.length}`),
    );
  });
  const emails = Array.from({ length: 20 }, (_, index) => `u${index}@x.io`);
  await server.client().users.bulkDelete({ emails, concurrency: 2 });
  expect(peak).toBe(2);
  const methods = server.seen.map(({ method }) => method);
  expect(methods.lastIndexOf("GET")).toBeLessThan(methods.indexOf("DELETE"));
});

test("after a 401 nothing more is sent, and the rest say that they were not attempted", async () => {
  const server = await startServer((request, response) =>
    request.path.endsWith("/id1")
      ? json(response, 401, { title: "Authentication required" })
      : response.writeHead(204).end(),
  );
  const userIds = ["id0", "id1", "id2", "id3"];
  const results = await server.client().users.bulkDelete({ userIds, concurrency: 1 });
  expect(results.map(({ status }) => status)).toEqual(["deleted", "failed", "failed", "failed"]);
  expect(results[1]).toMatchObject({
    error: expect.stringMatching(/^DELETE .*HTTP 401/),
    cause: { status: 401 },
  });
  for (const result of results.slice(2)) {
    expect(result).toMatchObject({
      error: "not attempted: the API key was rejected",
      cause: { status: 401 },
    });
  }
  expect(server.seen).toHaveLength(2);
});

test("a 401 during the look-ups ends it all", async () => {
  const server = await startServer((_, response) => json(response, 401, { title: "no" }));
  const results = await server.client().users.bulkDelete({
    userIds: ["id0", ".."],
    emails: ["a@x.io", "b@x.io", "c@x.io"],
  });
  expect(results.map((result) => (result.status === "failed" ? result.error : result.status))).toEqual([
    "not attempted: the API key was rejected",
    expect.stringMatching(/userIds\[1\] must be an ID/),
    ...Array(3).fill("not attempted: the API key was rejected"),
  ]);
  expect(server.seen).toHaveLength(1);
});

test("a 403 does not end it", async () => {
  const server = await startServer((_, response) => json(response, 403, { title: "no" }));
  const results = await server.client().users.bulkDelete({ userIds: ["a", "b", "c"], concurrency: 1 });
  expect(results.map(({ status }) => status)).toEqual(["failed", "failed", "failed"]);
  expect(server.seen).toHaveLength(3);
});

test("an abort sends nothing more, waits for what is in flight, and gives every result", async () => {
  const controller = new AbortController();
  const answer = deferred();
  const server = await startServer(async (_, response) => {
    controller.abort("enough");
    await answer.promise;
    response.writeHead(204).end();
  });
  const call = server
    .client()
    .users.bulkDelete({ userIds: ["a", "b", "c"], concurrency: 1 }, { signal: controller.signal });
  let settled = false;
  void call.finally(() => {
    settled = true;
  });
  await new Promise<void>((resolve) =>
    controller.signal.addEventListener("abort", () => setImmediate(resolve)),
  );
  expect(settled).toBe(false);
  answer.resolve();
  expect(await call).toEqual([
    { userId: "a", status: "deleted" },
    {
      userId: "b",
      status: "failed",
      attempted: false,
      outcome: "not_applied",
      error: "not attempted: the call was aborted",
      cause: "enough",
    },
    {
      userId: "c",
      status: "failed",
      attempted: false,
      outcome: "not_applied",
      error: "not attempted: the call was aborted",
      cause: "enough",
    },
  ]);
  expect(server.seen).toHaveLength(1);
});

test("an abort ends the look-ups at once", async () => {
  const controller = new AbortController();
  const server = await startServer(() => controller.abort("enough"));
  const results = await server
    .client()
    .users.bulkDelete({ userIds: ["a"], emails: ["a@x.io", "b@x.io"] }, { signal: controller.signal });
  expect(results).toEqual(
    [{ userId: "a" }, { email: "a@x.io" }, { email: "b@x.io" }].map((target) => ({
      ...target,
      status: "failed",
      attempted: false,
      outcome: "not_applied",
      error: "not attempted: the call was aborted",
      cause: "enough",
    })),
  );
});

test("an aborted signal: every target has its result, and nothing is sent", async () => {
  const { users, sandbox } = await startAccount(numbered(2));
  const results = await users.bulkDelete(
    { userIds: ["id0", ""], emails: ["user1@example.com"] },
    { signal: AbortSignal.abort() },
  );
  expect(results.map(({ status }) => status)).toEqual(["failed", "failed", "failed"]);
  expect(results[0]).toMatchObject({ cause: { name: "AbortError" } });
  expect(sandbox.requests).toEqual([]);
});

test.each([
  ["during the deletes", { userIds: ["a", "b", "c", "d"] }],
  ["during the look-ups", { emails: ["a@x.io", "b@x.io", "c@x.io"] }],
])("the deadline %s leaves the rest not attempted, with a TimeoutError", async (_, targets) => {
  const clock = new VirtualClock();
  let requests = 0;
  const fetch: typeof globalThis.fetch = async (_input, init) => {
    requests += 1;
    await new Promise<void>((resolve) => clock.after(25, resolve));
    if (init?.method === "DELETE") return new Response(null, { status: 204 });
    return new Response(JSON.stringify(wirePage([], `c${requests}`)));
  };
  const { users } = clientWith({ fetch }, { clock });
  const results = await clock.run(users.bulkDelete({ ...targets, concurrency: 1 }, { deadlineMs: 40 }));
  expect(results.at(-1)).toMatchObject({
    status: "failed",
    attempted: false,
    outcome: "not_applied",
    error: "not attempted: the deadline has passed (deadlineMs: 40)",
    cause: { name: "TimeoutError", outcome: "not_applied" },
  });
  expect(requests).toBeLessThan(4);
  // A DELETE that was sent before the deadline is waited for.
  expect(clock.now()).toBe("userIds" in targets ? 50 : 40);
});

test("onProgress is told of each target, and adds up", async () => {
  const { users } = await startAccount(numbered(3));
  const told: BulkDeleteProgress[] = [];
  const results = await users.bulkDelete({
    userIds: ["id0", "gone", ""],
    emails: ["user0@example.com", "user1@example.com", "nobody@example.com"],
    onProgress: (progress) => told.push(progress),
  });
  expect(told.map(({ done }) => done)).toEqual([1, 2, 3, 4, 5]);
  for (const { total, done, deleted, notFound, failed } of told) {
    expect([total, deleted + notFound + failed]).toEqual([5, done]);
  }
  expect(told.at(-1)).toEqual({ total: 5, done: 5, deleted: 2, notFound: 2, failed: 1 });
  expect(results).toHaveLength(5);
});

test.each(BAD_CALLBACKS)("an onProgress that %s changes nothing", async (_, onProgress) => {
  const { users } = await startAccount(numbered(3));
  const results = await users.bulkDelete({ userIds: ["id0", "id1", "id2"], onProgress });
  expect(results.every(({ status }) => status === "deleted")).toBe(true);
});

test("10,000 entries, each named twice in two spellings, are 5,000 targets", async () => {
  const deleted: string[] = [];
  let pages = 0;
  // In this process: sockets for 5,000 requests would take a hundred times as long, and show nothing more.
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const { pathname, searchParams } = new URL(String(input));
    if (init?.method === "DELETE") {
      deleted.push(pathname);
      return new Response(null, { status: 204 });
    }
    pages += 1;
    const page = Number(searchParams.get("cursor") ?? 0);
    const users = Array.from({ length: 100 }, (_, index) =>
      wireUser({ id: `id${page * 100 + index}`, email: `u${page * 100 + index}@x.io` }),
    );
    return new Response(writeBody(wirePage(users, page < 24 ? String(page + 1) : undefined)));
  };
  const { users } = new ArizeClient({ apiKey: "k", prereleaseWarnings: false, maxRetries: 0, fetch });
  const index = Array.from({ length: 2_500 }, (_, at) => at);
  const results = await users.bulkDelete({
    userIds: index.flatMap((at) => [`n${at}`, ` n${at}`]),
    emails: index.flatMap((at) => [`u${at}@x.io`, `U${at}@X.io`]),
    concurrency: 64,
  });
  expect(results).toHaveLength(5_000);
  expect(new Set(deleted).size).toBe(5_000);
  expect([deleted.length, pages]).toEqual([5_000, 25]);
});

test("the results' type tells what is there by status", () => {
  const result = { userId: "a", status: "deleted" } as BulkUserDeletionResult;
  if (result.status === "deleted") expectTypeOf(result.userId).toEqualTypeOf<string>();
  else expectTypeOf(result.error).toEqualTypeOf<string>();
  if (result.status === "failed") expectTypeOf(result.cause).toEqualTypeOf<unknown>();
  // @ts-expect-error -- only what failed has a cause
  expect(result.cause).toBeUndefined();
});

test("for any mix of targets and faults: one true result each, nobody is deleted twice, nobody who is there is not found", async () => {
  const target = fc.record({
    at: fc.integer({ min: 0, max: 14 }),
    byEmail: fc.boolean(),
    shout: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(target, { minLength: 1, maxLength: 30 }),
      fc.uniqueArray(fc.integer({ min: 0, max: 14 }), { maxLength: 5 }),
      fc.integer({ min: 1, max: 64 }),
      async (targets, failing, concurrency) => {
        // Of 15 numbers that may be named, the first 10 are users.
        const { sandbox, users } = await startAccount(numbered(10));
        for (const at of failing) sandbox.fail({ method: "DELETE", path: `/v2/users/id${at}`, status: 502 });
        const spelt = ({ at, shout }: { at: number; shout: boolean }) =>
          shout ? `USER${at}@example.com` : `user${at}@example.com`;
        const userIds = targets.filter(({ byEmail }) => !byEmail).map(({ at }) => `id${at}`);
        const emails = targets.filter(({ byEmail }) => byEmail).map(spelt);
        const results = await users.bulkDelete({ userIds, emails, concurrency });
        await sandbox.close();

        const sent = deletes(sandbox.requests);
        expect(new Set(sent).size).toBe(sent.length);
        const left = new Set(sandbox.users().map(({ id }) => id));
        for (const { userId, status } of results) {
          if (status === "deleted") expect(left.has(userId)).toBe(false);
          if (status === "failed") expect(left.has(userId ?? "")).toBe(Number(userId?.slice(2)) < 10);
          if (status === "not_found") expect(left.has(userId ?? "")).toBe(false);
        }
        const numberOf = ({ userId, email }: BulkUserDeletionResult) =>
          (userId ?? email ?? "").match(/\d+/)?.[0];
        const named = [...userIds, ...emails].map((name) => name.match(/\d+/)?.[0]);
        // Of somebody who is no user, an ID and an email cannot be known to be one target.
        const distinct = new Set(
          named.map((at, index) => (Number(at) < 10 ? at : `${index < userIds.length} ${at}`)),
        );
        expect(results).toHaveLength(distinct.size);
        const order = results.map((result) => named.indexOf(numberOf(result)));
        const known = order.filter(
          (_, index) => Number(numberOf(results[index] ?? { status: "deleted", userId: "" })) < 10,
        );
        expect(known).toEqual(known.toSorted((a, b) => a - b));
      },
    ),
    { numRuns: runs(60) },
  );
});

test("an abort in onProgress keeps the next one from being sent, where there is one at a time", async () => {
  const { users, sandbox } = await startAccount(numbered(3));
  const controller = new AbortController();
  const { signal } = controller;
  const results = await users.bulkDelete(
    { userIds: ["id0", "id1", "id2"], concurrency: 1, onProgress: () => controller.abort("enough") },
    { signal },
  );
  expect(results.map(({ status }) => status)).toEqual(["deleted", "failed", "failed"]);
  expect(deletes(sandbox.requests)).toEqual(["id0"]);
});
