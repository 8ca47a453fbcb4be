import { expect, test } from "vitest";
import { json, startServer, wirePage, wireUser } from "../helpers/server.ts";
import { isConfirmation, NOT_FOUND, STRANGERS, sendPage, serve } from "./stranger.ts";

const userIds = Array.from({ length: 100 }, (_, index) => `u${index}`);
const emails = userIds.map((id) => `${id}@example.com`);
const PROBLEM = { title: "Resource not found", status: 404 };
const STRANGER = STRANGERS[0] ?? NOT_FOUND;

test.each([...STRANGERS, NOT_FOUND])("a wrong path in baseUrl, by IDs: $name", async (page) => {
  const server = await startServer((_, response) => sendPage(response, 404, page));
  const results = await server.client().users.bulkDelete({ userIds, concurrency: 1 });
  expect(results.map(({ status }) => status)).toEqual(userIds.map(() => "failed"));
  expect(server.seen.map(isConfirmation)).toEqual([false, true]);
  expect(results[0]).toMatchObject({
    error: expect.stringMatching(/check baseUrl/),
    cause: { name: "APIError" },
  });
  expect(results.at(-1)).toMatchObject({ error: expect.stringMatching(/^not attempted: .*baseUrl/) });
});

test("a wrong path in baseUrl at the default concurrency: no more than were in flight", async () => {
  const server = await startServer((_, response) => sendPage(response, 404, NOT_FOUND));
  const results = await server.client().users.bulkDelete({ userIds });
  expect(new Set(results.map(({ status }) => status))).toEqual(new Set(["failed"]));
  expect(server.seen.filter(({ method }) => method === "DELETE").length).toBeLessThanOrEqual(8);
});

test.each([...STRANGERS, NOT_FOUND])("a wrong path in baseUrl, by addresses: $name", async (page) => {
  const server = await startServer((_, response) => sendPage(response, 404, page));
  const results = await server.client().users.bulkDelete({ emails });
  expect(results.map(({ status }) => status)).toEqual(emails.map(() => "failed"));
  expect(server.seen.length).toBeLessThanOrEqual(2);
});

test("a wrong path in baseUrl stops createMany", async () => {
  const server = await startServer((_, response) => sendPage(response, 404, STRANGER));
  const users = emails.map((email) => ({
    name: "Ada",
    email,
    role: { type: "predefined", name: "member" } as const,
    inviteMode: "email_link" as const,
  }));
  const results = await server.client().users.createMany({ users, concurrency: 1 });
  expect(results.map(({ status }) => status)).toEqual(emails.map(() => "failed"));
  expect(server.seen).toHaveLength(2);
});

test("one stray 404 among the API's responses fails its own target only", async () => {
  const server = await startServer(({ path, method }, response) => {
    if (method === "GET") return json(response, 200, wirePage([]));
    if (path.endsWith("/u0")) return sendPage(response, 404, STRANGER);
    if (path.endsWith("/u1")) return json(response, 404, PROBLEM);
    return response.writeHead(204).end();
  });
  const results = await server.client().users.bulkDelete({ userIds: ["u0", "u1", "u2"], concurrency: 1 });
  expect(results.map(({ status }) => status)).toEqual(["failed", "not_found", "deleted"]);
});

test("a delete without a response, then the API's 404, stays unknown", async () => {
  const server = await serve([(response) => response.destroy(), (response) => json(response, 404, PROBLEM)]);
  const results = await server.client({ maxRetries: 1 }).users.bulkDelete({ userIds: ["u1"] });
  expect(results).toMatchObject([
    {
      userId: "u1",
      status: "failed",
      error: expect.stringMatching(/may have taken effect/),
      cause: { name: "NotFoundError", outcome: "unknown", attempts: 2 },
    },
  ]);
});

test("a 401 of a proxy ends a bulk call, and does not speak of the key", async () => {
  const server = await startServer((_, response) => response.writeHead(401).end("<html>Sign in</html>"));
  const results = await server.client().users.bulkDelete({ userIds, concurrency: 1 });
  expect(server.seen).toHaveLength(1);
  expect(results.at(-1)).toMatchObject({
    status: "failed",
    error: "not attempted: a 401 that is not from the API",
  });
});

test("by address: who is found is deleted, with one look-up that also confirms", async () => {
  const server = await startServer(({ method, path }, response) => {
    if (path === "/v2/users")
      return json(response, 200, wirePage([wireUser({ id: "u1", email: "u1@x.io" })]));
    return method === "DELETE" ? json(response, 404, PROBLEM) : response.writeHead(500).end();
  });
  const results = await server.client().users.bulkDelete({ emails: ["u1@x.io"] });
  expect(results).toMatchObject([{ email: "u1@x.io", status: "not_found" }]);
  expect(server.seen.some(isConfirmation)).toBe(false);
});
