import {
  BadRequestError,
  type GetUserParams,
  type ListUsersParams,
  NotFoundError,
  type UpdateUserParams,
  type User,
} from "ax-users";
import { expect, expectTypeOf, test } from "vitest";
import { openAccount } from "../helpers/sandbox.ts";
import { json, rejection, startServer, wirePage, wireUser } from "../helpers/server.ts";

const startAccount = () =>
  openAccount({
    users: [
      { id: "VXNlcjox", email: "ada@example.com", name: "Ada", createdAt: "2024-03-01T10:00:00Z" },
      { id: "VXNlcjoy", email: "grace+ops@example.com", status: "invited", role: "annotator" },
    ],
  });

test("get gives a user by ID, by address, and by userId", async () => {
  const { users } = await startAccount();
  const ada: User = {
    id: "VXNlcjox",
    name: "Ada",
    email: "ada@example.com",
    createdAt: new Date("2024-03-01T10:00:00Z"),
    status: "active",
    role: { type: "predefined", name: "member" },
    isDeveloper: true,
  };
  expect(await users.get({ user: "VXNlcjox" })).toEqual(ada);
  expect(await users.get({ user: " ADA@example.com " })).toEqual(ada);
  expect(await users.get({ userId: " VXNlcjox " })).toEqual(ada);
});

test.each([{ user: "nobody@example.com" }, { user: "VXNlcjo5" }, { userId: "VXNlcjo5" }])(
  "get of somebody who is not there is a NotFoundError: %o",
  async (params) => {
    const { users } = await startAccount();
    const error = await rejection(users.get(params));
    expect(error).toBeInstanceOf(NotFoundError);
    expect(error).toMatchObject({ status: 404, title: "Resource not found", outcome: "not_applied" });
    expect(String(error)).not.toContain("nobody@example.com");
  },
);

test("a NotFoundError for an address has no headers, since no answer said so", async () => {
  const { users } = await startAccount();
  const error = (await rejection(users.get({ user: "nobody@example.com" }))) as NotFoundError;
  expect([...error.headers]).toEqual([]);
  expect(error).toMatchObject({ extensions: {}, attempts: 1 });
  expect(error.message).toBe("users.get: no user has this email address, or this key may not read the user.");
});

test("userId is an ID even where it contains @", async () => {
  const { users, sandbox } = await startAccount();
  expect(await rejection(users.get({ userId: "ada@example.com" }))).toBeInstanceOf(NotFoundError);
  expect(sandbox.requests.map(({ path }) => path)).toEqual(["/v2/users/ada%40example.com", "/v2/users"]);
});

test("whitespace around an ID is no part of it", async () => {
  const { users, sandbox } = await startAccount();
  await users.update({ userId: " VXNlcjox\n", name: "Ada King" });
  await users.resendInvitation({ userId: "\tVXNlcjoy" });
  await users.resetPassword({ userId: "VXNlcjox " });
  await users.delete({ userId: " VXNlcjox" });
  const ids = sandbox.requests.map(({ path }) => path.split("/")[3]);
  expect(ids).toEqual(["VXNlcjox", "VXNlcjoy", "VXNlcjox", "VXNlcjox"]);
});

test.each(["a/b", "../users", "a?b=c", "a#b", "a b", "ä", "%2e%2e"])(
  "an ID is encoded: %s",
  async (userId) => {
    const server = await startServer((_, response) => json(response, 200, wireUser({ id: userId })));
    await server.client().users.get({ userId });
    expect(server.seen[0]?.path).toBe(`/v2/users/${encodeURIComponent(userId)}`);
    expect(server.seen[0]?.query.toString()).toBe("");
  },
);

