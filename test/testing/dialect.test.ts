import type { Sandbox } from "ax-users/testing";
import { expect, test } from "vitest";
import { DIALECTS } from "./dialects.ts";
import { call, newUser, open, type WireMembership, type WireProblem, type WireUser } from "./helpers.ts";

/** What each dialect writes for the same, and what the other one would have written. */
const written = {
  alpha: {
    predefined: "predefined",
    custom: "custom",
    member: "member",
    readOnly: "read-only",
    mode: "temporary_password",
    status: "invited",
  },
  current: {
    predefined: "PREDEFINED",
    custom: "CUSTOM",
    member: "MEMBER",
    readOnly: "READ_ONLY",
    mode: "TEMPORARY_PASSWORD",
    status: "INVITED",
  },
};

const withOrganization = (dialect: "alpha" | "current") =>
  open({
    dialect,
    users: [{ id: "u", email: "u@example.com" }],
    organizations: [{ id: "o", name: "Search" }],
  });

const addMember = (sandbox: Sandbox, role: unknown) =>
  call<WireMembership & WireProblem>(sandbox, "POST", "/v2/organizations/o/users", { user_id: "u", role });

test.each(DIALECTS)(
  "the %s dialect spells the values of a user in its way, in requests and answers",
  async (dialect) => {
    const { predefined, member, mode, status } = written[dialect];
    const sandbox = await open({ dialect });
    const role = { type: predefined, name: member };
    const created = await call<WireUser>(sandbox, "POST", "/v2/users", newUser({ role, invite_mode: mode }));
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({ status, role, invite_mode: mode });
    expect(created.body.temporary_password).toEqual(expect.any(String));
    const listed = await call(sandbox, "GET", `/v2/users?status=${status}`);
    expect(listed).toMatchObject({ status: 200, body: { users: [{ status, role }] } });
    expect(sandbox.users()).toMatchObject([
      { status: "invited", role: { type: "predefined", name: "member" } },
    ]);
  },
);

test.each(DIALECTS)("the %s dialect spells the values of a membership in its way", async (dialect) => {
  const { predefined, readOnly } = written[dialect];
  const sandbox = await withOrganization(dialect);
  const role = { type: predefined, name: readOnly };
  expect(await addMember(sandbox, role)).toMatchObject({ status: 200, body: { role } });
  expect(sandbox.organizations()[0]?.members).toMatchObject([
    { role: { type: "predefined", name: "read-only" } },
  ]);
});

test("without an dialect it is alpha", async () => {
  const reply = await call(await open({ users: 1 }), "GET", "/v2/users");
  expect(reply).toMatchObject({ body: { users: [{ status: "active" }] } });
});

test.each(DIALECTS)("the name of a custom role is given as it is in the %s dialect", async (dialect) => {
  const role = { type: "custom" as const, id: "Role-1", name: "Quality reader" };
  const sandbox = await open({ dialect, users: [{ id: "a", email: "a@example.com", role }] });
  const { body } = await call<WireUser>(sandbox, "GET", "/v2/users/a");
  expect(body.role).toEqual({ ...role, type: written[dialect].custom });
});

test("alpha ignores the name of a custom role in a request", async () => {
  const sandbox = await withOrganization("alpha");
  const role = { type: "custom", id: "r", name: "Mine" };
  const created = await call<WireUser>(sandbox, "POST", "/v2/users", newUser({ role }));
  expect([created.status, created.body.role]).toEqual([201, { type: "custom", id: "r" }]);
  const added = await addMember(sandbox, role);
  expect([added.status, added.body.role]).toEqual([200, { type: "custom", id: "r" }]);
});

test("the current dialect refuses the name of a custom role in a request", async () => {
  const sandbox = await withOrganization("current");
  const role = { type: "CUSTOM", id: "r", name: "Mine" };
  const body = newUser({ role, invite_mode: "NONE" });
  const created = await call<WireProblem>(sandbox, "POST", "/v2/users", body);
  for (const reply of [created, await addMember(sandbox, role)]) {
    expect(reply.status).toBe(400);
    expect(reply.body.detail).toBe("The field 'role.name' is unknown; expected one of type, id.");
  }
  expect(sandbox.users()).toHaveLength(1);
});

