/** The defects of the Go module client-go-v2 0.22.0, by number: none of them is in this package. */
import {
  APIError,
  ArizeError,
  AuthenticationError,
  ConflictError,
  NotFoundError,
  PermissionDeniedError,
  RateLimitError,
  ServerError,
  UnexpectedResponseError,
  UnprocessableEntityError,
  ValidationError,
} from "ax-users";
import { expect, test } from "vitest";
import {
  byOrganization,
  idOf,
  NAMES_LIKE_BASE64,
  named,
  requestsTo as organizationRequestsTo,
  serveAccount,
  wireOrganization,
} from "../helpers/organizations.ts";
import { json, rejection, wirePage, wireUser } from "../helpers/server.ts";
import {
  account,
  byId,
  deletesOf,
  html,
  idIn,
  listenForWarnings,
  newUser,
  problem,
  requestsTo,
  serve,
  setEnv,
  usersOf,
  withBody,
  withoutBody,
  withPassword,
} from "./helpers.ts";

test("G1: create gives the one-time password", async () => {
  const { users } = await serve((_, response) => json(response, 201, withPassword));
  const created = await users.create({ ...newUser, inviteMode: "temporary_password" });
  expect(created.temporaryPassword).toBe("Pa55");
  expect(created).toMatchObject({ outcome: "created", inviteMode: "temporary_password" });
});

test("G1: create says when the user was there already", async () => {
  const { users } = await serve((_, response) => json(response, 200, wireUser()));
  const created = await users.create({ ...newUser, inviteMode: "temporary_password" });
  expect(created.outcome).toBe("existing");
  expect(created.temporaryPassword).toBeUndefined();
});

test.each(withBody)("G2: %s calls the page of a proxy an unexpected response", async (_method, call) => {
  const { server, users } = await serve((_, response) => html(response, 200));
  const error = await rejection(call(users));
  expect(error).toBeInstanceOf(UnexpectedResponseError);
  expect(error).toMatchObject({ message: expect.stringContaining("text/html") });
  expect(server.seen).toHaveLength(1);
});

test("G2: the page of a proxy in a look-up is a failed result of bulkDelete", async () => {
  const { server, users } = await serve((_, response) => html(response, 200));
  expect(await users.bulkDelete({ emails: ["ada@example.com"] })).toStrictEqual([
    {
      email: "ada@example.com",
      status: "failed",
      attempted: expect.any(Boolean),
      outcome: expect.any(String),
      error: expect.stringContaining("text/html"),
      cause: expect.any(UnexpectedResponseError),
    },
  ]);
  expect(requestsTo(server)).toEqual(["GET /v2/users"]);
});

test.each([
  [401, AuthenticationError],
  [403, PermissionDeniedError],
  // Not the API's, so that it says nothing of a user.
  [404, APIError],
  [409, ConflictError],
  [422, UnprocessableEntityError],
  [429, RateLimitError],
  [501, ServerError],
])("G3: HTTP %i with an empty or broken JSON body has its class", async (status, errorClass) => {
  let body = "";
  const { server } = await serve((_, response) =>
    response
      .writeHead(status, { "content-type": "application/problem+json", "retry-after": "120" })
      .end(body),
  );
  for (body of ["", "{", '{"title":', "<html>", "[]", "null", '"no"']) {
    for (const [, call] of byId) {
      // A client each, since a 429 keeps a client from sending more.
      const error = await rejection(call(server.client().users, "u1"));
      expect(error).toBeInstanceOf(errorClass);
      expect(error).toMatchObject({ status, detail: body });
    }
  }
});

test("G4: an address that is none fails neither the page that it is on nor a look-up", async () => {
  const strange = ["no address", "", "Ada <ada@example.com>"];
  const { users } = await serve((_, response) =>
    json(response, 200, wirePage(usersOf(...strange, "ada@example.com"))),
  );
  const { data } = await users.list();
  expect(data.map(({ email }) => email)).toEqual([...strange, "ada@example.com"]);
  expect(await users.findByEmail("ada@example.com")).toMatchObject({ id: "ada" });
});

