import type { Sandbox, SandboxOptions } from "ax-users/testing";
import { describe, expect, test } from "vitest";
import { DIALECTS, inEra } from "./dialects.ts";
import type { WireMembership, WireProblem } from "./helpers.ts";

const ACCOUNT: SandboxOptions = {
  users: [
    { id: "ada", email: "ada@example.com" },
    { id: "ann", email: "ann@example.com", role: "annotator" },
    { id: "cus", email: "cus@example.com", role: { type: "custom", id: "r" } },
    { id: "gone", email: "gone@example.com", status: "inactive" },
  ],
  organizations: [
    { id: "o1", name: "Search" },
    { id: "o2", name: "Growth", members: [{ userId: "ada" }, { userId: "ann" }] },
  ],
};
const MEMBER = { type: "predefined", name: "member" };

const membersOf = (sandbox: Sandbox, id: string) =>
  sandbox.organizations().find((organization) => organization.id === id)?.members;

describe.each(DIALECTS)("in the %s dialect", (dialect) => {
  const { open, call } = inEra(dialect);

  const add = <Body = WireMembership>(sandbox: Sandbox, user_id: string, role: unknown = MEMBER) =>
    call<Body>(sandbox, "POST", "/v2/organizations/o1/users", { user_id, role });

  test("a user who is added gets a membership, with 200", async () => {
    const sandbox = await open(ACCOUNT);
    const { status, headers, body } = await add(sandbox, "ada");
    expect([status, headers.get("content-type")]).toEqual([200, "application/json"]);
    expect(body).toEqual({
      id: Buffer.from("AccountOrganizationMembership:3").toString("base64"),
      user_id: "ada",
      organization_id: "o1",
      role: MEMBER,
    });
    expect(membersOf(sandbox, "o1")).toEqual([{ userId: "ada", role: MEMBER, membershipId: body.id }]);
    expect(membersOf(sandbox, "o2")).toHaveLength(2);
  });

  test("adding a member again changes the role of the membership, with 200", async () => {
    const sandbox = await open(ACCOUNT);
    const first = await add(sandbox, "ada");
    const again = await add(sandbox, "ada", { type: "predefined", name: "read-only" });
    expect(again).toMatchObject({ status: 200, body: { id: first.body.id, role: { name: "read-only" } } });
    expect(membersOf(sandbox, "o1")).toHaveLength(1);
  });

  test("who was removed and comes back gets another membership", async () => {
    const sandbox = await open(ACCOUNT);
    const first = await add(sandbox, "ada");
    await call(sandbox, "DELETE", "/v2/organizations/o1/users/ada");
    expect((await add(sandbox, "ada")).body.id).not.toBe(first.body.id);
  });

  test.each(["unknown", "gone"])("an %s user cannot be added: 404", async (id) => {
    const sandbox = await open(ACCOUNT);
    const { status, body } = await add<WireProblem>(sandbox, id);
    expect([status, body.detail]).toEqual([404, `The requested resource with ID '${id}' was not found.`]);
    expect(membersOf(sandbox, "o1")).toEqual([]);
  });

  test.each([
    ["ada", { type: "predefined", name: "admin" }, 200],
    ["ada", { type: "custom", id: "r" }, 200],
    ["ada", { type: "predefined", name: "annotator" }, 400],
    ["ann", { type: "predefined", name: "annotator" }, 200],
    ["ann", MEMBER, 400],
    ["ann", { type: "custom", id: "r" }, 400],
    ["cus", MEMBER, 200],
    ["cus", { type: "predefined", name: "annotator" }, 400],
  ])("%s gets the role %j with %d", async (id, role, expected) => {
    const sandbox = await open(ACCOUNT);
    const { status, body } = await add<WireProblem & WireMembership>(sandbox, id, role);
    expect(status).toBe(expected);
    if (status === 200) expect(body.role).toEqual(role);
    else expect(body.detail).toContain("annotator");
    expect(membersOf(sandbox, "o1")).toHaveLength(status === 200 ? 1 : 0);
  });

  test.each<[string, unknown, string]>([
    ["no user", { role: MEMBER }, "'user_id' field is required and must be a non-empty string"],
    ["an empty user ID", { user_id: "", role: MEMBER }, "'user_id' field is required"],
    ["no role", { user_id: "ada" }, "'role' field is required and must be an object"],
    ["a role by name alone", { user_id: "ada", role: "member" }, "must be an object"],
    ["an unknown role", { user_id: "ada", role: { ...MEMBER, name: "owner" } }, "'role.name'"],
    ["a predefined role without a name", { user_id: "ada", role: { type: "predefined" } }, "'role.name'"],
    [
      "a custom role without an ID",
      { user_id: "ada", role: { type: "custom" } },
      "'role.id' field is required",
    ],
    ["an unknown field", { user_id: "ada", role: MEMBER, space: "s" }, "'space' is unknown"],
  ])("adding with %s gives 400 and adds nobody", async (_, given, detail) => {
    const sandbox = await open(ACCOUNT);
    const { status, body } = await call<WireProblem>(sandbox, "POST", "/v2/organizations/o1/users", given);
    expect(status).toBe(400);
    expect(body.detail).toContain(detail);
    expect(membersOf(sandbox, "o1")).toEqual([]);
  });

  test("a member is removed with 204, and is not found the second time", async () => {
    const sandbox = await open(ACCOUNT);
    const remove = () => call<WireProblem>(sandbox, "DELETE", "/v2/organizations/o2/users/ada");
    const first = await remove();
    expect([first.status, first.body]).toEqual([204, undefined]);
    const second = await remove();
    expect(second.status).toBe(404);
    expect(second.body.detail).toContain("'ada'");
    expect(membersOf(sandbox, "o2")).toMatchObject([{ userId: "ann" }]);
  });

  test("a deleted user is no member of anything", async () => {
    const sandbox = await open(ACCOUNT);
    await add(sandbox, "ada");
    await call(sandbox, "DELETE", "/v2/users/ada");
    expect(membersOf(sandbox, "o1")).toEqual([]);
    expect(membersOf(sandbox, "o2")).toMatchObject([{ userId: "ann" }]);
    expect((await call(sandbox, "DELETE", "/v2/organizations/o2/users/ada")).status).toBe(404);
  });

  test("IDs in the path are taken with whatever is escaped in them", async () => {
    const userId = "a/b ä+%";
    const sandbox = await open({
      users: [{ id: userId, email: "odd@example.com" }],
      organizations: [{ id: "o/1", name: "Odd", members: [{ userId }] }],
    });
    const path = `/v2/organizations/${encodeURIComponent("o/1")}/users`;
    const { body } = await call<WireMembership>(sandbox, "POST", path, { user_id: userId, role: MEMBER });
    expect(body).toMatchObject({ user_id: userId, organization_id: "o/1" });
    const removed = await call(sandbox, "DELETE", `${path}/${encodeURIComponent(userId)}`);
    expect(removed.status).toBe(204);
  });
});
