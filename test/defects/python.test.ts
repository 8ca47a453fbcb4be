/** The defects of the Python package arize 8.42 to 8.45, by number: none of them is in this package. */
import {
  AmbiguousMatchError,
  ArizeError,
  AuthenticationError,
  type BulkDeleteUsersParams,
  NotFoundError,
  PermissionDeniedError,
  ServerError,
  TimeoutError,
  UnexpectedResponseError,
  type Users,
  ValidationError,
} from "ax-users";
import { expect, onTestFinished, test, vi } from "vitest";
import {
  byOrganization,
  named,
  requestsTo as organizationRequestsTo,
  serveAccount,
  wireOrganization,
  wireOrganizationPage,
} from "../helpers/organizations.ts";
import { json, rejection, startServer, wirePage, wireUser } from "../helpers/server.ts";
import {
  account,
  byEmail,
  byId,
  deletesOf,
  gateFor,
  html,
  idIn,
  listenForWarnings,
  newUser,
  problem,
  requestsTo,
  serve,
  usersOf,
  withBody,
  withoutBody,
  withPassword,
} from "./helpers.ts";

/** So many users, each of whose addresses contains the one that is looked for. */
const crowd = (count: number, email: string) =>
  usersOf(...Array.from({ length: count }, (_, index) => `u${index}.${email}`));

test.each<[string, (users: Users, email: string) => Promise<unknown>]>([
  ...byEmail,
  ["create", (users, email) => users.create({ ...newUser, email })],
])("P1: %s finds an address behind a hundred that contain it", async (_method, find) => {
  const everybody = account([...crowd(100, "ada@example.com"), ...usersOf("ada@example.com")]);
  const { server, users } = await serve((request, response) =>
    request.method === "POST" ? problem(response, 409) : everybody(request, response),
  );
  expect(await find(users, "ada@example.com")).toMatchObject({ id: "ada", email: "ada@example.com" });
  expect(server.seen.filter(({ method }) => method === "GET")).toHaveLength(2);
});

test("P1: bulkDelete removes nobody but the address that was meant, wherever it stands", async () => {
  const { server, users } = await serve(
    account([...crowd(100, "ada@example.com"), ...usersOf("ada@example.com")]),
  );
  expect(await users.bulkDelete({ emails: ["ada@example.com"] })).toStrictEqual([
    { userId: "ada", email: "ada@example.com", status: "deleted" },
  ]);
  expect(requestsTo(server)).toEqual(["GET /v2/users", "GET /v2/users", "DELETE /v2/users/ada"]);
});

test("P2: get rejects with a NotFoundError for an unknown address and for an unknown ID", async () => {
  const { users } = await serve(account([]));
  for (const params of [{ user: "ada@example.com" }, { user: "u1" }, { userId: "u1" }]) {
    const error = await rejection(users.get(params));
    expect(error).toBeInstanceOf(NotFoundError);
    expect(error).toMatchObject({ status: 404 });
  }
  expect(await users.findByEmail("ada@example.com")).toBeNull();
});

test("P3: the arrays that are given stay as they are", async () => {
  const { users } = await serve(account(usersOf("ada@example.com", "zoe@example.com")));
  const userIds = Object.freeze(["u1", "u1", " u2 "]);
  const emails = Object.freeze(["Ada@example.com", "ada@example.com ", "zoe@example.com"]);
  await users.bulkDelete({ userIds, emails });
  await users.findByEmails(emails);
  expect(userIds).toEqual(["u1", "u1", " u2 "]);
  expect(emails).toEqual(["Ada@example.com", "ada@example.com ", "zoe@example.com"]);
});

test("P4: whoever is named several times is one target, one DELETE and one result", async () => {
  const { server, users } = await serve(account(usersOf("ada@example.com")));
  expect(
    await users.bulkDelete({
      userIds: ["ada", "ada", " ada "],
      emails: ["Ada@example.com", "ada@example.com", "ADA@example.com "],
    }),
  ).toStrictEqual([{ userId: "ada", email: "Ada@example.com", status: "deleted" }]);
  expect(deletesOf(server)).toEqual(["DELETE /v2/users/ada"]);
});

