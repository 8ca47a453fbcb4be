/**
 * The sandbox against the spec, by the public methods: everything goes through Prism, which holds each answer against
 * the spec of the dialect and puts a 500 of its own in the place of one that breaks it.
 */
import type { SeedUser } from "ax-users/testing";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { CHECKED_DIALECTS } from "../testing/dialects.ts";
import { type Checked, isFlawed, startChecked, toLine } from "./checked.ts";

const modes = ["none", "email_link", "temporary_password"] as const;
const states = ["active", "invited", "expired", "inactive"] as const;

const users: SeedUser[] = [
  { id: "active", email: "active@example.com" },
  { id: "removed", email: "removed@example.com", status: "inactive" },
  { id: "bulk", email: "bulk@example.com" },
  { id: "member", email: "member@example.com" },
  // For the states before a create, which changes them, one each.
  ...modes.flatMap((mode) => states.map((status) => ({ email: `${status}+${mode}@example.com`, status }))),
  {
    email: "auditor@pages.example.com",
    status: "expired",
    role: { type: "custom", id: "Um9sZTox", name: "Auditor" },
  },
  { email: "ann@pages.example.com", status: "invited", role: "annotator", isDeveloper: true },
  ...["Bo", "Cy", "Di", "Ed", "Flo"].map((name) => ({ name, email: `${name}+list@PAGES.example.com` })),
];
const organizations = ["Data Ops", "data ops", "Datadog", "Search"].map((name) => ({ name }));

const role = { type: "predefined", name: "member" } as const;
const jane = { name: "Jane Smith", email: "jane+life@example.com", role, inviteMode: "email_link" } as const;
const custom = { type: "custom", id: "Um9sZTox", name: "Auditor" } as const;

const creates = {
  unknown: { status: 201, result: "created" },
  invited: { status: 200, result: "existing" },
  expired: { status: 201, result: "created" },
  active: { status: 409, result: "existing" },
  inactive: { status: 409, result: "ConflictError" },
};
const createRows = modes.flatMap((inviteMode) =>
  Object.entries(creates).map(([state, expected]) => ({ inviteMode, state, ...expected })),
);

