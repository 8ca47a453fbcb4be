import { ArizeClient } from "ax-users";
import { type Sandbox, startSandbox } from "ax-users/testing";
import { expect, onTestFinished, test } from "vitest";

async function account(): Promise<{ sandbox: Sandbox; client: ArizeClient }> {
  const sandbox = await startSandbox({
    users: [
      { id: "ada", email: "ada@example.com", name: "Ada" },
      { id: "grace", email: "grace@example.com", status: "invited" },
      { id: "gone", email: "gone@example.com", status: "inactive" },
    ],
  });
  onTestFinished(() => sandbox.close());
  const { baseUrl, apiKey } = sandbox;
  return { sandbox, client: new ArizeClient({ baseUrl, apiKey, prereleaseWarnings: false, maxRetries: 0 }) };
}

test("a user changes in every way, and the rest stays", async () => {
  const { sandbox, client } = await account();
  const changed = sandbox.updateUser("ada", {
    name: "Ada King",
    email: "Ada.King@example.com",
    role: "admin",
    isDeveloper: false,
  });
  expect(changed).toEqual(sandbox.users()[0]);
  expect(await client.users.get({ user: "ada.king@example.com" })).toMatchObject({
    id: "ada",
    name: "Ada King",
    email: "Ada.King@example.com",
    status: "active",
    role: { type: "predefined", name: "admin" },
    isDeveloper: false,
  });
  expect(await client.users.findByEmail("ada@example.com")).toBeNull();
  sandbox.updateUser("ada", { status: "expired", name: undefined as never });
  expect(await client.users.get({ userId: "ada" })).toMatchObject({ name: "Ada King", status: "expired" });
});

test("an address that a user had before is free, and one that is taken is refused", async () => {
  const { sandbox, client } = await account();
  sandbox.updateUser("ada", { email: "king@example.com" });
  const invite = (email: string) =>
    client.users.create({
      name: "N",
      email,
      role: { type: "predefined", name: "member" },
      inviteMode: "email_link",
    });
  expect(await invite("ada@example.com")).toMatchObject({ outcome: "created" });
  expect(await invite("king@example.com")).toMatchObject({ outcome: "existing", id: "ada" });
  const taken = () => sandbox.updateUser("ada", { email: "GRACE@example.com" });
  expect(taken).toThrow(/changes.email must be unique among the users, received 'GRACE@example.com'/);
  expect(sandbox.updateUser("ada", { email: "KING@example.com" }).email).toBe("KING@example.com");
});

test("what updateUser gives is a copy", async () => {
  const { sandbox } = await account();
  const role = { type: "custom" as const, id: "role-1" };
  Object.assign(sandbox.updateUser("ada", { role }).role, { id: "role-2" });
  expect(sandbox.users()[0]?.role).toEqual({ type: "custom", id: "role-1" });
  expect(role.id).toBe("role-1");
});

const withMember = async (role: "admin" | "annotator", accountRole: "member" | "annotator" = "member") => {
  const sandbox = await startSandbox({
    users: [{ id: "ada", email: "ada@example.com", role: accountRole }],
    organizations: [{ name: "Sales" }, { name: "Research", members: [{ userId: "ada", role }] }],
  });
  onTestFinished(() => sandbox.close());
  return { sandbox, members: () => sandbox.organizations().flatMap(({ members }) => members) };
};

test("a user who becomes inactive is in no organization any more, as after a delete", async () => {
  const { sandbox, members } = await withMember("admin");
  expect(sandbox.updateUser("ada", { status: "inactive", role: "annotator" }).status).toBe("inactive");
  expect(members()).toEqual([]);
  sandbox.updateUser("ada", { status: "active" });
  expect(members()).toEqual([]);
});

test.each([
  ["annotator", "admin", "member"],
  ["admin", "annotator", "annotator"],
] as const)("a role of %s does not fit a member who is %s, and nothing changes", async (to, role, from) => {
  const { sandbox, members } = await withMember(role, from);
  const before = [sandbox.users(), members()];
  const change = () => sandbox.updateUser("ada", { name: "Ada King", role: to });
  expect(change).toThrow(TypeError);
  expect(change).toThrow(
    "changes.role must be annotator if that is the user's role in organizations, and only then",
  );
  expect([sandbox.users(), members()]).toEqual(before);
});