test("update changes the name, the permission, or both, and gives the user", async () => {
  const { users, sandbox } = await startAccount();
  expect(await users.update({ userId: "VXNlcjox", name: "  Ada King " })).toMatchObject({ name: "Ada King" });
  expect(await users.update({ userId: "VXNlcjox", isDeveloper: false })).toMatchObject({
    isDeveloper: false,
  });
  const both = await users.update({ userId: "VXNlcjox", name: "Ada", isDeveloper: true });
  expect(both).toMatchObject({ name: "Ada", isDeveloper: true, email: "ada@example.com" });
  expect(sandbox.requests.map(({ method, body }) => [method, body])).toEqual([
    ["PATCH", { name: "Ada King" }],
    ["PATCH", { is_developer: false }],
    ["PATCH", { name: "Ada", is_developer: true }],
  ]);
});

test("a name has 255 characters, however many code units those are", async () => {
  const { users } = await startAccount();
  const name = "😀".repeat(255);
  expect(await users.update({ userId: "VXNlcjox", name })).toMatchObject({ name });
});

test("delete removes a user for good, again too, and knows who never was", async () => {
  const { users, sandbox } = await startAccount();
  expect(await users.delete({ userId: "VXNlcjox" })).toBeUndefined();
  expect(await users.delete({ userId: "VXNlcjox" })).toBeUndefined();
  expect(sandbox.users().map(({ id }) => id)).toEqual(["VXNlcjoy"]);
  expect(await rejection(users.delete({ userId: "VXNlcjo5" }))).toBeInstanceOf(NotFoundError);
});

test("resend and reset send one mail for each call", async () => {
  const { users, sandbox } = await startAccount();
  expect(await users.resendInvitation({ userId: "VXNlcjoy" })).toBeUndefined();
  expect(await users.resendInvitation({ userId: "VXNlcjoy" })).toBeUndefined();
  expect(await users.resetPassword({ userId: "VXNlcjox" })).toBeUndefined();
  expect(sandbox.mails.map(({ kind, userId }) => [kind, userId])).toEqual([
    ["invitation", "VXNlcjoy"],
    ["invitation", "VXNlcjoy"],
    ["password_reset", "VXNlcjox"],
  ]);
  expect(sandbox.requests.every(({ headers, body }) => !body && !headers["content-type"])).toBe(true);
});

test("resend and reset for a user of the wrong status are refused", async () => {
  const { users, sandbox } = await startAccount();
  expect(await rejection(users.resendInvitation({ userId: "VXNlcjox" }))).toBeInstanceOf(BadRequestError);
  expect(await rejection(users.resetPassword({ userId: "VXNlcjoy" }))).toBeInstanceOf(BadRequestError);
  expect(sandbox.mails).toEqual([]);
});

test.each([
  ["resendInvitation", 202, undefined],
  ["resendInvitation", 204, undefined],
  ["resetPassword", 202, undefined],
  ["resetPassword", 204, undefined],
  ["delete", 204, undefined],
  ["resendInvitation", 200, "UnexpectedResponseError"],
  ["resetPassword", 200, "UnexpectedResponseError"],
  ["delete", 202, "UnexpectedResponseError"],
  ["delete", 304, "APIError"],
] as const)("%s that is answered with %d", async (method, status, error) => {
  const server = await startServer((_, response) => response.writeHead(status).end());
  const outcome = await server
    .client()
    .users[method]({ userId: "u1" })
    .then(
      () => undefined,
      ({ name }) => name,
    );
  expect(outcome).toBe(error);
});

test("a 202 with text is a success", async () => {
  const server = await startServer((_, response) => response.writeHead(202).end("Accepted"));
  expect(await server.client().users.resendInvitation({ userId: "u1" })).toBeUndefined();
});

test("a list keeps the options that it was made with", async () => {
  const server = await startServer((_, response) => json(response, 200, wirePage([])));
  const headers: Record<string, string> = { "x-one": "1" };
  const list = server.client().users.list({}, { headers });
  headers["x-one"] = "2";
  await list;
  expect(server.seen[0]?.headers["x-one"]).toBe("1");
});

