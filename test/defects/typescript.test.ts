/** The defects of @arizeai/ax-client 1.28.0, by number: none of them is in this package. */
import type { ServerResponse } from "node:http";
import { createServer } from "node:net";
import { format } from "node:util";
import {
  AmbiguousMatchError,
  APIError,
  ArizeClient,
  ArizeError,
  AuthenticationError,
  BadRequestError,
  ConflictError,
  ConnectionError,
  NotFoundError,
  PermissionDeniedError,
  RateLimitError,
  ServerError,
  TimeoutError,
  UnexpectedResponseError,
  UnprocessableEntityError,
  type User,
  ValidationError,
} from "ax-users";
import { expect, test } from "vitest";
import {
  byOrganization,
  idOf,
  NAMES_LIKE_BASE64,
  named,
  requestsTo as organizationRequestsTo,
  reader,
  serveAccount,
} from "../helpers/organizations.ts";
import { shownOf } from "../helpers/reveal.ts";
import { json, rejection, wirePage, wireUser } from "../helpers/server.ts";
import {
  account,
  byEmail,
  byId,
  countingFetch,
  deletesOf,
  emptyBodies,
  gateFor,
  html,
  idIn,
  newUser,
  problem,
  requestsTo,
  serve,
  setEnv,
  usersOf,
  withBody,
  withoutBody,
} from "./helpers.ts";

const ids = (count: number) => Array.from({ length: count }, (_, index) => `u${index}`);
const addresses = (count: number) => ids(count).map((id) => `${id}@example.com`);

test.each(emptyBodies)("T1: an error with %s is an error", async (_body, answer) => {
  const { server, users } = await serve((request, response) => answer(response, Number(idIn(request))));
  const classes = { 403: PermissionDeniedError, 500: ServerError, 502: ServerError };
  for (const [status, errorClass] of Object.entries(classes)) {
    for (const [, call] of withoutBody) {
      const before = server.seen.length;
      const error = await rejection(call(users, status));
      expect(error).toBeInstanceOf(errorClass);
      expect(error).toMatchObject({ status: Number(status), attempts: server.seen.length - before });
    }
  }
});

test.each(emptyBodies)(
  "T1: bulkDelete calls nothing deleted that was refused with %s",
  async (_body, answer) => {
    const { server, users } = await serve((_, response) => answer(response, 403));
    expect(await users.bulkDelete({ userIds: ["u1"] })).toStrictEqual([
      {
        userId: "u1",
        status: "failed",
        attempted: expect.any(Boolean),
        outcome: expect.any(String),
        error: expect.stringContaining("DELETE /v2/users/u1: HTTP 403"),
        cause: expect.any(PermissionDeniedError),
      },
    ]);
    expect(requestsTo(server)).toEqual(["DELETE /v2/users/u1"]);
  },
);

test.each(emptyBodies)(
  "T2: where a body is expected, an error with %s is the same error",
  async (_body, answer) => {
    let status = 0;
    const { users } = await serve((_, response) => answer(response, status));
    for (const [, call] of withBody) {
      status = 403;
      expect(await rejection(call(users))).toBeInstanceOf(PermissionDeniedError);
      status = 501;
      const error = await rejection(call(users));
      expect(error).toBeInstanceOf(ServerError);
      expect(error).toMatchObject({ status: 501, attempts: 1 });
    }
  },
);

test("T3: an error with a page of HTML has its status, its class and the start of the page", async () => {
  const { users } = await serve((request, response) => html(response, Number(idIn(request))));
  const classes = { 401: AuthenticationError, 404: APIError, 502: ServerError };
  for (const [status, errorClass] of Object.entries(classes)) {
    const error = await rejection(users.delete({ userId: status }));
    expect(error).toBeInstanceOf(errorClass);
    expect(error).toMatchObject({
      status: Number(status),
      detail: "<html>Sign in to the proxy</html>",
      message: expect.stringContaining(`DELETE /v2/users/${status}: HTTP ${status}`),
    });
  }
});

test("T3: an error with plain text has the text as its detail", async () => {
  const { users } = await serve((_, response) =>
    response.writeHead(502, { "content-type": "text/plain" }).end("upstream is down\n"),
  );
  const error = await rejection(users.update({ userId: "u1", name: "Ada" }));
  expect(error).toBeInstanceOf(ServerError);
  expect(error).toMatchObject({ status: 502, title: "Bad Gateway", detail: "upstream is down" });
});

