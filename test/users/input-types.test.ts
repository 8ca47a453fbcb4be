import type {
  ArizeClient,
  InviteMode,
  InviteModeInput,
  OrganizationRole,
  OrganizationRoleNameInput,
  User,
  UserRole,
  UserRoleNameInput,
  UserStatus,
  UserStatusInput,
} from "ax-users";
import { expect, expectTypeOf, test } from "vitest";
import { json, rejection, startServer, wireUser } from "../helpers/server.ts";

test("functions of one's own can name the types of what the methods accept", () => {
  const invite = (client: ArizeClient, inviteMode: InviteModeInput, name: UserRoleNameInput) =>
    client.users.create({ name: "Ada", email: "ada@x.io", inviteMode, role: { type: "predefined", name } });
  const list = (client: ArizeClient, ...status: UserStatusInput[]) => client.users.list({ status });
  const add = (client: ArizeClient, user: User, name: OrganizationRoleNameInput) =>
    client.organizations.addUser({
      organization: "Ops",
      userId: user.id,
      role: { type: "predefined", name },
    });
  expectTypeOf(invite).returns.resolves.toExtend<User>();
  expectTypeOf(list).toBeFunction();
  expectTypeOf(add).toBeFunction();
});

test("what the methods accept is a part of what they return, in either case", () => {
  expectTypeOf<InviteModeInput>().toExtend<InviteMode>();
  expectTypeOf<UserRoleNameInput>().toExtend<UserRole>();
  expectTypeOf<UserStatusInput>().toExtend<UserStatus>();
  expectTypeOf<OrganizationRoleNameInput>().toExtend<OrganizationRole>();
  expectTypeOf<"email_link" | "EMAIL_LINK">().toExtend<InviteModeInput>();
  expectTypeOf<"read-only" | "READ_ONLY">().toExtend<OrganizationRoleNameInput>();
  expectTypeOf<"by_post">().not.toExtend<InviteModeInput>();
});

test("the role of a fetched user is accepted, but for one that this version does not know", async () => {
  const roles = ["ANNOTATOR", "AUDITOR"].map((name) => ({ type: "PREDEFINED", name }));
  const server = await startServer((request, response) => {
    const role = roles[Number(request.path.at(-1))];
    if (request.method === "GET") return json(response, 200, wireUser({ id: request.path.at(-1), role }));
    return json(response, 200, wireUser({ ...JSON.parse(request.body), status: "invited" }));
  });
  const { users } = server.client();
  const copy = async (userId: string) => {
    const { role } = await users.get({ userId });
    return users.create({ name: "Ada", email: "ada@x.io", role, inviteMode: "email_link" });
  };
  expect(await copy("0")).toMatchObject({ role: { name: "annotator" } });
  expect(await rejection(copy("1"))).toMatchObject({
    name: "ValidationError",
    issues: [{ path: "role.name", message: expect.stringContaining("must be one of") }],
  });
});
