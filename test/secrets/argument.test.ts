/** A key that is given as another argument: two variables of the environment were swapped. */
import { createUser, listUsers } from "ax-users";
import { expect, test } from "vitest";
import { everythingIn, shownOf } from "../helpers/reveal.ts";
import { json, rejection, startServer, wirePage } from "../helpers/server.ts";
import { wrong } from "../inputs/account.ts";

const apiKey = "ak-SECRET/key+1234567890";

/** A server without users, which fails for an ID. */
const startClient = async (options = {}) => {
  const server = await startServer(({ path }, response) =>
    path === "/v2/users"
      ? json(response, 200, wirePage([]))
      : json(response, 500, { title: "Oops", status: 500 }),
  );
  return { client: server.client({ apiKey, ...options }), seen: server.seen };
};

const someone = {
  name: "Ada",
  email: "ada@example.com",
  role: { type: "predefined", name: "member" },
} as const;

type Client = Awaited<ReturnType<typeof startClient>>["client"];

const calls: [string, (client: Client) => PromiseLike<unknown>][] = [
  ["an ID", ({ users }) => users.get({ userId: apiKey })],
  ["a user", ({ users }) => users.get({ user: apiKey })],
  ["the ID of a removal", ({ users }) => users.delete({ userId: apiKey })],
  ["an address", ({ users }) => users.findByEmail(apiKey)],
  ["a filter", ({ users }) => users.list({ status: wrong([apiKey]) })],
  ["an enum value", ({ users }) => users.create({ ...someone, inviteMode: wrong(apiKey) })],
  ["an unknown argument", ({ users }) => users.get(wrong({ [apiKey]: 1 }))],
  ["an option", ({ users }) => users.get({ userId: "u" }, { timeoutMs: wrong(apiKey) })],
  ["an organization", ({ organizations }) => organizations.get({ organizationId: apiKey })],
  ["an argument of a function", (client) => createUser({ client, ...someone, inviteMode: wrong(apiKey) })],
  ["a filter of a function", (client) => listUsers({ client, status: wrong([apiKey]) })],
];

test.each(calls)("an error does not show the key where it was given as %s", async (_, call) => {
  const { client } = await startClient();
  const error = await rejection(call(client));
  expect(everythingIn(error)).not.toContain("SECRET");
  expect(shownOf(error)).not.toContain("SECRET");
  expect(String(error)).toContain("[API key]");
});

test("an error does not show the key of a token provider either", async () => {
  const { client } = await startClient({ apiKey: () => apiKey });
  const error = await rejection(client.users.get({ userId: apiKey }));
  expect(everythingIn(error)).not.toContain("SECRET");
});

test("a failed result does not show it, but its target is as it was given", async () => {
  const { client } = await startClient();
  const [byId, byEmail] = await client.users.bulkDelete({ userIds: [apiKey], emails: [apiKey] });
  for (const result of [byId, byEmail]) {
    expect(result).toMatchObject({ status: "failed", error: expect.stringContaining("[API key]") });
    expect(everythingIn({ ...result, userId: "", email: "" })).not.toContain("SECRET");
  }
  expect(byId).toHaveProperty("userId", apiKey);
});