test.each([
  ["another status", { title: "Refused", status: 404 }],
  ["a status in words", { title: "Refused", status: "not found" }],
  ["no status", { title: "Refused" }],
  ["no problem document", ["refused"]],
])("T4: with %s in the body, the error's status is still HTTP's", async (_body, body) => {
  const { users } = await serve((request, response) => json(response, Number(idIn(request)), body));
  for (const [status, errorClass] of [
    [500, ServerError],
    [403, PermissionDeniedError],
  ] as const) {
    const error = await rejection(users.get({ userId: String(status) }));
    expect(error).toBeInstanceOf(errorClass);
    expect(error).toMatchObject({ status });
  }
});

test("T5: one failed delete is one failed result of bulkDelete", async () => {
  const { users } = await serve((request, response) =>
    idIn(request) === "u1" ? problem(response, 403) : response.writeHead(204).end(),
  );
  expect(await users.bulkDelete({ userIds: ["u0", "u1", "u2"] })).toStrictEqual([
    { userId: "u0", status: "deleted" },
    {
      userId: "u1",
      status: "failed",
      attempted: expect.any(Boolean),
      outcome: expect.any(String),
      error: expect.stringContaining("HTTP 403 Refused"),
      cause: expect.any(PermissionDeniedError),
    },
    { userId: "u2", status: "deleted" },
  ]);
});

test("T6: after a failure every request of bulkDelete still has its result", async () => {
  const { server, users } = await serve(async (request, response) => {
    if (idIn(request) === "u0") return response.socket?.destroy();
    return response.writeHead(204).end();
  });
  const results = await users.bulkDelete({ userIds: ids(20) });
  expect(results.map(({ status }) => status)).toEqual(["failed", ...Array(19).fill("deleted")]);
  expect(results.map(({ userId }) => userId)).toEqual(ids(20));
  expect(new Set(requestsTo(server))).toEqual(new Set(ids(20).map((id) => `DELETE /v2/users/${id}`)));
});

test("T7: bulkDelete has eight deletes in flight where nothing else is said", async () => {
  const gate = gateFor(8);
  const { fetch, peak } = countingFetch();
  const { server, users } = await serve(
    async (_, response) => {
      await gate();
      response.writeHead(204).end();
    },
    { fetch },
  );
  await users.bulkDelete({ userIds: ids(11) });
  expect(peak()).toBe(8);
  expect(server.seen).toHaveLength(11);
});

test.each([1, 8, 64])(
  "T7: with concurrency %i, 500 deletes never have more in flight",
  async (concurrency) => {
    const gate = gateFor(concurrency);
    const { fetch, peak } = countingFetch();
    const { server, users } = await serve(
      async (_, response) => {
        await gate();
        response.writeHead(204).end();
      },
      { fetch },
    );
    const results = await users.bulkDelete({ userIds: ids(500), concurrency });
    expect(peak()).toBe(concurrency);
    expect(server.seen).toHaveLength(500);
    expect(results).toStrictEqual(ids(500).map((userId) => ({ userId, status: "deleted" })));
  },
);

test.each([0, 65, 1.5, Number.NaN])(
  "T7: concurrency %d is refused before anything is sent",
  async (concurrency) => {
    const { server, users } = await serve(account([]));
    expect(await rejection(users.bulkDelete({ userIds: ["u1"], concurrency }))).toBeInstanceOf(
      ValidationError,
    );
    expect(server.seen).toEqual([]);
  },
);

test("T8: two addresses are looked up at the same time", async () => {
  const gate = gateFor(2);
  const everybody = account(usersOf("u0@example.com", "u1@example.com"));
  const { server, users } = await serve(async (request, response) => {
    if (request.method === "GET") await gate();
    return everybody(request, response);
  });
  const results = await users.bulkDelete({ emails: addresses(2) });
  expect(results.map(({ status }) => status)).toEqual(["deleted", "deleted"]);
  expect(server.seen).toHaveLength(4);
});

test("T8: ten addresses of a small account take one request and no look-up", async () => {
  const { server, users } = await serve(account(usersOf(...addresses(10))));
  expect((await users.findByEmails(addresses(10))).size).toBe(10);
  expect(server.seen.map(({ query }) => query.get("email"))).toEqual([null]);
});

test("T8: ten addresses of an account that is too large to read are looked up side by side", async () => {
  const gate = gateFor(10);
  const { fetch, peak } = countingFetch();
  const { server, users } = await serve(
    async ({ query }, response) => {
      const email = query.get("email");
      if (email === null) return json(response, 200, wirePage([], `after ${query.get("cursor")}`));
      await gate();
      return json(response, 200, wirePage(usersOf(email)));
    },
    { fetch },
  );
  expect((await users.findByEmails(addresses(10))).size).toBe(10);
  expect(peak()).toBe(10);
  expect(server.seen.filter(({ query }) => query.has("email"))).toHaveLength(10);
  expect(server.seen).toHaveLength(20);
});