const lower = { type: "predefined", name: "member" };
const upper = { type: "PREDEFINED", name: "MEMBER" };

test.each<["alpha" | "current", Record<string, unknown>, string]>([
  [
    "alpha",
    { role: { ...lower, type: "PREDEFINED" } },
    "'role.type' field must be one of predefined, custom.",
  ],
  [
    "alpha",
    { role: { ...lower, name: "MEMBER" } },
    "'role.name' field must be one of admin, member, annotator.",
  ],
  [
    "alpha",
    { role: lower, invite_mode: "NONE" },
    "'invite_mode' field must be one of none, email_link, temporary_password.",
  ],
  [
    "current",
    { role: { ...upper, type: "predefined" } },
    "'role.type' field must be one of PREDEFINED, CUSTOM.",
  ],
  [
    "current",
    { role: { ...upper, name: "member" } },
    "'role.name' field must be one of ADMIN, MEMBER, ANNOTATOR.",
  ],
  [
    "current",
    { role: { ...upper, name: "Member" } },
    "'role.name' field must be one of ADMIN, MEMBER, ANNOTATOR.",
  ],
  [
    "current",
    { role: upper, invite_mode: "email_link" },
    "'invite_mode' field must be one of NONE, EMAIL_LINK, TEMPORARY_PASSWORD.",
  ],
])("the %s dialect refuses a create with %j", async (dialect, overrides, detail) => {
  const sandbox = await open({ dialect });
  const { status, body } = await call<WireProblem>(sandbox, "POST", "/v2/users", newUser(overrides));
  expect(status).toBe(400);
  expect(body.detail).toContain(detail);
  expect(sandbox.users()).toEqual([]);
});

test.each([
  ["alpha", "ACTIVE", "active, invited, expired"],
  ["alpha", "active&status=INVITED", "active, invited, expired"],
  ["current", "active", "ACTIVE, INVITED, EXPIRED"],
  ["current", "ACTIVE&status=Invited", "ACTIVE, INVITED, EXPIRED"],
] as const)("the %s dialect refuses a list of status %s", async (dialect, status, statuses) => {
  const reply = await call<WireProblem>(await open({ dialect }), "GET", `/v2/users?status=${status}`);
  expect([reply.status, reply.body.detail]).toEqual([400, `Each status must be one of ${statuses}.`]);
});

test.each([
  ["alpha", "predefined", "READ_ONLY"],
  ["alpha", "predefined", "read_only"],
  ["alpha", "PREDEFINED", "read-only"],
  ["current", "PREDEFINED", "read-only"],
  ["current", "PREDEFINED", "READ-ONLY"],
  ["current", "predefined", "READ_ONLY"],
] as const)("the %s dialect refuses a member of role %s %s", async (dialect, type, name) => {
  const sandbox = await withOrganization(dialect);
  const { status, body } = await addMember(sandbox, { type, name });
  expect(status).toBe(400);
  expect(body.detail).toContain(
    type === written[dialect].predefined ? written[dialect].readOnly : "'role.type'",
  );
  expect(sandbox.organizations()[0]?.members).toEqual([]);
});

test.each([
  ["alpha", "", null, "must be a string"],
  ["current", null, "", "must not be empty; null clears it"],
] as const)(
  "in the %s dialect %j clears a description, and %j is refused",
  async (dialect, clears, refused, detail) => {
    const sandbox = await open({ dialect, organizations: [{ id: "o", name: "Search", description: "Old" }] });
    const update = (description: unknown) =>
      call<WireProblem>(sandbox, "PATCH", "/v2/organizations/o", { description });
    const refusal = await update(refused);
    expect(refusal.status).toBe(400);
    expect(refusal.body.detail).toContain(detail);
    expect(sandbox.organizations()[0]?.description).toBe("Old");
    expect(await update(clears)).toMatchObject({ status: 200, body: { description: "" } });
    expect(sandbox.organizations()[0]?.description).toBe("");
  },
);
