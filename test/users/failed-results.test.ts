import type { BulkUserCreationResult, BulkUserDeletionResult, CreateUserParams, Outcome } from "ax-users";
import { expect, expectTypeOf, test } from "vitest";
import { WIRE_CASE } from "../helpers/dialect.ts";
import { json, startServer, wirePage, wireUser } from "../helpers/server.ts";
import { virtualClient } from "../helpers/virtual-client.ts";
import { turn } from "../helpers/virtual-clock.ts";

const invite = (email: string): CreateUserParams => ({
  name: "A",
  email,
  role: { type: "predefined", name: "member" },
  inviteMode: "none",
});

test("bulkDelete: whether each failed target was attempted, and may have been removed", async () => {
  const server = await startServer((request, response) => {
    if (request.method === "GET") {
      return request.query.get("email") === "no@x.io"
        ? json(response, 403, { title: "No" })
        : json(response, 200, wirePage([wireUser({ id: "found", email: "yes@x.io" })]));
    }
    if (request.path.endsWith("lost")) return response.destroy();
    return json(response, request.path.endsWith("found") ? 500 : 422, { title: "No" });
  });
  const userIds = ["..", "refused", "lost"];
  const results = await server.client().users.bulkDelete({ userIds, emails: ["no@x.io", "yes@x.io"] });
  expect(results).toMatchObject([
    { userId: "..", status: "failed", outcome: "not_applied", attempted: false },
    { userId: "refused", status: "failed", outcome: "not_applied", attempted: true },
    { userId: "lost", status: "failed", outcome: "unknown", attempted: true },
    { email: "no@x.io", status: "failed", outcome: "not_applied", attempted: false },
    { userId: "found", status: "failed", outcome: "unknown", attempted: true },
  ]);
});

test("an abort before a lost request is repeated leaves it open whether its target was removed", async () => {
  const controller = new AbortController();
  const { client } = virtualClient({ fetch: () => Promise.reject(new TypeError("fetch failed")) });
  const userIds = ["lost", "later"];
  const { signal } = controller;
  const done = client.users.bulkDelete({ userIds, concurrency: 1 }, { signal });
  await turn();
  controller.abort("enough");
  expect(await done).toMatchObject([
    { status: "failed", attempted: true, outcome: "unknown", cause: { name: "ConnectionError" } },
    { status: "failed", attempted: false, outcome: "not_applied", cause: "enough" },
  ]);
});

test("after a 401 the rest is not attempted, those looked up before included", async () => {
  const server = await startServer((request, response) =>
    request.method === "GET"
      ? json(response, 200, wirePage([wireUser({ id: "found", email: "yes@x.io" })]))
      : json(response, 401, { title: "No" }),
  );
  const results = await server
    .client()
    .users.bulkDelete({ userIds: ["a", "b"], emails: ["yes@x.io"], concurrency: 1 });
  expect(results).toMatchObject([
    { userId: "a", outcome: "not_applied", attempted: true, cause: { status: 401 } },
    { userId: "b", outcome: "not_applied", attempted: false, cause: { status: 401 } },
    { userId: "found", outcome: "not_applied", attempted: false, cause: { status: 401 } },
  ]);
});

test("createMany: the same, by the row, the response and an abort", async () => {
  const controller = new AbortController();
  const server = await startServer((request, response) => {
    if (request.body.includes("lost@")) return response.destroy();
    controller.abort("enough");
    return json(response, 422, { title: "No" });
  });
  const { users } = server.client({ enumCase: WIRE_CASE });
  const results = await users.createMany(
    { users: ["none", "lost@x.io", "refused@x.io", "rest@x.io"].map(invite), concurrency: 1 },
    { signal: controller.signal },
  );
  expect(results).toMatchObject([
    { email: "none", outcome: "not_applied", attempted: false },
    { email: "lost@x.io", outcome: "unknown", attempted: true },
    { email: "refused@x.io", outcome: "not_applied", attempted: true },
    { email: "rest@x.io", outcome: "not_applied", attempted: false, cause: "enough" },
  ]);
});

test("a target that has no key for its next attempt may have been changed by the one before", async () => {
  let asked = 0;
  const apiKey = () => {
    asked += 1;
    return asked > 1 ? Promise.reject(new Error("locked")) : "key";
  };
  const { client, clock } = virtualClient({ apiKey, fetch: async () => new Response(null, { status: 502 }) });
  const results = await clock.run(client.users.bulkDelete({ userIds: ["a", "b"], concurrency: 1 }));
  expect(results).toMatchObject([
    { status: "failed", outcome: "unknown", attempted: true, cause: { name: "ValidationError" } },
    { status: "failed", outcome: "not_applied", attempted: false, cause: { name: "ValidationError" } },
  ]);
});

test("a call whose time is up before it sends anything has attempted nothing", async () => {
  const server = await startServer(() => {});
  const results = await server
    .client()
    .users.bulkDelete({ userIds: ["a", "b"], concurrency: 1 }, { timeoutMs: 50, deadlineMs: 50 });
  expect(results).toMatchObject([
    { outcome: "unknown", attempted: true },
    { outcome: "not_applied", attempted: false, cause: { name: "TimeoutError", attempts: 0 } },
  ]);
});

test("the types say so", () => {
  type Failed<T> = Extract<T, { status: "failed" }>;
  expectTypeOf<Failed<BulkUserDeletionResult>["outcome"]>().toEqualTypeOf<Outcome>();
  expectTypeOf<Failed<BulkUserDeletionResult>["attempted"]>().toEqualTypeOf<boolean>();
  expectTypeOf<Failed<BulkUserCreationResult>["outcome"]>().toEqualTypeOf<Outcome>();
  expectTypeOf<Failed<BulkUserCreationResult>["attempted"]>().toEqualTypeOf<boolean>();
});

test.each([
  ["another call's pause is too long", {}, async () => "key"],
  ["there is no key for it", { enumCase: "auto" as const }, undefined],
])(
  "createMany: a row whose first form was rejected was attempted, where the second is not sent: %s",
  async (_, options, key) => {
    let asked = 0;
    const apiKey = key ?? (() => (++asked === 1 ? "key" : Promise.reject(new Error("the vault is closed"))));
    const { client, clock } = virtualClient({
      ...options,
      apiKey,
      maxRetryAfterMs: 1000,
      fetch: async (_, init) => {
        const wait = (ms: number) => new Promise<void>((resolve) => clock.after(ms, resolve));
        await wait(init?.method === "POST" ? 60 : 20);
        return init?.method === "POST"
          ? Response.json({ title: "The name is taken", status: 400 }, { status: 400 })
          : new Response("{}", { status: 429, headers: { "retry-after": "120" } });
      },
    });
    const rows = client.users.createMany({ users: [invite("a@x.io")] });
    const other = key ? client.users.list().catch(() => {}) : undefined;
    const [results] = await clock.run(Promise.all([rows, other]));
    expect(results).toMatchObject([
      { status: "failed", attempted: true, outcome: "not_applied", cause: { status: 400 } },
    ]);
  },
);