test.each<[string, unknown, (response: ServerResponse) => unknown]>([
  ["a refusal", ServerError, (response) => problem(response, 501)],
  ["a lost connection", ConnectionError, (response) => response.socket?.destroy()],
  [
    "two matches",
    AmbiguousMatchError,
    (response) =>
      json(response, 200, wirePage(["b1", "b2"].map((id) => wireUser({ id, email: "bad@example.com" })))),
  ],
])("T9: %s in one look-up is the result of that address alone", async (_failure, errorClass, answer) => {
  const everybody = account(usersOf("ada@example.com"));
  const { server, users } = await serve((request, response) =>
    request.query.get("email") === "bad@example.com" ? answer(response) : everybody(request, response),
  );
  for (const more of [[], ["ada@example.com"]]) {
    server.seen.length = 0;
    const emails = ["nobody@example.com", "bad@example.com", ...more];
    expect(await users.bulkDelete({ userIds: ["direct"], emails })).toStrictEqual([
      { userId: "direct", status: "deleted" },
      { email: "nobody@example.com", status: "not_found", error: expect.any(String) },
      {
        email: "bad@example.com",
        status: "failed",
        attempted: expect.any(Boolean),
        outcome: expect.any(String),
        error: expect.any(String),
        cause: expect.any(errorClass),
      },
      ...more.map((email) => ({ userId: "ada", email, status: "deleted" })),
    ]);
    expect(deletesOf(server)).toHaveLength(1 + more.length);
  }
});

test("T10: an address in two spellings is one target, named as first given, in the place first named", async () => {
  const { server, users } = await serve(account(usersOf("zoe@example.com", "ada@example.com")));
  const results = await users.bulkDelete({
    userIds: ["direct"],
    emails: [
      "Zoe@Example.com",
      "nobody@example.com",
      "ada@example.com",
      "zoe@example.com",
      "NOBODY@example.com",
    ],
  });
  expect(results).toStrictEqual([
    { userId: "direct", status: "deleted" },
    { userId: "zoe", email: "Zoe@Example.com", status: "deleted" },
    { email: "nobody@example.com", status: "not_found", error: expect.any(String) },
    { userId: "ada", email: "ada@example.com", status: "deleted" },
  ]);
  expect(deletesOf(server)).toEqual([
    "DELETE /v2/users/ada",
    "DELETE /v2/users/direct",
    "DELETE /v2/users/zoe",
  ]);
});

test.each(byEmail)(
  "T11: %s refuses an address that is blank before anything is sent",
  async (_method, find) => {
    const { server, users } = await serve(account(usersOf(...addresses(300))));
    for (const email of ["", "  "])
      expect(await rejection(find(users, email))).toBeInstanceOf(ValidationError);
    expect(server.seen).toEqual([]);
  },
);

test("T11: bulkDelete asks for nothing for a blank address", async () => {
  const { server, users } = await serve(account(usersOf(...addresses(300))));
  expect(await users.bulkDelete({ emails: ["", "@"] })).toStrictEqual([
    {
      email: "",
      status: "failed",
      attempted: false,
      outcome: "not_applied",
      error: expect.any(String),
      cause: expect.any(ValidationError),
    },
    {
      email: "@",
      status: "failed",
      attempted: false,
      outcome: "not_applied",
      error: expect.any(String),
      cause: expect.any(ValidationError),
    },
  ]);
  expect(server.seen).toEqual([]);
});

test("T12: an empty ID is a failed result of bulkDelete and no request", async () => {
  const { server, users } = await serve(account([]));
  expect(await users.bulkDelete({ userIds: ["", "u1", " "] })).toStrictEqual([
    {
      userId: "",
      status: "failed",
      attempted: false,
      outcome: "not_applied",
      error: expect.any(String),
      cause: expect.any(ValidationError),
    },
    { userId: "u1", status: "deleted" },
  ]);
  expect(requestsTo(server)).toEqual(["DELETE /v2/users/u1"]);
});

test.each(byId)(
  "T12: %s refuses an ID that is empty or missing before anything is sent",
  async (_method, call) => {
    const { server, users } = await serve(account([]));
    for (const id of ["", " ", undefined, null]) {
      // @ts-expect-error: plain JavaScript can leave the ID out
      expect(await rejection(call(users, id))).toBeInstanceOf(ValidationError);
    }
    expect(server.seen).toEqual([]);
  },
);

test.each(byId)(
  "T13: %s refuses an ID that is a dot segment before anything is sent",
  async (_method, call) => {
    const { server, users } = await serve(account([]));
    for (const id of [".", "..", " .. ", "..\t", "\n."]) {
      expect(await rejection(call(users, id))).toBeInstanceOf(ValidationError);
    }
    expect(server.seen).toEqual([]);
  },
);

