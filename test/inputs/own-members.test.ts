import { listUsers } from "ax-users";
import { afterEach, expect, test } from "vitest";
import { json, rejection, startServer, wirePage, wireUser } from "../helpers/server.ts";
import { serveUsers, validationError, wrong } from "./account.ts";

const added: string[] = [];

/** As a careless library of the host's does it. */
function pollute(members: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(members)) {
    added.push(name);
    Object.defineProperty(Object.prototype, name, {
      value,
      configurable: true,
      enumerable: true,
      writable: true,
    });
  }
}

afterEach(() => {
  for (const name of added.splice(0)) Reflect.deleteProperty(Object.prototype, name);
});

const role = { type: "predefined", name: "member" } as const;
const ada = { name: "Ada", email: "ada@example.com", role, inviteMode: "none" } as const;

test("what Object.prototype of the host has is not sent", async () => {
  const server = await startServer(({ method }, response) =>
    json(
      response,
      method === "POST" ? 201 : 200,
      method === "POST" ? { ...wireUser(), invite_mode: "none" } : wirePage([]),
    ),
  );
  const client = server.client();
  pollute({ isDeveloper: true, is_developer: true, email: "x", limit: 3, cursor: "c" });
  await client.users.create(ada);
  await client.users.list();
  await listUsers({ client });
  expect(JSON.parse(server.seen[0]?.body ?? "")).toEqual({
    name: "Ada",
    email: "ada@example.com",
    role,
    invite_mode: "none",
  });
  expect(server.seen.slice(1).map(({ query }) => String(query))).toEqual(["limit=50", "limit=50"]);
});

test("it reaches neither the query nor the generated client", async () => {
  const server = await serveUsers({ email: "ada@example.com" });
  const { users, organizations } = server.client();
  const names = ["cursor", "name", "description", "id", "in"];
  const options = ["security", "auth", "serializedBody", "baseUrl"];
  const functions = ["requestValidator", "responseValidator", "bodySerializer", "querySerializer"];
  for (const name of [...names, ...options, ...functions]) pollute({ [name]: "x" });
  expect(await users.findByEmail("ada@example.com")).toMatchObject({ email: "ada@example.com" });
  await users.list({ email: "ada" });
  await rejection(users.get({ userId: "u1" }));
  await users.delete({ userId: "u1" });
  await rejection(organizations.get({ organization: "Sales" }));
  expect(server.seen.map(({ method, path, query, body }) => [method, path, String(query), body])).toEqual([
    ["GET", "/v2/users", "email=ada%40example.com&limit=100", ""],
    ["GET", "/v2/users", "limit=50&email=ada", ""],
    ["GET", "/v2/users/u1", "", ""],
    ["DELETE", "/v2/users/u1", "", ""],
    ["GET", "/v2/organizations", "name=Sales&limit=100", ""],
  ]);
});

test("it stands in for no argument, option or client either", async () => {
  const server = await serveUsers();
  const { users } = server.client();
  pollute({
    userId: "u1",
    name: "Eve",
    onExisting: "throw",
    timeoutMs: -1,
    baseURL: "x",
    client: 5,
  });
  expect((await validationError(users.delete(wrong({})))).message).toContain("userId must be a string");
  expect((await validationError(users.update(wrong({ userId: "u1" })))).message).toContain(
    "name or isDeveloper",
  );
  const { name: _, ...nameless } = ada;
  expect((await validationError(users.create(wrong(nameless)))).message).toContain("name is required");
  await server.client({}).users.delete({ userId: "u1" }, {});
  expect(server.seen).toHaveLength(1);
});

test("it stands in for no member of a response", async () => {
  const { name: _, ...nameless } = wireUser();
  const server = await startServer((request, response) =>
    request.method === "POST"
      ? json(response, 201, { ...wireUser(), invite_mode: "none" })
      : json(
          response,
          request.path.endsWith("gone") ? 404 : 200,
          request.path.endsWith("gone") ? {} : nameless,
        ),
  );
  const { users } = server.client();
  pollute({
    name: "Eve",
    temporary_password: "p",
    temporaryPassword: "p",
    title: "A title",
    detail: "Detail",
  });
  expect(await rejection(users.get({ userId: "u1" }))).toHaveProperty(
    "message",
    expect.stringContaining("name must be a string, received undefined"),
  );
  expect(Object.hasOwn(await users.create(ada), "temporaryPassword")).toBe(false);
  expect(await rejection(users.get({ userId: "gone" }))).toMatchObject({ title: "Not Found" });
});