test.each([
  [403, PermissionDeniedError],
  [501, ServerError],
])(
  "P5: a look-up refused with %i fails its address, and the others are removed",
  async (status, errorClass) => {
    const everybody = account(usersOf("ada@example.com"));
    const { server, users } = await serve((request, response) =>
      request.query.get("email") === "bad@example.com"
        ? problem(response, status)
        : everybody(request, response),
    );
    expect(
      await users.bulkDelete({ userIds: ["direct"], emails: ["bad@example.com", "ada@example.com"] }),
    ).toStrictEqual([
      { userId: "direct", status: "deleted" },
      {
        email: "bad@example.com",
        status: "failed",
        attempted: expect.any(Boolean),
        outcome: expect.any(String),
        error: expect.stringContaining(`HTTP ${status}`),
        cause: expect.any(errorClass),
      },
      { userId: "ada", email: "ada@example.com", status: "deleted" },
    ]);
    expect(deletesOf(server)).toEqual(["DELETE /v2/users/ada", "DELETE /v2/users/direct"]);
  },
);

test("P6: after a refused key nothing more is sent, and the rest is told as not attempted", async () => {
  const { server, users } = await serve((_, response) => problem(response, 401));
  const results = await users.bulkDelete({ userIds: ["u1", "u2", "u3"], concurrency: 1 });
  expect(results).toStrictEqual([
    {
      userId: "u1",
      status: "failed",
      attempted: expect.any(Boolean),
      outcome: expect.any(String),
      error: expect.stringContaining("HTTP 401"),
      cause: expect.any(AuthenticationError),
    },
    ...["u2", "u3"].map((userId) => ({
      userId,
      status: "failed",
      attempted: false,
      outcome: "not_applied",
      error: expect.stringContaining("not attempted"),
      cause: expect.any(AuthenticationError),
    })),
  ]);
  expect(requestsTo(server)).toEqual(["DELETE /v2/users/u1"]);
});

test("P6: a refused key ends a batch with deletes in flight, or while addresses are looked up", async () => {
  const gate = gateFor(8);
  const { server, users } = await serve(async ({ method }, response) => {
    if (method === "DELETE") await gate();
    problem(response, 401);
  });
  const userIds = Array.from({ length: 20 }, (_, index) => `u${index}`);
  const results = await users.bulkDelete({ userIds });
  expect(server.seen).toHaveLength(8);
  expect(results.map(({ userId, status }) => [userId, status])).toEqual(userIds.map((id) => [id, "failed"]));
  const notAttempted = results.filter(
    (result) => "error" in result && result.error.includes("not attempted"),
  );
  expect(notAttempted).toHaveLength(12);

  server.seen.length = 0;
  const emails = ["ada@example.com", "joe@example.com", "zoe@example.com"];
  const resolving = await users.bulkDelete({ userIds: ["u1"], emails });
  expect(resolving.map(({ status }) => status)).toEqual(["failed", "failed", "failed", "failed"]);
  expect(requestsTo(server)).toEqual(["GET /v2/users"]);
});

test("P7: the error of a failed result is one readable line, the rest is on its cause", async () => {
  const { users } = await serve((_, response) =>
    json(
      response,
      403,
      { title: "Access forbidden", status: 403, detail: "You may not.\n\nAsk an\tadmin." },
      { "x-powered-by": "a proxy", "set-cookie": "session=1" },
    ),
  );
  const [result] = await users.bulkDelete({ userIds: ["u1"] });
  expect(result).toStrictEqual({
    userId: "u1",
    status: "failed",
    attempted: expect.any(Boolean),
    outcome: expect.any(String),
    error: expect.stringMatching(
      /^DELETE \/v2\/users\/u1: HTTP 403 Access forbidden: You may not\. Ask an admin\.[\w .]*$/,
    ),
    cause: expect.any(PermissionDeniedError),
  });
  expect(result).toHaveProperty("cause.detail", "You may not.\n\nAsk an\tadmin.");
});

test("P8: anything but an array is refused before anything is sent", async () => {
  const { server, users } = await serve(account([]));
  const wrong: [unknown, string][] = [
    [{ userIds: "abc" }, "userIds"],
    [{ emails: "ada@example.com" }, "emails"],
    [{ userIds: new Set(["u1"]) }, "userIds"],
  ];
  for (const [params, path] of wrong) {
    // @ts-expect-error: plain JavaScript can give anything
    const error = await rejection(users.bulkDelete(params));
    expect(error).toBeInstanceOf(ValidationError);
    expect(error).toMatchObject({ issues: [{ path }] });
  }
  expect(server.seen).toEqual([]);
});