test("T13: an ID stays one segment of the path, whatever is in it", async () => {
  const { server, users } = await serve(account([]));
  const strange = [
    "../u1",
    "..%2F",
    "%2e%2e",
    "..;",
    "...",
    "a/b",
    "a\\b",
    "a?b=c",
    "a#b",
    "a b",
    "VXNlcjox==",
  ];
  for (const userId of strange) await users.delete({ userId });
  expect(requestsTo(server)).toEqual(strange.map((id) => `DELETE /v2/users/${encodeURIComponent(id)}`));
});

test("T13: a dot segment is a failed result of bulkDelete and no request", async () => {
  const { server, users } = await serve(account([]));
  const results = await users.bulkDelete({ userIds: ["..", ".", "u1"] });
  expect(results.map(({ userId, status }) => [userId, status])).toEqual([
    ["..", "failed"],
    [".", "failed"],
    ["u1", "deleted"],
  ]);
  expect(requestsTo(server)).toEqual(["DELETE /v2/users/u1"]);
});

test.each(byOrganization)(
  "T13: organizations.%s refuses an organization that is a dot segment before anything is sent",
  async (_method, call) => {
    const { server, organizations } = await serveAccount({ organizations: named("Data Ops") });
    for (const id of [".", "..", " .. ", "", " "]) {
      for (const params of [{ organization: id }, { organizationId: id }]) {
        expect(await rejection(call(organizations, params))).toBeInstanceOf(ValidationError);
      }
    }
    expect(server.seen).toEqual([]);
  },
);

test("T13: a member who is a dot segment does not become the organization", async () => {
  const { server, organizations } = await serveAccount({ organizations: named("Data Ops") });
  const organizationId = idOf(0);
  for (const id of [".", "..", ""]) {
    for (const member of [{ userId: id }, { user: id }]) {
      const params = { organizationId, ...member } as { organizationId: string; userId: string };
      expect(await rejection(organizations.removeUser(params))).toBeInstanceOf(ValidationError);
      expect(await rejection(organizations.addUser({ ...params, role: reader }))).toBeInstanceOf(
        ValidationError,
      );
    }
  }
  expect(server.seen).toEqual([]);
  await organizations.removeUser({ organizationId, userId: "..%2F" });
  expect(server.seen.map(({ path }) => path)).toEqual([
    `/v2/organizations/${encodeURIComponent(organizationId)}/users/..%252F`,
  ]);
});

test.each([
  ["repeats itself", ["a", "a"], 2],
  ["goes around in a circle", ["a", "b", "a"], 3],
])("T14: a cursor that %s ends every way of reading a list", async (_how, cursors, requests) => {
  let sent = 0;
  const { users } = await serve((_, response) => {
    const cursor = cursors[sent % cursors.length];
    sent += 1;
    json(response, 200, wirePage([], cursor));
  });
  const ways: (() => Promise<unknown>)[] = [
    async () => {
      for await (const _ of users.list());
    },
    async () => {
      for await (const _ of users.list().pages());
    },
    async () => {
      for (let page = await users.list(); ; ) page = (await page.nextPage()) ?? expect.unreachable();
    },
    () => users.list().toArray({ max: 10 }),
    ...byEmail.map(
      ([, find]) =>
        () =>
          find(users, "ada@example.com"),
    ),
    () => users.findByEmails(addresses(5)),
  ];
  for (const read of ways) {
    sent = 0;
    expect(await rejection(read())).toBeInstanceOf(UnexpectedResponseError);
    expect(sent).toBe(requests);
  }
});

test("T14: a cursor that repeats itself is a failed result of bulkDelete", async () => {
  const { server, users } = await serve((_, response) => json(response, 200, wirePage([], "a")));
  expect(await users.bulkDelete({ emails: ["ada@example.com"] })).toStrictEqual([
    {
      email: "ada@example.com",
      status: "failed",
      attempted: expect.any(Boolean),
      outcome: expect.any(String),
      error: expect.any(String),
      cause: expect.any(UnexpectedResponseError),
    },
  ]);
  expect(server.seen).toHaveLength(2);
});

test("T14: has_more false ends a list, cursor or no cursor", async () => {
  const { server, users } = await serve((_, response) =>
    json(response, 200, { users: [wireUser()], pagination: { has_more: false, next_cursor: "a" } }),
  );
  expect(await users.list().toArray({ max: 10 })).toHaveLength(1);
  expect(await users.findByEmail("ada@example.com")).toMatchObject({ id: "VXNlcjox" });
  const page = await users.list();
  expect(page.pagination).toStrictEqual({ hasMore: false });
  expect(await page.nextPage()).toBeNull();
  expect(server.seen).toHaveLength(3);
});