describe.each(CHECKED_DIALECTS)("in the %s dialect", (dialect) => {
  let checked: Checked;

  beforeAll(async () => {
    checked = await startChecked(dialect, { users, organizations });
    return () => checked[Symbol.asyncDispose]();
  });

  afterEach(() => {
    expect(checked.exchanges.splice(0).filter(isFlawed)).toEqual([]);
  });

  const log = () => checked.exchanges.map(toLine);

  /** The first request with an enum value is sent as the alpha dialect spells it. */
  const misspelled = (request: string) => (dialect === "alpha" ? [] : [`${request} 400`]);

  test("the whole life of a user", async () => {
    const { users } = checked.client();
    const { id: userId } = await users.create(jane);
    await users.create(jane);
    await users.get({ userId });
    expect(await users.get({ user: "JANE+life@example.com" })).toMatchObject({ id: userId });
    await users.update({ userId, name: "Jane King" });
    expect(await users.update({ userId, isDeveloper: false })).toMatchObject({ name: "Jane King" });
    await users.resendInvitation({ userId });
    await users.delete({ userId });
    await users.delete({ userId });
    expect(await users.findByEmail(jane.email)).toBeNull();
    const path = `/v2/users/${encodeURIComponent(userId)}`;
    expect(log()).toEqual([
      ...misspelled("POST /v2/users"),
      "POST /v2/users 201",
      "POST /v2/users 200",
      `GET ${path} 200`,
      "GET /v2/users 200",
      `PATCH ${path} 200`,
      `PATCH ${path} 200`,
      `POST ${path}/resend-invitation 204`,
      `DELETE ${path} 204`,
      `DELETE ${path} 204`,
      "GET /v2/users 200",
    ]);
  });

  test("a reset of the password of an active user", async () => {
    await checked.client().users.resetPassword({ userId: "active" });
    expect(log()).toEqual(["POST /v2/users/active/reset-password 204"]);
  });

  test("a bulk delete of users by ID and by address", async () => {
    const results = await checked.client().users.bulkDelete({
      userIds: ["removed", "nobody"],
      emails: ["BULK@example.com", "nobody@example.com"],
    });
    expect(results.map(({ status }) => status)).toEqual(["deleted", "not_found", "deleted", "not_found"]);
  });

  test("a create of many", async () => {
    const emails = ["first@many.example.com", "active@example.com", "removed@example.com"];
    const results = await checked.client().users.createMany({
      users: emails.map((email) => ({ ...jane, email })),
    });
    expect(results.map(({ status }) => status)).toEqual(["created", "existing", "failed"]);
  });

  test.each(createRows)(
    "a create with $inviteMode where the address is $state gives $status",
    async ({ inviteMode, state, status, result }) => {
      const email = `${state}+${inviteMode}@example.com`;
      const created = await checked
        .client()
        .users.create({ ...jane, email, inviteMode, role: custom })
        .catch((error: Error) => ({ outcome: error.name, temporaryPassword: undefined }));
      expect(created.outcome).toBe(result);
      const hasPassword = inviteMode === "temporary_password" && status === 201;
      expect(created.temporaryPassword).toEqual(hasPassword ? expect.any(String) : undefined);
      const lookUp = status === 409 ? ["GET /v2/users 200"] : [];
      expect(log()).toEqual([...misspelled("POST /v2/users"), `POST /v2/users ${status}`, ...lookUp]);
    },
  );

  test("pages with cursors", async () => {
    const pages: string[][] = [];
    const list = checked.client().users.list({ email: "@pages.example.com", limit: 3 });
    for await (const { data } of list.pages()) pages.push(data.map(({ name }) => name));
    expect(pages).toEqual([["auditor", "ann", "Bo"], ["Cy", "Di", "Ed"], ["Flo"]]);
  });

  test.each([
    { what: "one status", params: { status: ["invited"] }, names: ["ann"] },
    { what: "several statuses", params: { status: ["EXPIRED", "invited"] }, names: ["auditor", "ann"] },
    { what: "a part with a plus", params: { email: "FLO+list@pages" }, names: ["Flo"] },
    { what: "a part that nobody has", params: { email: "100%&limit=0@pages" }, names: [] },
  ] as const)("a list by $what", async ({ params, names }) => {
    const { data } = await checked.client().users.list({ email: "@pages.example.com", ...params });
    expect(data.map(({ name }) => name)).toEqual(names);
  });

  test("the whole life of an organization", async () => {
    const { organizations } = checked.client();
    const { id } = await organizations.create({ name: "Life", description: "What for" });
    await organizations.get({ organization: id });
    expect(await organizations.get({ organization: "life" })).toMatchObject({ id });
    await organizations.update({ organization: id, name: "Afterlife" });
    const cleared = await organizations.update({ organization: id, description: null });
    expect(cleared).toMatchObject({ name: "Afterlife", description: "" });
    await organizations.delete({ organization: "Afterlife" });
    const path = `/v2/organizations/${encodeURIComponent(id)}`;
    expect(log()).toEqual([
      "POST /v2/organizations 201",
      `GET ${path} 200`,
      "GET /v2/organizations 200",
      `PATCH ${path} 200`,
      ...misspelled(`PATCH ${path}`),
      `PATCH ${path} 200`,
      "GET /v2/organizations 200",
      `DELETE ${path} 204`,
    ]);
  });

  test("a member comes, gets another role, and goes", async () => {
    const { organizations } = checked.client();
    const member = { organization: "Search", user: "member@example.com" };
    const reader = { type: "predefined", name: "read-only" } as const;
    const { id, ...membership } = await organizations.addUser({ ...member, role: reader });
    expect(membership).toMatchObject({ userId: "member", role: reader });
    expect(await organizations.addUser({ ...member, role: custom })).toMatchObject({ id });
    await organizations.removeUser(member);
    const path = `/v2/organizations/${encodeURIComponent(membership.organizationId)}/users`;
    // Looking the user up shows how the server spells its enum values.
    const lookUps = ["GET /v2/organizations 200", "GET /v2/users 200"];
    expect(log()).toEqual([
      ...lookUps,
      `POST ${path} 200`,
      ...lookUps,
      `POST ${path} 200`,
      ...lookUps,
      `DELETE ${path}/member 204`,
    ]);
  });

  test("a list of organizations by a part of the name, in pages", async () => {
    const pages: string[][] = [];
    const list = checked.client().organizations.list({ name: "DATA", limit: 2 });
    for await (const { data } of list.pages()) pages.push(data.map(({ name }) => name));
    expect(pages).toEqual([["Data Ops", "data ops"], ["Datadog"]]);
  });
});
