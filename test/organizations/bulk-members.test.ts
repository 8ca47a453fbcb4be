import { expect, test } from "vitest";
import { limitedServer } from "../helpers/limited-server.ts";
import { idOf, wireMembership, wireOrganization } from "../helpers/organizations.ts";
import { openAccount } from "../helpers/sandbox.ts";
import { rejection } from "../helpers/server.ts";
import { clientWith } from "../helpers/virtual-client.ts";
import { VirtualClock } from "../helpers/virtual-clock.ts";
import { answers, breaksOff, type Step, stage } from "../transport/scripted-server.ts";

const role = { type: "predefined", name: "read-only" } as const;
const admin = { type: "predefined", name: "admin" } as const;
const organization = "Data Ops";
const ORG = idOf(7);

const start = async () => {
  const { client, sandbox } = await openAccount({
    users: [
      { id: "a", email: "ada@example.com" },
      { id: "g", email: "grace@example.com" },
      { id: "k", email: "katherine@example.com" },
    ],
    organizations: [
      { id: ORG, name: organization, members: [{ userId: "a" }, { userId: "g" }] },
      { name: "Ops" },
    ],
  });
  const sent = () => sandbox.requests.map(({ method, path }) => `${method} ${path}`);
  const members = () => sandbox.organizations()[0]?.members.map(({ userId }) => userId);
  return { organizations: client.organizations, sandbox, sent, members };
};

test("addUsers adds users by ID and by address; the organization is looked up once, and the addresses together", async () => {
  const { organizations, sandbox, sent } = await start();
  const results = await organizations.addUsers({
    organization,
    users: [
      { user: "KATHERINE@example.com", role },
      { userId: "a", role: admin },
      { user: " g ", role: { type: "PREDEFINED", name: "READ_ONLY" } },
      { user: "eve@example.com", role },
      { user: "eve", role },
      { user: "katherine@example.com ", role },
      { user: "k", role },
      { user: "ada@example.com", role: admin },
    ],
  });
  expect(results).toEqual([
    {
      userId: "k",
      email: "KATHERINE@example.com",
      status: "added",
      membership: { id: expect.any(String), userId: "k", organizationId: ORG, role },
    },
    {
      userId: "a",
      email: "ada@example.com",
      status: "added",
      membership: expect.objectContaining({ userId: "a", role: admin }),
    },
    { userId: "g", status: "added", membership: expect.objectContaining({ role }) },
    {
      email: "eve@example.com",
      status: "not_found",
      error: expect.stringMatching(/^no user has this email address/),
    },
    { userId: "eve", status: "not_found", error: expect.stringMatching(/^no user has this ID/) },
  ]);
  expect(sandbox.organizations()[0]?.members).toMatchObject([
    { userId: "a", role: admin },
    { userId: "g", role },
    { userId: "k", role },
  ]);
  const posts = sent().filter((request) => request.startsWith("POST"));
  expect(posts).toHaveLength(4);
  // Three addresses: one page of the list, and one more look-up for the address that it does not show.
  expect(sent().slice(0, -4)).toEqual(["GET /v2/organizations", "GET /v2/users", "GET /v2/users"]);
});

test("removeUsers removes members by ID and by address, and says who was none", async () => {
  const { organizations, members, sent } = await start();
  const results = await organizations.removeUsers({
    organizationId: ORG,
    users: ["grace@example.com", { userId: "a" }, { user: "katherine@example.com" }, "g", "eve@example.com"],
  });
  expect(results).toEqual([
    { userId: "g", email: "grace@example.com", status: "removed" },
    { userId: "a", status: "removed" },
    {
      userId: "k",
      email: "katherine@example.com",
      status: "not_found",
      error: expect.stringMatching(/^no member of the organization has this ID/),
    },
    {
      email: "eve@example.com",
      status: "not_found",
      error: expect.stringMatching(/^no user has this email address/),
    },
  ]);
  expect(members()).toEqual([]);
  expect(sent()[0]).toBe(`GET /v2/organizations/${encodeURIComponent(ORG)}`);
  expect(sent().filter((request) => request.startsWith("DELETE"))).toHaveLength(3);
});

test("two roles for one user are one failure, and nothing is sent for it", async () => {
  const { organizations, sandbox } = await start();
  const results = await organizations.addUsers({
    organization,
    users: [
      { user: "katherine@example.com", role },
      { userId: "k", role: admin },
    ],
  });
  expect(results).toMatchObject([
    {
      userId: "k",
      email: "katherine@example.com",
      status: "failed",
      error: "organizations.addUsers: users[1] differs from users[0], which names the same user",
      attempted: false,
    },
  ]);
  expect(sandbox.organizations()[0]?.members.map(({ userId }) => userId)).toEqual(["a", "g"]);
});