test.each(NAMES_LIKE_BASE64)("T15: %s is the name of an organization and no ID", async (name) => {
  for (const [, call] of byOrganization) {
    const { server, organizations } = await serveAccount({ organizations: named("Other", name) });
    await call(organizations, { organization: name });
    const acted = organizationRequestsTo(server).slice(1);
    expect(server.seen[0]).toMatchObject({ method: "GET", path: "/v2/organizations" });
    for (const request of acted) expect(request).toContain(idOf(1));
  }
});

test("T16: an organization's name is matched whatever its case, as the server's filter does it", async () => {
  const { organizations } = await serveAccount({ organizations: named("Production") });
  expect(await organizations.get({ organization: "production" })).toMatchObject({ name: "Production" });
});

test.each(byOrganization)("T16: organizations.%s tells nobody the names of others", async (_method, call) => {
  const { server, organizations } = await serveAccount({ organizations: named("Secret Ops", "Ops Secret") });
  const error = await rejection(call(organizations, { organization: "ops" }));
  expect(error).toBeInstanceOf(NotFoundError);
  expect(shownOf(error)).not.toContain("Secret");
  server.seen.length = 0;
  expect(await rejection(call(organizations, { organization: "" }))).toBeInstanceOf(ValidationError);
  expect(server.seen).toEqual([]);
});

test("T17: addUser and removeUser take an organization by its name, too", async () => {
  const { server, organizations } = await serveAccount({ organizations: named("Data Ops") });
  const params = { organization: "Data Ops", userId: "u1" };
  await organizations.addUser({ ...params, role: reader });
  await organizations.removeUser(params);
  const path = `/v2/organizations/${idOf(0)}/users`;
  const list = "GET /v2/organizations";
  expect(organizationRequestsTo(server)).toEqual([list, `POST ${path}`, list, `DELETE ${path}/u1`]);
});

test("T18: get takes an address, which is looked up and never put into the path", async () => {
  const { server, users } = await serve(account(usersOf("jane+test@example.com")));
  expect(await users.get({ user: "jane+test@example.com" })).toMatchObject({ id: "jane+test" });
  expect(requestsTo(server)).toEqual(["GET /v2/users"]);
  expect(server.seen[0]?.query.get("email")).toBe("jane+test@example.com");
});

test("T19: an update of nothing is refused before anything is sent", async () => {
  const { server, users } = await serve(account([]));
  for (const nothing of [{}, { name: undefined, isDeveloper: undefined }]) {
    expect(await rejection(users.update({ userId: "u1", ...nothing }))).toBeInstanceOf(ValidationError);
  }
  expect(server.seen).toEqual([]);
});

test("T19: an update of nothing of an organization is refused before anything is sent", async () => {
  const { server, organizations } = await serveAccount({ organizations: named("Data Ops") });
  for (const nothing of [{}, { name: undefined, description: undefined }]) {
    const params = { organization: "Data Ops", ...nothing };
    expect(await rejection(organizations.update(params))).toBeInstanceOf(ValidationError);
  }
  expect(server.seen).toEqual([]);
});

test.each([
  ["alpha", "", null],
  ["current", null, ""],
])("T20: null and an empty string clear a description in the %s dialect", async (_era, clears, refused) => {
  for (const description of [null, ""]) {
    const { organizations, account } = await serveAccount(
      { organizations: named("Data Ops") },
      { fetch: refusing(refused) },
    );
    const cleared = await organizations.update({ organization: "Data Ops", description });
    expect(cleared.description).toBe("");
    expect(account.organizations[0]?.description).toBe(clears);
  }
});

/** The global fetch for a server that refuses this as a description. */
const refusing =
  (description: unknown): typeof fetch =>
  async (input, init) =>
    JSON.parse(String(init?.body ?? "{}")).description === description
      ? Response.json({ title: "Refused", status: 400 }, { status: 400 })
      : fetch(input, init);

test("T21: the name of a member's custom role is not sent", async () => {
  const { server, organizations } = await serveAccount({ organizations: named("Data Ops") });
  const role = { type: "custom", id: "r1", name: "Power" } as const;
  await organizations.addUser({ organizationId: idOf(0), userId: "u1", role });
  expect(JSON.parse(server.seen[0]?.body ?? "")).toStrictEqual({
    user_id: "u1",
    role: { type: "custom", id: "r1" },
  });
});

