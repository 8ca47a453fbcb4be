import {
  deleteUser,
  type ListOrganizationsParams,
  type ListUsersParams,
  listOrganizations,
  listUsers,
} from "ax-users";
import { expect, test, vi } from "vitest";
import { serveUsers, validationError, wrong } from "./account.ts";

const users: [string, ListUsersParams, string][] = [
  [
    "no status",
    { status: [] },
    "status must not be empty; leave it out to list all, received an empty array",
  ],
  ["an empty email", { email: "" }, 'email must not be empty; leave it out to list all, received ""'],
  ["a blank email", { email: " \t" }, 'email must not be empty; leave it out to list all, received " \\t"'],
  ["no status beside an email", { email: "a@x.io", status: [] }, "status must not be empty"],
  ["an empty email beside a status", { email: "", status: ["invited"] }, "email must not be empty"],
];

test.each(users)("users.list refuses %s", async (_, params, message) => {
  const server = await serveUsers({});
  const client = server.client();
  const calls = [
    client.users.list(params),
    client.users.list(params).toArray({ max: 5 }),
    client.users.list(params)[Symbol.asyncIterator]().next(),
    client.users.list(params).pages().next(),
    listUsers({ ...params, client }),
  ];
  for (const call of calls) expect((await validationError(call)).message).toContain(message);
  expect(server.seen).toEqual([]);
});

const organizations: [string, ListOrganizationsParams][] = [
  ["an empty name", { name: "" }],
  ["a blank name", { name: "\u00a0 " }],
];

test.each(organizations)("organizations.list refuses %s", async (_, params) => {
  const server = await serveUsers({});
  const client = server.client();
  for (const call of [client.organizations.list(params), listOrganizations({ ...params, client })]) {
    expect((await validationError(call)).message).toContain(
      "organizations.list: name must not be empty; leave it out to list all, received ",
    );
  }
  expect(server.seen).toEqual([]);
});

test("a filter that is undefined is left out", async () => {
  const server = await serveUsers({});
  await server.client().users.list({ email: undefined, status: undefined, limit: 5 });
  expect(String(server.seen[0]?.query)).toBe("limit=5");
});

test.each([
  ["a promise", () => Promise.resolve({ status: ["invited"] }), "received a promise: await it"],
  ["an object of another class", () => new WeakSet(), "received one of a class without any"],
])("%s is no filter, in both styles", async (_, make, message) => {
  const server = await serveUsers({});
  const client = server.client();
  vi.stubEnv("ARIZE_API_KEY", "key");
  vi.stubEnv("ARIZE_BASE_URL", server.baseUrl);
  for (const list of [client.users.list, listUsers, client.organizations.list, listOrganizations]) {
    expect((await validationError(list(wrong(make())))).message).toContain(
      `params must be an object with members, ${message}`,
    );
  }
  expect((await validationError(deleteUser(wrong(make())))).message).toContain(message);
  expect(server.seen).toEqual([]);
  vi.unstubAllEnvs();
});
