import { inspect } from "node:util";
import type { ArizeClient } from "ax-users";
import { expect, test } from "vitest";
import { wireMembership, wireOrganization } from "../helpers/organizations.ts";
import { json, rejection, startServer, wireUser } from "../helpers/server.ts";

const member = { type: "predefined", name: "member" } as const;
const ada = { name: "Ada", email: "ada@example.com", role: member };
const o1 = { organizationId: "o1" };
const bea = wireUser({ id: "u2", email: "bea@example.com", status: "invited" });

const foreign: [string, number, unknown, (client: ArizeClient) => Promise<unknown>, string, string][] = [
  ["get", 200, bea, ({ users }) => users.get({ userId: "u1" }), "id", "not_applied"],
  ["update", 200, bea, ({ users }) => users.update({ userId: "u1", name: "A" }), "id", "unknown"],
  [
    "create, 200",
    200,
    bea,
    ({ users }) => users.create({ ...ada, inviteMode: "email_link" }),
    "email",
    "unknown",
  ],
  [
    "create, 201",
    201,
    { ...bea, invite_mode: "temporary_password", temporary_password: "one-time" },
    ({ users }) => users.create({ ...ada, inviteMode: "temporary_password" }),
    "email",
    "unknown",
  ],
  [
    "organizations.get",
    200,
    wireOrganization({ id: "o2" }),
    ({ organizations }) => organizations.get(o1),
    "id",
    "not_applied",
  ],
  [
    "organizations.update",
    200,
    wireOrganization({ id: "o2" }),
    ({ organizations }) => organizations.update({ ...o1, name: "B" }),
    "id",
    "unknown",
  ],
  [
    "organizations.create",
    201,
    wireOrganization({ name: "Sales" }),
    ({ organizations }) => organizations.create({ name: "Data Ops" }),
    "name",
    "unknown",
  ],
  [
    "organizations.create, a user",
    201,
    bea,
    ({ organizations }) => organizations.create({ name: "Data Ops" }),
    "name",
    "unknown",
  ],
  [
    "addUser, another user",
    200,
    wireMembership({ user_id: "u2", organization_id: "o1" }),
    ({ organizations }) => organizations.addUser({ ...o1, userId: "u1", role: member }),
    "user_id",
    "unknown",
  ],
  [
    "addUser, another organization",
    200,
    wireMembership({ user_id: "u1", organization_id: "o2" }),
    ({ organizations }) => organizations.addUser({ ...o1, userId: "u1", role: member }),
    "organization_id",
    "unknown",
  ],
];

test.each(foreign)(
  "%s: somebody else's response is not taken",
  async (_, status, body, call, field, outcome) => {
    const server = await startServer((_request, response) => json(response, status, body));
    const error = await rejection(call(server.client()));
    expect(error).toMatchObject({ name: "UnexpectedResponseError", outcome });
    expect(String(error)).toContain(`its ${field} is not the one asked for`);
    expect(inspect(error, { depth: null, showHidden: true })).not.toMatch(/one-time|bea@/);
    expect(server.seen).toHaveLength(1);
  },
);

test("createMany hands out nobody else's temporary password", async () => {
  const server = await startServer((_request, response) =>
    json(response, 201, { ...bea, invite_mode: "temporary_password", temporary_password: "one-time" }),
  );
  const [result] = await server
    .client()
    .users.createMany({ users: [{ ...ada, inviteMode: "temporary_password" }] });
  expect(result).toMatchObject({
    email: ada.email,
    status: "failed",
    cause: { name: "UnexpectedResponseError", outcome: "unknown" },
  });
});

test.each([
  ["VXNlcjoxMjM0NQ", "VXNlcjoxMjM0NQ=="],
  ["VXNlcjoxMjM0NQ==", "VXNlcjoxMjM0NQ"],
])("%s and %s are one ID: padding means nothing", async (userId, id) => {
  const server = await startServer((_request, response) => json(response, 200, wireUser({ id })));
  expect(await server.client().users.get({ userId })).toMatchObject({ id });
});

test("case and surrounding whitespace make no other address", async () => {
  const server = await startServer((_request, response) =>
    json(response, 201, { ...wireUser({ email: "Ada@Example.com" }), invite_mode: "none" }),
  );
  const created = await server
    .client()
    .users.create({ ...ada, email: " ADA@example.com ", inviteMode: "none" });
  expect(created).toMatchObject({ email: "Ada@Example.com", outcome: "created" });
});

test("a server may tidy up the name of a new organization", async () => {
  const name = "Cafe\u0301  ops";
  const server = await startServer((_request, response) =>
    json(response, 201, wireOrganization({ name: "Caf\u00e9 Ops" })),
  );
  expect(await server.client().organizations.create({ name })).toMatchObject({ name: "Caf\u00e9 Ops" });
});