test("T21: the name of a custom role is read but never sent", async () => {
  const role = { type: "custom", id: "r1", name: "Power" } as const;
  const { server, users } = await serve(({ method }, response) =>
    json(response, method === "POST" ? 201 : 200, wireUser({ role, invite_mode: "email_link" })),
  );
  const { role: fetched } = await users.get({ userId: "VXNlcjox" });
  expect(fetched).toStrictEqual(role);
  await users.create({ ...newUser, role: fetched });
  expect(JSON.parse(server.seen[1]?.body ?? "")).toStrictEqual({
    name: "Ada Lovelace",
    email: "ada@example.com",
    role: { type: "custom", id: "r1" },
    invite_mode: "email_link",
  });
});

test.each([
  [201, "created", "email_link"],
  [200, "existing", undefined],
] as const)(
  "T22: HTTP %i makes the outcome %s, whatever is in the body",
  async (status, outcome, inviteMode) => {
    const { server, users } = await serve((_, response) =>
      json(response, status, wireUser({ invite_mode: "email_link" })),
    );
    const created = await users.create(newUser);
    expect(created).toMatchObject({ id: "VXNlcjox", outcome });
    expect(created.inviteMode).toBe(inviteMode);
    expect(server.seen).toHaveLength(1);
  },
);

test("T23: the temporary password is on the user, and in no log, JSON or copy of it", async () => {
  const { users } = await serve((_, response) =>
    json(response, 201, wireUser({ invite_mode: "temporary_password", temporary_password: "Pa55-once" })),
  );
  const user = await users.create({ ...newUser, inviteMode: "temporary_password" });
  expect(user.temporaryPassword).toBe("Pa55-once");
  expect(Object.keys(user)).not.toContain("temporaryPassword");
  const shown = [format(user), format({ user }), JSON.stringify(user), format({ ...user })];
  expect(shown.join()).not.toContain("Pa55");
  expect(shown.join()).toContain("ada@example.com");
});

test.each([
  ["missing", undefined],
  ["null", null],
  ["no date", "yesterday"],
  ["a number", 1704110400],
])("T24: a created_at that is %s is an unexpected response", async (_what, created_at) => {
  const { users } = await serve((request, response) => {
    const user = wireUser({ created_at });
    return json(response, 200, idIn(request) === "" ? wirePage([user]) : user);
  });
  expect(await rejection(users.get({ userId: "u1" }))).toBeInstanceOf(UnexpectedResponseError);
  expect(await rejection(users.list())).toBeInstanceOf(UnexpectedResponseError);
});

test("T24: created_at becomes a Date, and fields that the API does not specify are left out", async () => {
  const { users } = await serve((_, response) =>
    json(response, 200, wireUser({ last_seen_at: "2026-01-01" })),
  );
  expect(await users.get({ userId: "VXNlcjox" })).toStrictEqual({
    id: "VXNlcjox",
    name: "Ada Lovelace",
    email: "ada@example.com",
    createdAt: new Date("2024-01-01T12:00:00Z"),
    status: "active",
    role: { type: "predefined", name: "member" },
    isDeveloper: true,
  } satisfies User);
});

test.each(withBody)(
  "T25: %s calls a success without a usable body an unexpected response",
  async (_method, call) => {
    let body: string | undefined;
    const { server, users } = await serve((_, response) =>
      response.writeHead(body === undefined ? 204 : 200, { "content-type": "application/json" }).end(body),
    );
    for (body of ["<html>Sign in</html>", "", "{", "null", "[]", "{}", undefined]) {
      const before = server.seen.length;
      const error = await rejection(call(users));
      expect(error).toBeInstanceOf(UnexpectedResponseError);
      expect(String(error)).toMatch(/(GET|POST|PATCH) \/v2\/users.*HTTP 20[04]/);
      expect(server.seen.length - before).toBe(1);
    }
  },
);

test("T26: a lost connection is a ConnectionError with method, path and outcome, and no address", async () => {
  const { users } = await serve((_, response) => response.socket?.destroy());
  const error = await rejection(users.delete({ userId: "u1" }));
  expect(error).toBeInstanceOf(ConnectionError);
  expect(error).toMatchObject({
    name: "ConnectionError",
    message: expect.stringContaining("DELETE /v2/users/u1"),
    outcome: "unknown",
    cause: expect.any(Error),
  });
  const reading = await rejection(users.list({ email: "ada@example.com" }));
  expect(reading).toBeInstanceOf(ConnectionError);
  expect(reading).toMatchObject({
    message: expect.stringContaining("GET /v2/users:"),
    outcome: "not_applied",
  });
  expect(String(reading)).not.toContain("ada");
});

test("T26: a body that ends early is a ConnectionError", async () => {
  const { users } = await serve((_, response) => {
    response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
    response.write('{"id":', () => response.socket?.destroy());
  });
  expect(await rejection(users.get({ userId: "u1" }))).toBeInstanceOf(ConnectionError);
});

