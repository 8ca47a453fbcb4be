import {
  type AddOrganizationUserParams,
  AmbiguousMatchError,
  type OrganizationMembership,
  UnexpectedResponseError,
} from "ax-users";
import { expect, expectTypeOf, test } from "vitest";
import { idOf, named, reader, requestsTo, serveAccount, wireMembership } from "../helpers/organizations.ts";
import { json, rejection, startServer, wirePage, wireUser } from "../helpers/server.ts";

const organizationId = idOf(0);
const LIST = "GET /v2/organizations";
const LOOK_UP = "GET /v2/users";
const MEMBERS = `/v2/organizations/${organizationId}/users`;

const start = () =>
  serveAccount({ organizations: named("Data Ops"), emails: ["ada@example.com", "joe@example.com"] });

test("addUser gives the membership in public names", async () => {
  const server = await startServer((_, response) =>
    json(
      response,
      200,
      wireMembership({
        organization_id: organizationId,
        added_by: "u2",
        role: { type: "PREDEFINED", name: "READ_ONLY" },
      }),
    ),
  );
  const membership = await server
    .client()
    .organizations.addUser({ organizationId, userId: "u1", role: reader });
  expect(membership).toStrictEqual({
    id: "QWNjb3VudE9yZ2FuaXphdGlvbk1lbWJlcjox",
    userId: "u1",
    organizationId,
    role: { type: "predefined", name: "read-only" },
  } satisfies OrganizationMembership);
  expect(server.seen.map(({ body }) => JSON.parse(body))).toEqual([
    { user_id: "u1", role: { type: "predefined", name: "read-only" } },
  ]);
});

test.each([
  "read-only",
  "READ_ONLY",
  "admin",
  "ADMIN",
  "member",
  "MEMBER",
  "annotator",
  "ANNOTATOR",
] as const)("addUser takes the role %s, and gives it in lower case", async (name) => {
  const { server, organizations } = await start();
  const type = name === name.toLowerCase() ? "predefined" : "PREDEFINED";
  const { role } = await organizations.addUser({ organizationId, userId: "u1", role: { type, name } });
  const expected = { type: "predefined", name: name.toLowerCase().replace("_", "-") };
  expect(role).toEqual(expected);
  expect(JSON.parse(server.seen[0]?.body ?? "")).toEqual({ user_id: "u1", role: expected });
});

test("a role that the API does not specify comes through in lower case", async () => {
  const server = await startServer((_, response) =>
    json(
      response,
      200,
      wireMembership({ organization_id: organizationId, role: { type: "TEAM", name: "Operations" } }),
    ),
  );
  const { role } = await server
    .client()
    .organizations.addUser({ organizationId, userId: "u1", role: reader });
  expect(role).toEqual({ type: "team", name: "Operations" });
});

test.each([
  ["user as an ID", { user: " u1 " }, [], "u1"],
  ["userId", { userId: " u1 " }, [], "u1"],
  ["userId that looks like an address", { userId: "ada@example.com" }, [], "ada@example.com"],
  ["user as an address", { user: " ADA@example.com " }, [LOOK_UP], "ada"],
] as const)("members are named by %s", async (_, member, lookUps, id) => {
  const { server, organizations } = await start();
  const params = { organization: "Data Ops", ...member };
  expect(await organizations.addUser({ ...params, role: reader })).toMatchObject({
    userId: id,
    organizationId,
  });
  expect(await organizations.removeUser(params)).toBeUndefined();
  expect(requestsTo(server)).toEqual([
    ...[LIST, ...lookUps, `POST ${MEMBERS}`],
    ...[LIST, ...lookUps, `DELETE ${MEMBERS}/${id}`],
  ]);
});

test("nobody with the address is a NotFoundError, and no member changes", async () => {
  const { server, organizations } = await start();
  const params = { organization: "Data Ops", user: "eve@example.com" };
  for (const [method, call] of [
    ["addUser", () => organizations.addUser({ ...params, role: reader })],
    ["removeUser", () => organizations.removeUser(params)],
  ] as const) {
    const error = await rejection(call());
    expect(error).toMatchObject({ name: "NotFoundError", status: 404, title: "Resource not found" });
    expect(error).toHaveProperty(
      "message",
      expect.stringMatching(`^organizations.${method}: no user has this email`),
    );
    expect(String(error)).not.toContain("eve@");
  }
  expect(requestsTo(server)).toEqual([LIST, LOOK_UP, LIST, LOOK_UP]);
});

test("two users with the address are an AmbiguousMatchError, and no member changes", async () => {
  const users = ["u1", "u2"].map((id) => wireUser({ id }));
  const server = await startServer((_, response) => json(response, 200, wirePage(users)));
  const params = { organizationId, user: "ada@example.com" };
  const { organizations } = server.client();
  for (const call of [
    () => organizations.addUser({ ...params, role: reader }),
    () => organizations.removeUser(params),
  ]) {
    const error = await rejection(call());
    expect(error).toBeInstanceOf(AmbiguousMatchError);
    expect(error).toMatchObject({ matchingIds: ["u1", "u2"] });
  }
  expect(requestsTo(server)).toEqual([LOOK_UP, LOOK_UP]);
});

test("an organization that is not there is told before anybody is looked up", async () => {
  const { server, organizations } = await start();
  const params = { organization: "Nowhere", user: "ada@example.com" };
  await rejection(organizations.addUser({ ...params, role: reader }));
  await rejection(organizations.removeUser(params));
  expect(requestsTo(server)).not.toContain(LOOK_UP);
});

test("IDs with reserved characters stay segments of their own", async () => {
  const { server, organizations } = await start();
  await rejection(organizations.removeUser({ organizationId: "a/b", userId: "../c?d" }));
  expect(server.seen.map(({ path }) => path)).toEqual([
    "/v2/organizations/a%2Fb/users/..%2Fc%3Fd",
    "/v2/users",
  ]);
});

test.each([
  ["addUser", 201],
  ["addUser", 204],
  ["removeUser", 200],
  ["removeUser", 202],
] as const)("%s calls a %i an unexpected response", async (method, status) => {
  const server = await startServer((_, response) => response.writeHead(status).end());
  const params = { organizationId, userId: "u1" };
  const { organizations } = server.client();
  const calls = {
    addUser: () => organizations.addUser({ ...params, role: reader }),
    removeUser: () => organizations.removeUser(params),
  };
  expect(await rejection(calls[method]())).toBeInstanceOf(UnexpectedResponseError);
});

test("the types of members are what the documents say", () => {
  expectTypeOf<"admin" | "member" | "read-only" | "annotator">().toExtend<
    Extract<OrganizationMembership["role"], { type: "predefined" }>["name"]
  >();
  const role = { type: "PREDEFINED", name: "READ_ONLY" } as const;
  // @ts-expect-error -- an ID or an address, not both
  const both: AddOrganizationUserParams = { organization: "a", user: "a", userId: "b", role };
  // @ts-expect-error -- a user is required
  const nobody: AddOrganizationUserParams = { organization: "a", role };
  // @ts-expect-error -- an organization is required
  const nowhere: AddOrganizationUserParams = { user: "a", role };
  // @ts-expect-error -- a role is an object
  const plain: AddOrganizationUserParams = { organization: "a", user: "a", role: "member" };
  expect([both, nobody, nowhere, plain]).toHaveLength(4);
});