test("G4: an address with a display name is refused before anything is sent", async () => {
  const { server, users } = await serve(account([]));
  const email = "Ada <ada@example.com>";
  for (const call of [
    users.create({ ...newUser, email }),
    users.findByEmail(email),
    users.get({ user: email }),
  ]) {
    expect(await rejection(call)).toBeInstanceOf(ValidationError);
  }
  expect(server.seen).toEqual([]);
});

test.each(withoutBody)(
  "G5: %s succeeds with the statuses that the API specifies and no other",
  async (method, call) => {
    const { users } = await serve((request, response) => response.writeHead(Number(idIn(request))).end());
    expect(await call(users, "204")).toBeUndefined();
    for (const status of ["300", "302", "304", "399"]) {
      const error = await rejection(call(users, status));
      expect(error).toBeInstanceOf(APIError);
      expect(error).toMatchObject({ status: Number(status) });
    }
    const accepted = method === "delete" ? [] : ["202"];
    for (const status of accepted) expect(await call(users, status)).toBeUndefined();
    for (const status of ["200", "201", "202", "206"].filter((one) => !accepted.includes(one))) {
      const error = await rejection(call(users, status));
      expect(error).toBeInstanceOf(UnexpectedResponseError);
      expect(error).toMatchObject({ outcome: "unknown" });
    }
  },
);

test.each(["202", "302", "304"])("G5: bulkDelete calls nobody deleted for HTTP %s", async (status) => {
  const { users } = await serve((request, response) => response.writeHead(Number(idIn(request))).end());
  expect(await users.bulkDelete({ userIds: [status, "204"] })).toStrictEqual([
    {
      userId: status,
      status: "failed",
      attempted: expect.any(Boolean),
      outcome: expect.any(String),
      error: expect.stringContaining(status),
      cause: expect.any(ArizeError),
    },
    { userId: "204", status: "deleted" },
  ]);
});

test.each([
  ["that comes again", "again", 2],
  ["that is empty", "", 1],
  ["that is missing", undefined, 1],
  ["that is null", null, 1],
])("G6: has_more with a cursor %s ends an iteration and a look-up", async (_what, next_cursor, requests) => {
  const { server, users } = await serve((_, response) =>
    json(response, 200, { users: [wireUser()], pagination: { has_more: true, next_cursor } }),
  );
  expect(await rejection(users.list().toArray({ max: 1000 }))).toBeInstanceOf(UnexpectedResponseError);
  expect(server.seen).toHaveLength(requests);
  expect(await rejection(users.findByEmail("ada@example.com"))).toBeInstanceOf(UnexpectedResponseError);
  expect(server.seen).toHaveLength(2 * requests);
});

test("G7: get asks by ID for whatever is no address, and for nothing where it is blank", async () => {
  const { server, users } = await serve(account([wireUser({ id: "usr-1" })]));
  expect(await users.get({ user: "usr-1" })).toMatchObject({ id: "usr-1" });
  expect(requestsTo(server)).toEqual(["GET /v2/users/usr-1"]);
  for (const user of ["", " "]) expect(await rejection(users.get({ user }))).toBeInstanceOf(ValidationError);
  expect(server.seen).toHaveLength(1);
});

test("G8: an ID among the emails of bulkDelete is a failed result, and nobody is removed", async () => {
  const { server, users } = await serve(account([wireUser()]));
  expect(await users.bulkDelete({ emails: ["VXNlcjox"] })).toStrictEqual([
    {
      email: "VXNlcjox",
      status: "failed",
      attempted: false,
      outcome: "not_applied",
      error: expect.any(String),
      cause: expect.any(ValidationError),
    },
  ]);
  expect(server.seen).toEqual([]);
});

test("G9: an ID twice and the email of its user are one target, in the place first named", async () => {
  const { server, users } = await serve(account(usersOf("ada@example.com", "zoe@example.com")));
  expect(
    await users.bulkDelete({ userIds: ["ada", "u1", "ada"], emails: ["zoe@example.com", "ada@example.com"] }),
  ).toStrictEqual([
    { userId: "ada", email: "ada@example.com", status: "deleted" },
    { userId: "u1", status: "deleted" },
    { userId: "zoe", email: "zoe@example.com", status: "deleted" },
  ]);
  expect(deletesOf(server)).toEqual(["DELETE /v2/users/ada", "DELETE /v2/users/u1", "DELETE /v2/users/zoe"]);
});

