import { expect, test } from "vitest";
import { named, wireOrganizationPage } from "../helpers/organizations.ts";
import { json, rejection, startServer } from "../helpers/server.ts";
import { serveUsers } from "./account.ts";

const KELVIN = "\u212a";

test.each([
  ["the Kelvin sign", "ken@example.com", `${KELVIN}en@example.com`],
  ["a dotted capital I", "i\u0307da@example.com", "\u0130da@example.com"],
  ["a letter beyond ASCII in another case", "köln@example.com", "KÖLN@example.com"],
  ["whitespace that the server gives", "ken@example.com", "ken@example.com "],
  ["a byte order mark that the server gives", "ken@example.com", "\ufeffken@example.com"],
])("%s makes another address", async (_, email, theirs) => {
  const server = await serveUsers({ id: "u1", email: theirs });
  const { users } = server.client();
  expect(await users.findByEmail(email)).toBeNull();
  expect(await users.findByEmails([email, "b@x.io", "c@x.io"])).toEqual(new Map());
  expect(await users.bulkDelete({ emails: [email] })).toMatchObject([{ email, status: "not_found" }]);
  expect(server.seen.filter(({ method }) => method === "DELETE")).toEqual([]);
});

test("ASCII letters in another case and what the caller has around an address do not", async () => {
  const server = await serveUsers({ id: "u1", email: "Ken@Example.COM" });
  const { users } = server.client();
  expect(await users.findByEmail(" KEN@example.com\t")).toMatchObject({ id: "u1", email: "Ken@Example.COM" });
  expect([...(await users.findByEmails(["kEn@example.com ", "b@x.io", "c@x.io"])).keys()]).toEqual([
    "kEn@example.com ",
  ]);
  expect(await users.bulkDelete({ emails: ["KEN@example.com", " ken@example.com"] })).toMatchObject([
    { userId: "u1", status: "deleted" },
  ]);
});

test("an address as the server spells it finds its user", async () => {
  const email = `${KELVIN}en@example.com`;
  const { users } = (await serveUsers({ id: "u1", email }, { id: "u2", email: "ken@example.com" })).client();
  expect(await users.findByEmail(email)).toMatchObject({ id: "u1" });
  expect(await users.findByEmail("ken@example.com")).toMatchObject({ id: "u2" });
});

test("rows of createMany whose addresses differ by more than ASCII case are two users", async () => {
  const server = await serveUsers();
  const role = { type: "custom", id: "r1" } as const;
  const rows = ["ken@example.com", "KEN@example.com"].map((email) => ({
    ...{ name: "Ken", email, role, inviteMode: "none" as const },
  }));
  const kelvin = { name: "Ken", email: `${KELVIN}en@example.com`, role, inviteMode: "none" as const };
  const results = await server.client().users.createMany({ users: [...rows, kelvin] });
  expect(results.map(({ email }) => email)).toEqual(["ken@example.com", kelvin.email]);
});

test("names of organizations are one only where ASCII letters differ in case", async () => {
  const server = await startServer(({ method }, response) =>
    method === "GET"
      ? json(response, 200, wireOrganizationPage(named(`Ban${KELVIN}`, "ÉCOLE", "Ops ")))
      : response.writeHead(204).end(),
  );
  const { organizations } = server.client();
  for (const organization of ["Bank", "école", "ops"]) {
    await rejection(organizations.removeUser({ organization, userId: "u1" }));
  }
  expect(server.seen.filter(({ method }) => method === "DELETE")).toEqual([]);
  expect(await organizations.get({ organization: "OPS " })).toMatchObject({ name: "Ops " });
});

test("enum values that only look like one of the spec are refused, and pass through from a server", async () => {
  const { users } = (await serveUsers({ status: `${KELVIN}ept` })).client();
  expect((await users.list()).data[0]?.status).toBe(`${KELVIN}ept`);
  const invitation = {
    name: "Ken",
    email: "ken@example.com",
    role: { type: "predefined", name: "member" },
    inviteMode: `email_lin${KELVIN}`,
  };
  const error = await rejection(users.create(invitation as unknown as Parameters<typeof users.create>[0]));
  expect(error).toHaveProperty("issues", [expect.objectContaining({ path: "inviteMode" })]);
});