test("T26: a server that does not answer the call is a ConnectionError, and nothing was applied", async () => {
  const closed = createServer();
  const baseUrl = await new Promise<string>((resolve) => {
    closed.listen(0, "127.0.0.1", () => {
      const address = closed.address();
      const port = typeof address === "object" ? address?.port : undefined;
      closed.close(() => resolve(`http://127.0.0.1:${port}`));
    });
  });
  const { users } = new ArizeClient({
    apiKey: "test-key",
    baseUrl,
    prereleaseWarnings: false,
    maxRetries: 0,
  });
  const error = await rejection(users.resetPassword({ userId: "u1" }));
  expect(error).toBeInstanceOf(ConnectionError);
  expect(error).toMatchObject({
    message: expect.stringContaining("POST /v2/users/u1/reset-password"),
    outcome: "not_applied",
  });
});

/** What the constructor throws; fails where it does not. */
const refused = (apiKey?: string) => rejection((async () => new ArizeClient({ apiKey }))());

test("T27: a key that is missing or blank is refused, given or in the environment", async () => {
  setEnv("ARIZE_API_KEY", undefined);
  for (const key of [undefined, "", "  ", "\n"]) expect(await refused(key)).toBeInstanceOf(ValidationError);
  for (const key of ["", "  "]) {
    setEnv("ARIZE_API_KEY", key);
    expect(await refused()).toBeInstanceOf(ValidationError);
  }
});

test("T27: a key with a line break inside is refused and not shown, given or in the environment", async () => {
  const given = await refused("hidden\nSECRET");
  setEnv("ARIZE_API_KEY", "hidden\r\nSECRET");
  const cases = [
    ["apiKey", given],
    ["ARIZE_API_KEY", await refused()],
  ] as const;
  for (const [path, error] of cases) {
    expect(error).toBeInstanceOf(ValidationError);
    expect(error).toMatchObject({ issues: [{ path }] });
    expect(shownOf(error)).not.toMatch(/hidden|SECRET/);
  }
});

test("T27: a key is trimmed, and that of the environment counts where an option is undefined", async () => {
  setEnv("ARIZE_API_KEY", " from-env\n");
  const { server, users } = await serve((_, response) => json(response, 200, wireUser({ id: "u1" })), {
    apiKey: undefined,
  });
  await users.get({ userId: "u1" });
  await server.client({ apiKey: "\tgiven " }).users.get({ userId: "u1" });
  expect(server.seen.map(({ headers }) => headers.authorization)).toEqual([
    "Bearer from-env",
    "Bearer given",
  ]);
});

test("T27: a blank ARIZE_BASE_URL counts as not set", async () => {
  setEnv("ARIZE_BASE_URL", "  ");
  setEnv("ARIZE_REGION", undefined);
  const fetched: string[] = [];
  const { users } = new ArizeClient({
    apiKey: "test-key",
    prereleaseWarnings: false,
    fetch: async (url) => {
      fetched.push(String(url));
      return Response.json(wireUser({ id: "u1" }));
    },
  });
  await users.get({ userId: "u1" });
  expect(fetched).toEqual(["https://api.arize.com/v2/users/u1"]);
});

test("T27: the key is in no log of the client", async () => {
  const { server } = await serve(account([]));
  const client = server.client({ apiKey: "ak-hidden" });
  expect(shownOf(client)).not.toContain("hidden");
});

type Echo = (response: ServerResponse, bearer: string) => unknown;

const echoInHeader =
  (status: number, name: string): Echo =>
  (response, bearer) =>
    response.writeHead(status, { "content-type": "text/plain", [name]: bearer }).end("no JSON");

test.each<[string, Echo]>([
  ["the body of a refusal", (response, bearer) => response.writeHead(401).end(`You sent ${bearer}`)],
  ["the body of a success", (response, bearer) => response.writeHead(200).end(`You sent ${bearer}`)],
  ["a problem document", (response, bearer) => problem(response, 403, { detail: bearer, sent: [bearer] })],
  ["the reason phrase", (response, bearer) => response.writeHead(403, `Bad ${bearer}`).end()],
  ["a header of a refusal", echoInHeader(403, "x-echo")],
  ["the request ID of a refusal", echoInHeader(403, "x-request-id")],
  ["the request ID of a success", echoInHeader(200, "x-request-id")],
  ["the content type of a success", echoInHeader(200, "content-type")],
  ["no answer at all", (response) => response.socket?.destroy()],
])("T27: a key that the server repeats in %s is not in the error", async (_where, answer) => {
  const { users } = await serve(({ headers }, response) => answer(response, String(headers.authorization)), {
    apiKey: "ak-hidden",
  });
  const error = await rejection(users.get({ userId: "u1" }));
  expect(error).toBeInstanceOf(ArizeError);
  expect(shownOf(error)).toContain("/v2/users/u1");
  expect(shownOf(error)).not.toContain("hidden");
});