test("G10: a failed look-up loses no result of another target", async () => {
  const everybody = account(usersOf("ada@example.com"));
  const { users } = await serve((request, response) =>
    request.query.get("email") === "bad@example.com" ? problem(response, 403) : everybody(request, response),
  );
  const emails = ["nobody@example.com", "bad@example.com", "ada@example.com"];
  expect(await users.bulkDelete({ emails })).toStrictEqual([
    { email: "nobody@example.com", status: "not_found", error: expect.any(String) },
    {
      email: "bad@example.com",
      status: "failed",
      attempted: expect.any(Boolean),
      outcome: expect.any(String),
      error: expect.stringContaining("HTTP 403"),
      cause: expect.any(PermissionDeniedError),
    },
    { userId: "ada", email: "ada@example.com", status: "deleted" },
  ]);
});

test("G11: after an abort nothing more is sent, and a delete in flight is still told", async () => {
  const controller = new AbortController();
  const reason = new Error("enough");
  const { server, users } = await serve((_, response) => {
    controller.abort(reason);
    response.writeHead(204).end();
  });
  const { signal } = controller;
  const notAttempted = {
    status: "failed",
    attempted: false,
    outcome: "not_applied",
    error: expect.stringContaining("not attempted"),
    cause: reason,
  };
  expect(await users.bulkDelete({ userIds: ["u1", "u2", "u3"], concurrency: 1 }, { signal })).toStrictEqual([
    { userId: "u1", status: "deleted" },
    { userId: "u2", ...notAttempted },
    { userId: "u3", ...notAttempted },
  ]);
  expect(requestsTo(server)).toEqual(["DELETE /v2/users/u1"]);
  const late = await users.bulkDelete({ userIds: ["u1"], emails: ["ada@example.com"] }, { signal });
  expect(late).toStrictEqual([
    { userId: "u1", ...notAttempted },
    { email: "ada@example.com", ...notAttempted },
  ]);
  expect(server.seen).toHaveLength(1);
});

test.each(byOrganization)(
  "G12: organizations.%s takes base64 of anything for a name, and of an organization for an ID, padded or not",
  async (_method, call, request) => {
    const { server, organizations } = await serveAccount({ organizations: named(...NAMES_LIKE_BASE64) });
    for (const [index, name] of NAMES_LIKE_BASE64.entries()) {
      server.seen.length = 0;
      await call(organizations, { organization: name });
      expect(server.seen[0]?.query.get("name")).toBe(name);
      for (const sent of organizationRequestsTo(server).slice(1)) expect(sent).toBe(request(idOf(index)));
    }
    const id = "T3JnYW5pemF0aW9uOjEwMDE6eFl6Vw";
    for (const known of [id, `${id}==`]) {
      const own = await serveAccount({ organizations: [wireOrganization({ id: known })] });
      await call(own.organizations, { organization: known });
      expect(organizationRequestsTo(own.server)).toEqual([request(known)]);
    }
  },
);

test("G13: an update of nothing of an organization is refused before anything is sent", async () => {
  const { server, organizations } = await serveAccount({ organizations: named("Data Ops") });
  const error = await rejection(organizations.update({ organization: "Data Ops" }));
  expect(error).toBeInstanceOf(ValidationError);
  expect(error).toHaveProperty("message", expect.stringContaining("name or description is required"));
  expect(server.seen).toEqual([]);
});

test("G14: an empty description can be sent, and is what is sent first", async () => {
  const { server, organizations } = await serveAccount({ organizations: named("Data Ops") });
  const organizationId = idOf(0);
  expect(await organizations.update({ organizationId, description: "" })).toHaveProperty("description", "");
  expect(await organizations.create({ name: "New", description: "" })).toHaveProperty("description", "");
  expect(server.seen.map(({ body }) => JSON.parse(body))).toEqual([
    { description: "" },
    { name: "New", description: "" },
  ]);
});