test("list trims the email, on every page", async () => {
  const server = await startServer((request, response) =>
    json(response, 200, wirePage([], request.query.has("cursor") ? undefined : "a")),
  );
  const { users } = server.client();
  await users.list({ email: " @x.io\n" }).toArray({ max: 9 });
  await users.list({ email: "\t@x.io", status: ["active"] });
  expect(server.seen.map(({ query }) => query.get("email"))).toEqual(["@x.io", "@x.io", "@x.io"]);
  expect(server.seen.at(-1)?.query.getAll("status")).toEqual(["active"]);
});

test("list sends what was given, and 50 where no limit was", async () => {
  const server = await startServer((_, response) => json(response, 200, wirePage([])));
  const { users } = server.client();
  await users.list();
  await users.list({ email: "a+b@x.io & more", status: ["ACTIVE", "invited"], limit: 100, cursor: "c/=" });
  await users.list({ status: undefined, email: undefined });
  expect(server.seen.map(({ query }) => [...query])).toEqual([
    [["limit", "50"]],
    [
      ["limit", "100"],
      ["cursor", "c/="],
      ["email", "a+b@x.io & more"],
      ["status", "active"],
      ["status", "invited"],
    ],
    [["limit", "50"]],
  ]);
});

test("an account of the current dialect reads as one of the alpha", async () => {
  const current = wireUser({
    id: "u1",
    status: "EXPIRED",
    role: { type: "CUSTOM", id: "r1", name: "Power Users" },
  });
  const server = await startServer((_, response) => json(response, 200, current));
  expect(await server.client().users.get({ userId: "u1" })).toMatchObject({
    status: "expired",
    role: { type: "custom", id: "r1", name: "Power Users" },
  });
});

test("the types of users are what the documents say", () => {
  // The next spec may add to what the wire has.
  expectTypeOf<"active" | "invited" | "expired">().toExtend<User["status"]>();
  expectTypeOf<User["createdAt"]>().toEqualTypeOf<Date>();
  expectTypeOf<"admin" | "member" | "annotator">().toExtend<
    Extract<User["role"], { type: "predefined" }>["name"]
  >();
  // @ts-expect-error -- an ID or an address, not both
  const both: GetUserParams = { user: "a", userId: "b" };
  // @ts-expect-error -- one of the two is required
  const neither: GetUserParams = {};
  // @ts-expect-error -- no such status
  const asleep: ListUsersParams = { status: ["asleep"] };
  // @ts-expect-error -- an email cannot be changed
  const email: UpdateUserParams = { userId: "a", email: "b@x.io" };
  const upperCase: ListUsersParams = { status: ["ACTIVE", "expired"] };
  expect([both, neither, asleep, email, upperCase]).toHaveLength(5);
});

test.each([
  ["a page", "text/html", "<!DOCTYPE html><script>challenge()</script>"],
  ["a text of type HTML", "text/html", "Access <b>denied</b> by proxy"],
  ["a problem document", "application/problem+json", '{"status":500,"title":"boom"}'],
  ["a problem document without a status", "application/problem+json", '{"title":"boom"}'],
  ["a problem document as JSON", "application/json", '{"status":500,"title":"boom"}'],
])("a 202 with %s is not the API's", async (_, type, body) => {
  const server = await startServer((__, response) =>
    response.writeHead(202, { "content-type": type }).end(body),
  );
  const { users } = server.client();
  for (const call of [users.resetPassword, users.resendInvitation]) {
    const error = await rejection(call({ userId: "u1" }));
    expect(error).toMatchObject({ name: "UnexpectedResponseError", outcome: "unknown" });
    expect(String(error)).toMatch(/HTTP 202, but the body is (HTML or XML|a problem document)/);
  }
  expect(server.seen).toHaveLength(2);
});

test.each(["", " \n", "{}", "null", '{"message":"queued"}'])(
  "a 202 with the body %j is a success",
  async (body) => {
    const server = await startServer((_, response) => response.writeHead(202).end(body));
    const { users } = server.client();
    expect(await users.resetPassword({ userId: "u1" })).toBeUndefined();
    expect(await users.resendInvitation({ userId: "u1" })).toBeUndefined();
  },
);