test("T27: a key that is escaped in the server's JSON is not in the error either", async () => {
  const { users } = await serve(
    ({ headers }, response) => problem(response, 403, { detail: headers.authorization }),
    { apiKey: 'ak-"hidden"x' },
  );
  expect(shownOf(await rejection(users.get({ userId: "u1" })))).not.toContain("hidden");
});

test.each([301, 302, 303, 307, 308])(
  "T28: a redirect of HTTP %i is an error and is not followed",
  async (status) => {
    const { server, users } = await serve((request, response) =>
      request.path === "/moved"
        ? json(response, 200, wireUser({ invite_mode: "none" }))
        : response.writeHead(status, { location: "/moved" }).end(),
    );
    const calls = [...withBody, ...withoutBody];
    for (const [, call] of calls) {
      const error = await rejection(call(users, "u1"));
      expect(error).toBeInstanceOf(APIError);
      expect(error).toMatchObject({ status });
    }
    expect(await users.bulkDelete({ userIds: ["u1"] })).toMatchObject([{ status: "failed" }]);
    expect(server.seen).toHaveLength(calls.length + 1);
    expect(requestsTo(server)).not.toContain("GET /moved");
  },
);

test("T29: a call ends with a TimeoutError after timeoutMs, the client's or its own", async () => {
  const { server, users } = await serve(() => {}, { timeoutMs: 20 });
  const error = await rejection(users.get({ userId: "u1" }));
  expect(error).toBeInstanceOf(TimeoutError);
  expect(error).toMatchObject({
    message: expect.stringContaining("GET /v2/users/u1"),
    outcome: "not_applied",
  });
  const patient = server.client().users;
  const own = await rejection(patient.delete({ userId: "u1" }, { timeoutMs: 20 }));
  expect(own).toBeInstanceOf(TimeoutError);
  expect(own).toMatchObject({ outcome: "unknown" });
});

test("T29: a signal ends a call with its own reason, before and after the request is sent", async () => {
  const controller = new AbortController();
  const reason = new Error("enough");
  const { server, users } = await serve(() => controller.abort(reason));
  expect(await rejection(users.get({ userId: "u1" }, { signal: controller.signal }))).toBe(reason);
  expect(await rejection(users.get({ userId: "u1" }, { signal: controller.signal }))).toBe(reason);
  expect(server.seen).toHaveLength(1);
});

test("T29: Retry-After is on the error", async () => {
  const { users } = await serve((_, response) =>
    json(response, 429, { title: "Slow" }, { "retry-after": "120" }),
  );
  const error = await rejection(users.get({ userId: "u1" }));
  expect(error).toBeInstanceOf(RateLimitError);
  expect(error).toMatchObject({ status: 429, retryAfterMs: 120_000 });
});

test("T29: a list is iterated over all its pages, empty ones too", async () => {
  const pages: Record<string, unknown> = {
    "": wirePage(usersOf("u0@example.com", "u1@example.com"), "second"),
    second: wirePage([], "third"),
    third: wirePage(usersOf("u2@example.com")),
  };
  const { server, users } = await serve(({ query }, response) =>
    json(response, 200, pages[query.get("cursor") ?? ""]),
  );
  const found: string[] = [];
  for await (const { id } of users.list({ email: "example" })) found.push(id);
  expect(found).toEqual(["u0", "u1", "u2"]);
  expect(server.seen.map(({ query }) => query.get("email"))).toEqual(["example", "example", "example"]);
});

test.each([
  [400, BadRequestError],
  [401, AuthenticationError],
  [403, PermissionDeniedError],
  [404, NotFoundError],
  [409, ConflictError],
  [422, UnprocessableEntityError],
  [429, RateLimitError],
  [501, ServerError],
])(
  "T30: HTTP %i has a class of its own that is an APIError and an ArizeError",
  async (status, errorClass) => {
    const { users } = await serve(({ path }, response) => {
      if (path === "/v2/users") return json(response, 200, wirePage([]));
      response.setHeader("retry-after", "120");
      return problem(response, status);
    });
    const error = await rejection(users.update({ userId: "u1", name: "Ada" }));
    expect(error).toBeInstanceOf(errorClass);
    expect(error).toBeInstanceOf(APIError);
    expect(error).toBeInstanceOf(ArizeError);
    expect(error).toMatchObject({ status, name: errorClass.name });
  },
);