test("P8: a target that is no string fails alone, without a request", async () => {
  const { server, users } = await serve(account([]));
  const given: unknown = { userIds: [2, null], emails: [["ada@example.com"]] };
  const results = await users.bulkDelete(given as BulkDeleteUsersParams);
  expect(results.map(({ status }) => status)).toEqual(["failed", "failed", "failed"]);
  expect(server.seen).toEqual([]);
});

test("P9: the password of a 201 is on the result", async () => {
  const { users } = await serve((_, response) => json(response, 201, withPassword));
  const created = await users.create({ ...newUser, inviteMode: "temporary_password" });
  expect(created).toMatchObject({
    outcome: "created",
    inviteMode: "temporary_password",
    status: "invited",
    role: { type: "predefined", name: "member" },
  });
  expect(created.temporaryPassword).toBe("Pa55");
});

test("P9: a 200 is told from a 201: the user was there, and there is no password", async () => {
  const { users } = await serve((_, response) => json(response, 200, wireUser({ status: "invited" })));
  const existing = await users.create({ ...newUser, inviteMode: "temporary_password" });
  expect(existing.outcome).toBe("existing");
  expect(existing).not.toHaveProperty("inviteMode");
  expect(existing).not.toHaveProperty("temporaryPassword");
});

test("P10: fields that the API does not specify fail no call, and are left out", async () => {
  const extended = wireUser({
    manager_id: "u2",
    role: { type: "predefined", name: "member", granted_at: "today" },
    invite_mode: "email_link",
  });
  const { users } = await serve((request, response) => {
    if (request.method === "POST") return json(response, 201, extended);
    if (idIn(request) !== "") return json(response, 200, extended);
    return json(response, 200, { users: [extended], pagination: { has_more: false, total: 1 }, took_ms: 3 });
  });
  const user = {
    id: "VXNlcjox",
    name: "Ada Lovelace",
    email: "ada@example.com",
    createdAt: new Date("2024-01-01T12:00:00Z"),
    status: "active",
    role: { type: "predefined", name: "member" },
    isDeveloper: true,
  };
  expect(await users.get({ userId: user.id })).toStrictEqual(user);
  expect(await users.update({ userId: user.id, isDeveloper: true })).toStrictEqual(user);
  expect(await users.create(newUser)).toStrictEqual({
    ...user,
    inviteMode: "email_link",
    outcome: "created",
  });
  const page = await users.list();
  expect(page.data).toStrictEqual([user]);
  expect(page.pagination).toStrictEqual({ hasMore: false });
});

test("P11: enum values that the API does not specify come through in lower case", async () => {
  const { users } = await serve(({ method }, response) =>
    method === "POST"
      ? json(response, 201, wireUser({ invite_mode: "MAGIC_LINK" }))
      : json(
          response,
          200,
          wirePage([
            wireUser({ id: "u1", status: "INACTIVE" }),
            wireUser({ id: "u2", role: { type: "PREDEFINED", name: "AUDITOR" } }),
            wireUser({ id: "u3", role: { type: "TEAM", name: "Operations" } }),
            wireUser({ id: "u4" }),
          ]),
        ),
  );
  const { data } = await users.list();
  expect(data.map(({ id, status, role }) => ({ id, status, role }))).toStrictEqual([
    { id: "u1", status: "inactive", role: { type: "predefined", name: "member" } },
    { id: "u2", status: "active", role: { type: "predefined", name: "auditor" } },
    { id: "u3", status: "active", role: { type: "team", name: "Operations" } },
    { id: "u4", status: "active", role: { type: "predefined", name: "member" } },
  ]);
  expect(await users.create(newUser)).toMatchObject({ outcome: "created", inviteMode: "magic_link" });
});

test("P12: a problem's members beyond RFC 9457 are on the error with the others", async () => {
  const { users } = await serve((_, response) =>
    problem(response, 403, {
      detail: "No.",
      error_code: "NOT_ADMIN",
      request_id: "req_01",
      limits: { users: 5 },
    }),
  );
  expect(await rejection(users.get({ userId: "u1" }))).toMatchObject({
    title: "Refused",
    detail: "No.",
    requestId: "req_01",
    extensions: { error_code: "NOT_ADMIN", limits: { users: 5 } },
  });
});

