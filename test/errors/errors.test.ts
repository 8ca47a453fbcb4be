import { inspect } from "node:util";
import * as ax from "ax-users";
import { expect, test } from "vitest";
import { shownOf } from "../helpers/reveal.ts";
import { json, rejection, startServer, wirePage } from "../helpers/server.ts";

const problem = {
  type: "https://arize.com/docs/ax/rest-reference/errors#some-kind",
  title: "Some kind",
  status: 999,
  detail: "Some detail.",
  instance: "/resource/1",
  error_code: "E1",
  request_id: "req_body",
};

/** What `get` rejects with when the server answers so. */
async function errorFor(
  status: number,
  body: string,
  headers: Record<string, string> = {},
): Promise<unknown> {
  const server = await startServer((_, response) => response.writeHead(status, headers).end(body));
  return rejection(server.client().users.get({ userId: "u1" }));
}

test.each([
  [400, ax.BadRequestError, "BadRequestError"],
  [401, ax.AuthenticationError, "AuthenticationError"],
  [403, ax.PermissionDeniedError, "PermissionDeniedError"],
  // A 404 whose body claims another status is not the API's (strangers/not-found.test.ts).
  [404, ax.APIError, "APIError"],
  [409, ax.ConflictError, "ConflictError"],
  [422, ax.UnprocessableEntityError, "UnprocessableEntityError"],
  [429, ax.RateLimitError, "RateLimitError"],
  [500, ax.ServerError, "ServerError"],
  [502, ax.ServerError, "ServerError"],
  [503, ax.ServerError, "ServerError"],
  [599, ax.ServerError, "ServerError"],
  [418, ax.APIError, "APIError"],
])("%d is a %o, whatever status the body claims", async (status, Class, name) => {
  const error = await errorFor(status, JSON.stringify(problem), { "x-request-id": "req_header" });
  expect(error).toBeInstanceOf(Class);
  expect(error).toBeInstanceOf(ax.APIError);
  expect(error).toBeInstanceOf(ax.ArizeError);
  expect(error).toMatchObject({
    name,
    status,
    title: "Some kind",
    detail: "Some detail.",
    type: problem.type,
    instance: "/resource/1",
    extensions: { error_code: "E1", request_id: "req_body" },
    requestId: "req_header",
    outcome: "not_applied",
    attempts: 1,
  });
  expect(Object.getPrototypeOf(error)).toBe(Class.prototype);
  expect(error).toHaveProperty(
    "message",
    expect.stringMatching(`^GET /v2/users/u1: HTTP ${status} Some kind: Some detail\\.`),
  );
});

test.each([
  ["an empty body", "", ""],
  ["HTML", "<html>Bad Gateway</html>", "<html>Bad Gateway</html>"],
  ["broken JSON", '{"title": "Bad', '{"title": "Bad'],
  ["JSON that is no object", "null", "null"],
  ["JSON that is no problem", '{"message":"no"}', '{"message":"no"}'],
  ["a long body", "x".repeat(5000), "x".repeat(200)],
])("%s gives the same class, with its start in detail", async (_, body, detail) => {
  for (const [status, Class] of [
    [401, ax.AuthenticationError],
    [404, ax.APIError],
    [502, ax.ServerError],
  ] as const) {
    const error = await errorFor(status, body);
    expect(error).toBeInstanceOf(Class);
    expect(error).toMatchObject({ status, detail });
  }
});

test("a title that is missing is HTTP's own", async () => {
  expect(await errorFor(502, "")).toMatchObject({ title: "Bad Gateway" });
});

test.each([
  ["test", "the latest"],
  ["t", "Not Found"],
])("a key as short as %s is part of many a word, and hides none", async (apiKey, title) => {
  const server = await startServer((_, response) => json(response, 404, { title, detail: title }));
  const error = await rejection(server.client({ apiKey }).users.get({ userId: "u1" }));
  expect(error).toMatchObject({ title, detail: title, extensions: {} });
});

test("a long detail is on the error whole, and in the message by its start", async () => {
  const error = await errorFor(400, JSON.stringify({ title: "Long", detail: "x".repeat(10_000) }));
  expect((error as ax.APIError).detail).toHaveLength(10_000);
  expect((error as ax.APIError).message.length).toBeLessThan(700);
});

test("where neither HTTP nor the body gives a reason, the title says so", async () => {
  const server = await startServer((_, response) => {
    response.statusMessage = " ";
    response.writeHead(502).end();
  });
  expect(await rejection(server.client().users.get({ userId: "u1" }))).toMatchObject({
    title: "No reason given",
  });
});