test("it proves nothing about a request that failed, and is no reason either", async () => {
  const sent: unknown[] = [];
  const fetch = (url: unknown) => {
    sent.push(url);
    return Promise.reject(new TypeError("fetch failed", { cause: new Error("lost") }));
  };
  const { users } = (await serveUsers()).client({ fetch: wrong(fetch), maxRetries: 2 });
  pollute({ code: "ECONNREFUSED", syscall: "connect", cause: new Error("unrelated"), errors: [{}] });
  const error = await rejection(users.resetPassword({ userId: "u1" }));
  expect(error).toMatchObject({
    name: "ConnectionError",
    outcome: "unknown",
    attempts: 1,
    message: expect.stringContaining("no complete response (lost)"),
  });
  expect(sent).toHaveLength(1);
});

test("it is no part of a bulk call", async () => {
  const server = await serveUsers();
  const { users } = server.client();
  const before = await users.bulkDelete({ userIds: ["u1"], emails: ["ada@example.com"] });
  const sent = server.seen.map(({ method, path }) => `${method} ${path}`);
  const call = () => Promise.reject(new Error("not ours"));
  pollute({ before: call, after: call, token: "stolen", userId: "eve", end: { status: "failed" } });
  expect(await users.bulkDelete({ userIds: ["u1"], emails: ["ada@example.com"] })).toEqual(before);
  expect(server.seen.slice(sent.length).map(({ method, path }) => `${method} ${path}`)).toEqual(sent);
  for (const { headers } of server.seen) expect(headers.authorization).toBe("Bearer test-key");
});

test("it makes no failure of a response", async () => {
  const server = await serveUsers();
  const { users } = server.client({ maxRetries: 2 });
  pollute({ kind: "x" });
  await users.delete({ userId: "u1" });
  expect(server.seen).toHaveLength(1);
});

class Row {
  readonly #fields = ada;
  get name() {
    return this.#fields.name;
  }
  get email() {
    return this.#fields.email;
  }
  get role() {
    return new Role();
  }
  get inviteMode() {
    return this.#fields.inviteMode;
  }
  greet() {
    return `Hello ${this.name}`;
  }
}

class Role {
  get type() {
    return role.type;
  }
  get name() {
    return role.name;
  }
}

class LaterRow extends Row {
  isDeveloper = false;
}

test.each([
  ["a class with getters", () => new Row(), {}],
  ["a class that extends one", () => new LaterRow(), { is_developer: false }],
  ["an object made with Object.create", () => Object.create(ada), {}],
  ["an object without a prototype", () => Object.assign(Object.create(null), ada), {}],
])("params may be of %s", async (_, make, more) => {
  const server = await serveUsers();
  const { users } = server.client();
  await users.create(make());
  await users.createMany({ users: [make()] });
  const { inviteMode: invite_mode, ...fields } = ada;
  const body = { ...fields, invite_mode, ...more };
  expect(server.seen.map(({ body }) => JSON.parse(body))).toEqual([body, body]);
});

test("an unknown getter of a class is an unknown argument", async () => {
  class Target {
    get userId() {
      return "u1";
    }
    get label() {
      return "first";
    }
  }
  const { users } = (await serveUsers()).client();
  expect((await validationError(users.delete(new Target()))).message).toContain('unknown argument "label"');
});

test("it proves nothing about a request whose connection was lost", async () => {
  const server = await startServer((_, response) => response.destroy());
  const { users } = server.client({ maxRetries: 1 });
  pollute({ code: "ECONNREFUSED", syscall: "connect" });
  expect(await rejection(users.resetPassword({ userId: "u1" }))).toMatchObject({
    outcome: "unknown",
    attempts: 1,
  });
});