test.each(byEmail)("P13: %s ends where a cursor comes again", async (_method, find) => {
  const { server, users } = await serve((_, response) =>
    json(response, 200, wirePage([wireUser()], "again")),
  );
  expect(await rejection(find(users, "ada@example.com"))).toBeInstanceOf(UnexpectedResponseError);
  expect(server.seen).toHaveLength(2);
});

test("P14: no warning and no log holds an address", async () => {
  const warnings = listenForWarnings();
  const logs = (["debug", "log", "info", "warn", "error"] as const).map((level) => {
    const log = vi.spyOn(console, level).mockImplementation(() => {});
    onTestFinished(() => log.mockRestore());
    return log;
  });
  const { users } = await serve(
    (request, response) =>
      request.query.get("email")?.startsWith("bad") ? problem(response, 403) : account([])(request, response),
    { prereleaseWarnings: true },
  );
  const results = await users.bulkDelete({ emails: ["nobody@example.com", "bad@example.com"] });
  expect(results.map(({ status }) => status)).toEqual(["not_found", "failed"]);
  expect(warnings()).toHaveLength(1);
  expect(warnings().join()).not.toContain("@");
  for (const log of logs) expect(log).not.toHaveBeenCalled();
});

test("P15: empty IDs and dot segments are failed results, and no request", async () => {
  const { server, users } = await serve(account([]));
  const results = await users.bulkDelete({ userIds: ["", ".", "..", " "] });
  expect(results).toStrictEqual(
    ["", ".", ".."].map((userId) => ({
      userId,
      status: "failed",
      attempted: false,
      outcome: "not_applied",
      error: expect.any(String),
      cause: expect.any(ValidationError),
    })),
  );
  expect(server.seen).toEqual([]);
});

test.each(byOrganization)(
  "P15: organizations.%s sends nothing for an empty ID or a dot segment",
  async (_method, call) => {
    const { server, organizations } = await serveAccount({ organizations: named("Data Ops") });
    for (const id of ["", " ", ".", ".."]) {
      for (const params of [{ organization: id }, { organizationId: id }]) {
        expect(await rejection(call(organizations, params))).toBeInstanceOf(ValidationError);
      }
    }
    expect(server.seen).toEqual([]);
  },
);

test.each(byId)("P17: %s does not wait forever for an answer", async (_method, call) => {
  const { users } = await serve(() => {}, { timeoutMs: 20 });
  expect(await rejection(call(users, "u1"))).toBeInstanceOf(TimeoutError);
});

test("P17: no call waits forever for the rest of a body", async () => {
  const { users } = await serve(
    (_, response) => {
      response.writeHead(200, { "content-type": "application/json" });
      response.write('{"id":');
    },
    { timeoutMs: 20 },
  );
  for (const [, call] of withBody) expect(await rejection(call(users))).toBeInstanceOf(TimeoutError);
});

test("P17: bulkDelete does not wait forever, for a delete or for a look-up", async () => {
  const sent: string[] = [];
  // Kept by the client's fetch: on a busy machine the time is up before the server sees the request.
  const recorded: typeof fetch = (input, init) => {
    sent.push(`${init?.method} ${new URL(String(input)).pathname}`);
    return fetch(input, init);
  };
  const { users } = await serve(() => {}, { fetch: recorded });
  const timedOut = {
    status: "failed",
    attempted: expect.any(Boolean),
    outcome: expect.any(String),
    error: expect.any(String),
    cause: expect.any(TimeoutError),
  };
  expect(await users.bulkDelete({ userIds: ["u1"] }, { timeoutMs: 20 })).toStrictEqual([
    { userId: "u1", ...timedOut },
  ]);
  expect(
    await users.bulkDelete({ userIds: ["u1"], emails: ["ada@example.com"] }, { deadlineMs: 20 }),
  ).toStrictEqual([
    { userId: "u1", ...timedOut },
    { email: "ada@example.com", ...timedOut },
  ]);
  expect(sent).toEqual(["DELETE /v2/users/u1", "GET /v2/users"]);
});