test("G15: addUser sends the type of the role that it is given", async () => {
  const { server, organizations } = await serveAccount({ organizations: named("Data Ops") });
  const params = { organizationId: idOf(0), userId: "u1" };
  await organizations.addUser({ ...params, role: { type: "custom", id: "r1" } });
  await organizations.addUser({ ...params, role: { type: "predefined", name: "annotator" } });
  expect(server.seen.map(({ body }) => JSON.parse(body).role)).toEqual([
    { type: "custom", id: "r1" },
    { type: "predefined", name: "annotator" },
  ]);
});

test("G16: an error has the answer's headers, Retry-After, type, instance and request ID", async () => {
  const { users } = await serve((_, response) =>
    json(
      response,
      429,
      {
        title: "Rate limit exceeded",
        status: 429,
        detail: "Later.",
        type: "/errors#rate-limit",
        instance: "/v2/users",
      },
      { "retry-after": "120", "x-request-id": "req-1", "x-region": "eu", "set-cookie": "session=1" },
    ),
  );
  const error = await rejection(users.delete({ userId: "u1" }));
  if (!(error instanceof RateLimitError)) throw error;
  expect(error).toMatchObject({
    title: "Rate limit exceeded",
    detail: "Later.",
    type: "/errors#rate-limit",
    instance: "/v2/users",
    requestId: "req-1",
    retryAfterMs: 120_000,
  });
  expect(error.headers.get("x-region")).toBe("eu");
  expect(error.headers.get("set-cookie")).toBeNull();
});

test.each(byId)("G17: %s resolves no dot segment in an ID", async (_method, call) => {
  const { server, users } = await serve((request, response) =>
    request.path === "/v2/users" ? json(response, 200, wirePage([])) : problem(response, 404),
  );
  for (const id of ["..", ".", " .. "])
    expect(await rejection(call(users, id))).toBeInstanceOf(ValidationError);
  expect(server.seen).toEqual([]);
  for (const id of ["../../v2", "%2e%2e", "./u1"]) {
    expect(await rejection(call(users, id))).toBeInstanceOf(NotFoundError);
  }
  // Without the request that confirms the first 404.
  const seen = server.seen.filter(({ path }) => path !== "/v2/users");
  expect(seen.map(idIn)).toEqual(["../../v2", "%2e%2e", "./u1"]);
  for (const { path } of seen) expect(path).toMatch(/^\/v2\/users\/[^/]+(\/[a-z]+-[a-z]+)?$/);
});

test("G18: DISABLE_PRERELEASE_WARNING=true silences warnings, and does not use them up", async () => {
  const warnings = listenForWarnings();
  const { users } = await serve(account([wireUser()]), { prereleaseWarnings: true });
  setEnv("DISABLE_PRERELEASE_WARNING", "true");
  await users.get({ userId: "VXNlcjox" });
  expect(warnings()).toEqual([]);
  setEnv("DISABLE_PRERELEASE_WARNING", undefined);
  await users.get({ userId: "VXNlcjox" });
  expect(warnings()).toEqual([expect.stringMatching(/^\[ALPHA\] users\.get is an alpha API/)]);
});

test("G19: an unknown address is a NotFoundError, as an unknown ID is", async () => {
  const { server, users } = await serve(account([]));
  for (const user of ["nobody@example.com", "u1"]) {
    const error = await rejection(users.get({ user }));
    expect(error).toBeInstanceOf(NotFoundError);
    expect(error).toMatchObject({ name: "NotFoundError", status: 404 });
  }
  expect(server.seen).toHaveLength(2);
});

test.each([...withBody, ...withoutBody])("G20: %s sends the key as a Bearer token", async (_method, call) => {
  const { server, users } = await serve((_, response) => problem(response, 403), { apiKey: "ak-1" });
  await rejection(call(users, "u1"));
  expect(server.seen.map(({ headers }) => headers.authorization)).toEqual(["Bearer ak-1"]);
});