test("a role that fits the memberships, or of a user without any, changes", async () => {
  const { sandbox, members } = await withMember("admin");
  expect(sandbox.updateUser("ada", { role: "admin" }).role).toEqual({ type: "predefined", name: "admin" });
  expect(members()).toHaveLength(1);
  const { baseUrl, apiKey } = sandbox;
  const { organizations } = new ArizeClient({ baseUrl, apiKey, prereleaseWarnings: false });
  await organizations.delete({ organization: "Research" });
  expect(sandbox.updateUser("ada", { role: "annotator" }).role).toMatchObject({ name: "annotator" });
});

test("an invitation is accepted, or expires and can be renewed", async () => {
  const { sandbox, client } = await account();
  expect(sandbox.expireInvitation("grace")).toMatchObject({ id: "grace", status: "expired" });
  const grace = { name: "Grace", email: "grace@example.com", inviteMode: "email_link" } as const;
  const renewed = await client.users.create({ ...grace, role: { type: "predefined", name: "member" } });
  expect(renewed).toMatchObject({ id: "grace", status: "invited", outcome: "created" });
  expect(sandbox.acceptInvitation("grace").status).toBe("active");
  expect((await client.users.get({ userId: "grace" })).status).toBe("active");
});

test.each([
  [
    "nobody",
    (sandbox: Sandbox) => sandbox.updateUser("nobody", {}),
    /id must be the ID of a user, received 'nobody'/,
  ],
  [
    "an active user",
    (sandbox: Sandbox) => sandbox.acceptInvitation("ada"),
    /a user who is invited, received 'ada'/,
  ],
  ["nobody's invitation", (sandbox: Sandbox) => sandbox.expireInvitation("nobody"), /a user who is invited/],
  [
    "no changes",
    (sandbox: Sandbox) => sandbox.updateUser("ada", undefined as never),
    /changes must be an object/,
  ],
  ["an ID", (sandbox: Sandbox) => sandbox.updateUser("ada", { id: "x" } as never), /changes.id is unknown/],
  [
    "no address",
    (sandbox: Sandbox) => sandbox.updateUser("ada", { email: "ada" }),
    /changes.email must be an email/,
  ],
  [
    "no status",
    (sandbox: Sandbox) => sandbox.updateUser("ada", { status: "new" as never }),
    /changes.status must be one/,
  ],
  [
    "no role",
    (sandbox: Sandbox) => sandbox.updateUser("ada", { role: "owner" as never }),
    /changes.role must be/,
  ],
  [
    "no boolean",
    (sandbox: Sandbox) => sandbox.updateUser("ada", { isDeveloper: 1 as never }),
    /must be a boolean/,
  ],
  ["an empty name", (sandbox: Sandbox) => sandbox.updateUser("ada", { name: "" }), /changes.name must be/],
])("%s is refused, and nothing changes", async (_, change, message) => {
  const { sandbox } = await account();
  const before = [sandbox.users(), sandbox.removedUsers()];
  expect(() => change(sandbox)).toThrow(message);
  expect(() => change(sandbox)).toThrow(TypeError);
  expect([sandbox.users(), sandbox.removedUsers()]).toEqual(before);
});

test("a fault that is removed applies no more, and others do", async () => {
  const { sandbox } = await account();
  const status = async () => (await fetch(new URL("/v2/users", sandbox.baseUrl))).status;
  const outage = sandbox.fail({ status: 503, times: Number.POSITIVE_INFINITY });
  const once = sandbox.fail({ status: 500 });
  expect([await status(), await status()]).toEqual([503, 503]);
  outage.remove();
  outage.remove();
  expect([await status(), await status()]).toEqual([500, 401]);
  once.remove();
  expect(await status()).toBe(401);
});