test.each<[string, string, (users: Users) => PromiseLike<unknown>]>([
  ["a blank name", "name", (users) => users.create({ ...newUser, name: " \t" })],
  ["a name of 256 characters", "name", (users) => users.create({ ...newUser, name: "x".repeat(256) })],
  ["a blank new name", "name", (users) => users.update({ userId: "u1", name: "  " })],
  ["no address", "email", (users) => users.create({ ...newUser, email: "" })],
  ["an address without a domain", "email", (users) => users.create({ ...newUser, email: "ada@" })],
  ["an address without a user", "email", (users) => users.create({ ...newUser, email: "@example.com" })],
  ["a blank inside an address", "email", (users) => users.create({ ...newUser, email: "a da@example.com" })],
  ["an address that is none", "email", (users) => users.findByEmail("ada")],
  ["a limit of 0", "limit", (users) => users.list({ limit: 0 })],
  ["a limit of 101", "limit", (users) => users.list({ limit: 101 })],
])(
  "P18: %s is a ValidationError, which is an ArizeError, before anything is sent",
  async (_what, path, call) => {
    const { server, users } = await serve(account([]));
    const error = await rejection(call(users));
    expect(error).toBeInstanceOf(ValidationError);
    expect(error).toBeInstanceOf(ArizeError);
    expect(error).toMatchObject({ issues: [{ path }] });
    expect(server.seen).toEqual([]);
  },
);

const mails = ["resendInvitation", "resetPassword"];

test.each([...withBody, ...withoutBody.filter(([method]) => !mails.includes(method))])(
  "P19: %s calls a success that the API does not specify an unexpected response",
  async (method, call) => {
    let status = 200;
    const { server, users } = await serve((_, response) =>
      status === 200 ? html(response, status) : json(response, status, wireUser()),
    );
    for (status of [200, 202]) {
      const error = await rejection(call(users, "u1"));
      expect(error).toBeInstanceOf(UnexpectedResponseError);
      expect(error).toMatchObject({
        message: expect.stringContaining(`HTTP ${status}`),
        outcome: server.seen[0]?.method === "GET" ? "not_applied" : "unknown",
      });
    }
    expect(server.seen, method).toHaveLength(2);
  },
);

test.each(byOrganization)(
  "P20: organizations.%s takes an ID without its padding for an ID",
  async (_method, call, request) => {
    const id = "T3JnYW5pemF0aW9uOjEwMDE6eFl6Vw";
    const { server, organizations } = await serveAccount({ organizations: [wireOrganization({ id })] });
    await call(organizations, { organization: id });
    expect(organizationRequestsTo(server)).toEqual([request(id)]);
  },
);

test.each(byOrganization)("P21: organizations.%s tells nobody the names of others", async (_method, call) => {
  const { organizations } = await serveAccount({ organizations: named("Data Ops 1", "Data Ops 2") });
  const error = await rejection(call(organizations, { organization: "Data Ops" }));
  expect(error).toBeInstanceOf(NotFoundError);
  expect(String(error) + JSON.stringify(error)).not.toMatch(/Ops [12]/);
});

test("P22: null for a description reaches a server that clears it by that, and undefined reaches none", async () => {
  const server = await startServer(({ body }, response) =>
    JSON.parse(body).description === ""
      ? problem(response, 422)
      : json(response, 200, wireOrganization({ id: "o1" })),
  );
  const { organizations } = server.client();
  await organizations.update({ organizationId: "o1", description: null });
  await organizations.update({ organizationId: "o1", name: "Data", description: undefined });
  expect(server.seen.map(({ body }) => JSON.parse(body))).toEqual([
    { description: "" },
    { description: null },
    { name: "Data" },
  ]);
});

test("P23: an organization whose description is null has an empty one", async () => {
  const organization = wireOrganization({ id: "o1", description: null });
  const server = await startServer(({ path }, response) =>
    json(response, 200, path === "/v2/organizations" ? wireOrganizationPage([organization]) : organization),
  );
  const { organizations } = server.client();
  expect(await organizations.get({ organizationId: "o1" })).toHaveProperty("description", "");
  expect((await organizations.list()).data).toMatchObject([{ description: "" }]);
});