test("members of the wrong type are as good as missing", async () => {
  const body = JSON.stringify({ title: 5, detail: { a: 1 }, type: null, instance: [], request_id: 7 });
  expect(await errorFor(400, body)).toMatchObject({
    title: "Bad Request",
    type: undefined,
    instance: undefined,
    requestId: undefined,
    detail: body,
  });
});

test.each([
  ["x-request-id", { "x-request-id": "a" }, "a"],
  ["request-id", { "request-id": "b" }, "b"],
])("the request ID comes from %s", async (_, headers, requestId) => {
  expect(await errorFor(400, "", headers)).toMatchObject({ requestId });
});

test("the request ID comes from the body where no header has it", async () => {
  expect(await errorFor(400, JSON.stringify(problem))).toMatchObject({ requestId: "req_body" });
});

test("headers are those of the answer, without cookies and credentials", async () => {
  const error = await errorFor(403, "", { "set-cookie": "a=b", "x-kept": "yes", "proxy-authorization": "c" });
  const { headers } = error as ax.APIError;
  expect(headers.get("x-kept")).toBe("yes");
  expect([...headers.keys()]).not.toContain("set-cookie");
  expect([...headers.keys()]).not.toContain("proxy-authorization");
});

test.each([
  ["seconds", "42", 42_000],
  ["zero", "0", 0],
  ["a past date", "Wed, 21 Oct 2015 07:28:00 GMT", 0],
  ["garbage", "soon", undefined],
  ["a negative number", "-5", undefined],
  ["nothing", "", undefined],
])("Retry-After with %s", async (_, value, expected) => {
  const error = (await errorFor(429, "", { "retry-after": value })) as ax.RateLimitError;
  expect(error.retryAfterMs).toBe(expected);
  expect("retryAfterMs" in error).toBe(expected !== undefined);
});

test("Retry-After with a date to come", async () => {
  const askedAt = Date.now();
  const date = new Date(askedAt + 60_000).toUTCString();
  const error = (await errorFor(503, "", { "retry-after": date })) as ax.ServerError;
  // The date has whole seconds, and time passes on the way.
  expect(error.retryAfterMs).toBeGreaterThanOrEqual(60_000 - 1000 - (Date.now() - askedAt));
  expect(error.retryAfterMs).toBeLessThanOrEqual(60_000);
});

test.each<[string, number, Record<string, string>, ax.Outcome]>([
  ["400", 400, {}, "not_applied"],
  ["408 without the API's problem document", 408, {}, "unknown"],
  ["429", 429, {}, "not_applied"],
  ["301", 301, { location: "/elsewhere" }, "not_applied"],
  ["501", 501, {}, "not_applied"],
  ["503 with Retry-After, without the API's problem document", 503, { "retry-after": "1" }, "unknown"],
  ["503 without", 503, {}, "unknown"],
  ["500", 500, {}, "unknown"],
  ["502", 502, {}, "unknown"],
])("after %s, the outcome of a write", async (_, status, headers, outcome) => {
  const server = await startServer((_request, response) => response.writeHead(status, headers).end());
  const error = await rejection(server.client().users.delete({ userId: "u1" }));
  expect(error).toMatchObject({ status, outcome });
  if (outcome === "unknown")
    expect(error).toHaveProperty("message", expect.stringContaining("check before you repeat it"));
});

test("a redirect is an error that names baseUrl, and is not followed", async () => {
  const server = await startServer((_, response) =>
    response.writeHead(302, { location: "/v2/users/u2" }).end(),
  );
  const write = await rejection(server.client().users.delete({ userId: "u1" }));
  expect(write).toMatchObject({
    outcome: "unknown",
    message: expect.stringMatching(/check baseUrl\. It may have taken effect/),
  });
  server.seen.length = 0;
  const error = await rejection(server.client().users.get({ userId: "u1" }));
  expect(error).toBeInstanceOf(ax.APIError);
  expect(error).toHaveProperty(
    "message",
    expect.stringMatching(/HTTP 302 Found\. Redirects are not followed: check baseUrl/),
  );
  expect(server.seen).toHaveLength(1);
});

test.each([
  [401, /Check the API key/],
  [403, /lacks the permission/],
  [404, /or this key may not read it/],
])("a %i says what to do", async (status, advice) => {
  const server = await startServer(({ path }, response) =>
    path === "/v2/users"
      ? json(response, 200, wirePage([]))
      : json(response, status, { title: "Refused", status }),
  );
  const error = await rejection(server.client().users.get({ userId: "u1" }));
  expect(error).toHaveProperty("message", expect.stringMatching(advice));
});

