import type { CreateUserParams } from "ax-users";
import { expect, test } from "vitest";
import { json, rejection, startServer, wirePage, wireUser } from "../helpers/server.ts";

const params: CreateUserParams = {
  name: "Ada",
  email: "ada@example.com",
  role: { type: "predefined", name: "member" },
  inviteMode: "email_link",
};
const TAKEN = { title: "Resource conflict", status: 409 };

async function conflict(lookUp: (response: Parameters<typeof json>[0]) => unknown, isForeign = false) {
  const server = await startServer(({ method }, response) => {
    if (method === "GET") return lookUp(response);
    return isForeign ? response.writeHead(409).end("<html>") : json(response, 409, TAKEN);
  });
  return rejection(server.client().users.create({ ...params, onExisting: "throw" }));
}

test("exists, where the user is found", async () => {
  const error = await conflict((response) => json(response, 200, wirePage([wireUser()])));
  expect(error).toMatchObject({ name: "ConflictError", reason: "exists", existing: { id: "VXNlcjox" } });
});

test("removed, where nobody is found", async () => {
  const error = await conflict((response) => json(response, 200, wirePage([])));
  expect(error).toMatchObject({ name: "ConflictError", reason: "removed" });
});

test("unknown, where the look-up fails, with its error as the cause", async () => {
  const error = await conflict((response) => json(response, 403, { title: "Access forbidden", status: 403 }));
  expect(error).toMatchObject({ reason: "unknown", cause: { name: "PermissionDeniedError" } });
});

test("unknown, where nobody is found and the 409 is not the API's", async () => {
  const error = await conflict((response) => json(response, 200, wirePage([])), true);
  expect(error).toMatchObject({ name: "ConflictError", reason: "unknown" });
  expect(String(error)).not.toMatch(/removed/);
});

test("exists, for an organization's name", async () => {
  const server = await startServer((_, response) => json(response, 409, TAKEN));
  const error = await rejection(server.client().organizations.create({ name: "Data Ops" }));
  expect(error).toMatchObject({ name: "ConflictError", reason: "exists" });
});

test("unknown, where the request gives no name that could be taken", async () => {
  const server = await startServer((_, response) => json(response, 409, TAKEN));
  const { users, organizations } = server.client();
  const userId = "u1";
  const calls = [
    () => users.delete({ userId }),
    () => users.resetPassword({ userId }),
    () => users.update({ userId, name: "A" }),
    () => users.list(),
    () => organizations.delete({ organizationId: "o1" }),
    () => organizations.removeUser({ organizationId: "o1", userId }),
  ];
  for (const call of calls)
    expect(await rejection(call())).toMatchObject({ name: "ConflictError", reason: "unknown" });
  const renamed = await rejection(organizations.update({ organizationId: "o1", name: "Data Ops" }));
  expect(renamed).toMatchObject({ name: "ConflictError", reason: "exists" });
});