test("P24: a method warns once, of itself and not of those that it uses", async () => {
  const warnings = listenForWarnings();
  const everybody = account(usersOf("ada@example.com"));
  const { users } = await serve(
    (request, response) =>
      request.method === "POST" ? problem(response, 409) : everybody(request, response),
    { prereleaseWarnings: true },
  );
  for (const _ of ["first", "second"]) {
    await users.get({ user: "ada@example.com" });
    await users.bulkDelete({ userIds: ["u1"], emails: ["ada@example.com"] });
    await users.create(newUser);
  }
  expect(warnings()).toEqual([
    expect.stringMatching(/^\[ALPHA\] users\.get is an alpha API/),
    expect.stringMatching(/^\[ALPHA\] users\.bulk_delete is an alpha API/),
    expect.stringMatching(/^\[ALPHA\] users\.create is an alpha API/),
  ]);
});

test.each(byEmail)(
  "P27: %s minds neither the case of an address, nor blanks around the one that is given",
  async (_method, find) => {
    const { server, users } = await serve((_, response) =>
      json(response, 200, wirePage(usersOf("xada@example.com", "ADA@Example.com"))),
    );
    expect(await find(users, "\tAda@example.COM ")).toMatchObject({ id: "ADA" });
    expect(server.seen.map(({ query }) => query.get("email")?.toLowerCase())).toEqual(["ada@example.com"]);
  },
);

test("P27: bulkDelete finds an address with blanks around it", async () => {
  const { users } = await serve(account(usersOf("ada@example.com")));
  expect(await users.bulkDelete({ emails: [" Ada@example.com "] })).toStrictEqual([
    { userId: "ada", email: " Ada@example.com ", status: "deleted" },
  ]);
});

/** Two users with one address, one before and one after others. */
const twinsAround = (others: ReturnType<typeof usersOf>) => [
  wireUser({ id: "twin1", email: "twin@example.com" }),
  ...others,
  wireUser({ id: "twin2", email: "TWIN@example.com" }),
];

test.each(byEmail)("P28: %s does not choose between two users with one address", async (_method, find) => {
  const { users } = await serve(account(twinsAround(crowd(100, "twin@example.com"))));
  const error = await rejection(find(users, "twin@example.com"));
  expect(error).toBeInstanceOf(AmbiguousMatchError);
  expect(error).toMatchObject({ matchingIds: ["twin1", "twin2"] });
});

test.each([
  ["few", []],
  ["many", ["ada@example.com", "joe@example.com"]],
])("P28: among %s addresses, bulkDelete removes neither of two users with one", async (_count, others) => {
  const { server, users } = await serve(account(twinsAround(usersOf(...others))));
  const results = await users.bulkDelete({ emails: ["twin@example.com", ...others] });
  expect(results).toStrictEqual([
    {
      email: "twin@example.com",
      status: "failed",
      attempted: expect.any(Boolean),
      outcome: expect.any(String),
      error: expect.stringContaining("twin1, twin2"),
      cause: expect.any(AmbiguousMatchError),
    },
    ...others.map((email) => ({ userId: email.split("@")[0], email, status: "deleted" })),
  ]);
  expect(requestsTo(server).join()).not.toContain("twin");
});

test.each([
  ["is longer than is read", Number.POSITIVE_INFINITY],
  ["breaks off", 2],
])("P28: where the whole list %s, neither of two users with one address is removed", async (_how, pages) => {
  const everybody = account(twinsAround(crowd(400, "crowd@example.com")));
  const emails = ["twin@example.com", "u0.crowd@example.com", "nobody@example.com"];
  let listed = 0;
  const { server, users } = await serve((request, response) => {
    const whole = request.method === "GET" && !request.query.has("email");
    if (whole) listed += 1;
    return whole && listed > pages ? problem(response, 501) : everybody(request, response);
  });
  const results = await users.bulkDelete({ emails });
  expect(deletesOf(server)).toEqual(["DELETE /v2/users/u0.crowd"]);
  expect(results.map(({ status }) => status)).toEqual(["failed", "deleted", "not_found"]);
  expect(results[0]).toMatchObject({ cause: { matchingIds: ["twin1", "twin2"] } });
});

test("P28: findByEmails does not choose between two users with one address, however long the list", async () => {
  const { users } = await serve(account(twinsAround(crowd(400, "crowd@example.com"))));
  const emails = ["twin@example.com", "u0.crowd@example.com", "nobody@example.com"];
  const error = await rejection(users.findByEmails(emails));
  expect(error).toBeInstanceOf(AmbiguousMatchError);
  expect(error).toMatchObject({ matchingIds: ["twin1", "twin2"] });
});