test.each([
  ["HTML", 200, "<html>Sign in</html>", /the body is not JSON \(text\/html, 20 characters\)/],
  ["an empty body", 200, "", /the body is empty/],
  ["broken JSON", 200, '{"id":', /the body is not JSON/],
  ["null", 200, "null", /the body must be an object, received null/],
  ["an array", 200, "[]", /the body must be an object, received an array/],
  ["a missing field", 200, '{"id":"u1"}', /name must be a string, received undefined/],
  ["another status", 201, "{}", /HTTP 201, but the API specifies 200/],
  ["no content", 204, "", /HTTP 204, but the API specifies 200/],
])("a success with %s is an UnexpectedResponseError", async (_, status, body, message) => {
  const server = await startServer((_request, response) =>
    response.writeHead(status, { "content-type": "text/html", "x-request-id": "req_1" }).end(body),
  );
  const read = await rejection(server.client().users.get({ userId: "u1" }));
  expect(read).toBeInstanceOf(ax.UnexpectedResponseError);
  expect(read).toMatchObject({ name: "UnexpectedResponseError", outcome: "not_applied" });
  expect(read).toHaveProperty("message", expect.stringMatching(message));
  expect(read).toHaveProperty(
    "message",
    expect.stringMatching(/^GET \/v2\/users\/u1: .*\(request ID req_1\)/),
  );
  const write = await rejection(server.client().users.update({ userId: "u1", name: "A" }));
  expect(write).toMatchObject({ name: "UnexpectedResponseError", outcome: "unknown" });
});

test("a delete that is answered with somebody's page is no success", async () => {
  const server = await startServer((_, response) => response.writeHead(200).end("<html>Sign in</html>"));
  const error = await rejection(server.client().users.delete({ userId: "u1" }));
  expect(error).toMatchObject({ name: "UnexpectedResponseError", outcome: "unknown" });
});

test("an error shows its name and message first, and no more than it says", async () => {
  const server = await startServer(({ path }, response) =>
    path === "/v2/users"
      ? json(response, 200, wirePage([]))
      : json(response, 404, { ...problem, status: 404 }),
  );
  const error = await rejection(server.client().users.get({ userId: "u1" }));
  expect(inspect(error)).toMatch(/^NotFoundError: GET \/v2\/users\/u1: HTTP 404/);
  expect(JSON.parse(JSON.stringify(error))).toEqual({
    name: "NotFoundError",
    message: (error as Error).message,
    status: 404,
    title: "Some kind",
    detail: "Some detail.",
    type: problem.type,
    instance: "/resource/1",
    extensions: { error_code: "E1", request_id: "req_body" },
    requestId: "req_body",
    headers: Object.fromEntries((error as ax.APIError).headers),
    outcome: "not_applied",
    attempts: 1,
  });
});

test("a ConflictError keeps who is in the way out of logs", () => {
  const existing: ax.User = {
    id: "u1",
    name: "Ada",
    email: "ada@example.com",
    createdAt: new Date(0),
    status: "active",
    role: { type: "predefined", name: "member" },
    isDeveloper: true,
  };
  const fields = { status: 409, title: "x", extensions: {}, headers: new Headers(), attempts: 1 };
  const error = new ax.ConflictError("taken", { ...fields, outcome: "not_applied", existing });
  expect(error.existing).toBe(existing);
  expect(`${inspect(error)}${JSON.stringify(error)}`).not.toContain("ada@example.com");
});

test.each([
  ["as it is", (key: string) => key],
  ["as the name of a member", (key: string) => key],
  ["in a URL", encodeURIComponent],
])("a key that the server repeats %s is not shown", async (where, spell) => {
  const apiKey = "ab+cd/ef=1<2&3";
  const echo = spell(apiKey);
  const body = where.includes("member") ? { title: "No", [`key ${echo}`]: 1 } : { title: "No", detail: echo };
  const server = await startServer((_, response) => json(response, 403, body));
  const error = await rejection(server.client({ apiKey }).users.get({ userId: "u1" }));
  expect(shownOf(error)).not.toContain(echo);
  expect(JSON.stringify(error)).toContain("[API key]");
});

test.each([
  ["a problem", { title: "Mail failed", temporary_password: "hunter2-once" }],
  ["no problem", { temporary_password: "hunter2-once", user: { access_token: "hunter2-once" } }],
])("credentials in an error's body are left out, of %s", async (_, body) => {
  const server = await startServer((_, response) => json(response, 501, body));
  const error = await rejection(server.client().users.get({ userId: "u1" }));
  expect(shownOf(error)).not.toContain("hunter2");
});