test.each([
  ["a name", { organization: "Nowhere" }],
  ["an ID", { organizationId: idOf(99) }],
])(
  "an organization that %s does not find: all are failed, none attempted, and nobody is looked up",
  async (_, named) => {
    const { organizations, sandbox } = await start();
    for (const results of [
      await organizations.addUsers({
        ...named,
        users: [
          { user: "ada@example.com", role },
          { userId: "g", role },
        ],
      }),
      await organizations.removeUsers({ ...named, users: ["ada@example.com", "g"] }),
    ]) {
      expect(results).toMatchObject(
        [{ email: "ada@example.com" }, { userId: "g" }].map((user) => ({
          ...user,
          status: "failed",
          error: expect.stringMatching(/^not attempted: /),
          cause: { name: "NotFoundError" },
          outcome: "not_applied",
          attempted: false,
        })),
      );
    }
    const { requests } = sandbox;
    expect(requests.filter(({ method, query }) => method !== "GET" || query.has("email"))).toEqual([]);
  },
);

test.each([
  ["addUsers", { users: [] }],
  ["addUsers", { organization, organizationId: ORG, users: [] }],
  ["removeUsers", { users: [] }],
  ["removeUsers", { organization: " ", users: [] }],
] as const)("%s needs one organization: %o", async (method, params) => {
  const { organizations, sent } = await start();
  const error = await rejection(organizations[method](params as never));
  expect(error).toMatchObject({ name: "ValidationError", message: expect.stringContaining("organization") });
  expect(sent()).toEqual([]);
});

test.each<[string, unknown, string]>([
  ["no role", { user: "a" }, "users[0].role is required"],
  [
    "no such role",
    { user: "a", role: { type: "predefined", name: "boss" } },
    "users[0].role.name must be one of",
  ],
  ["both names", { user: "a", userId: "a", role }, "users[0].user or userId is required, but not both"],
  ["no address", { user: "a b@x.io", role }, "users[0].user must be an email address"],
  [
    "an unknown field",
    { user: "a", rolle: role },
    'unknown argument "rolle"; expected one of user, userId, role',
  ],
])("of addUsers, a row with %s fails by itself", async (_, row, message) => {
  const { organizations, sent } = await start();
  const results = await organizations.addUsers({ organization, users: [row as never] });
  expect(results).toMatchObject([
    { status: "failed", error: expect.stringContaining(message), attempted: false },
  ]);
  expect(sent()).toEqual([]);
});

test("removeUsers: a 404 after an attempt whose outcome is unknown is a removal", async () => {
  const found = answers(200, wireOrganization({ id: ORG }));
  const gone = answers(404, { title: "Resource not found" });
  const outcomes = async (...steps: [Step, ...Step[]]) => {
    const { client, clock } = stage(steps);
    const results = await clock.run(client.organizations.removeUsers({ organizationId: ORG, users: ["u1"] }));
    return results.map(({ status }) => status);
  };
  expect(await outcomes(found, breaksOff("ECONNRESET"), gone)).toEqual(["removed"]);
  expect(await outcomes(found, answers(502), gone)).toEqual(["removed"]);
  expect(await outcomes(found, gone)).toEqual(["not_found"]);
  // Somebody else's 404 is no word of the API.
  expect(await outcomes(found, breaksOff("ECONNRESET"), answers(404, "<h1>Not found</h1>"))).toEqual([
    "failed",
  ]);
});

test("150 members under 20 requests a second: none fails", async () => {
  const clock = new VirtualClock();
  const added = new Set<string>();
  const server = limitedServer(clock, { perSecond: 20, burst: 20 }, ({ method, body }) => {
    if (method === "GET") return Response.json(wireOrganization({ id: ORG }));
    const { user_id, role } = JSON.parse(String(body));
    added.add(user_id);
    return Response.json(wireMembership({ user_id, role, organization_id: ORG }));
  });
  const { organizations } = clientWith({ fetch: server.fetch }, { clock });
  const users = Array.from({ length: 150 }, (_, index) => ({ userId: `u${index}`, role }));
  const results = await clock.run(organizations.addUsers({ organizationId: ORG, users }));
  expect(results.filter(({ status }) => status !== "added")).toEqual([]);
  expect(added.size).toBe(150);
  expect(clock.now()).toBeLessThan(1.5 * 1000 * ((151 - 20) / 20));
});
