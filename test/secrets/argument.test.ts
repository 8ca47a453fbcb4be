/** A key that is given as another argument: two variables of the environment were swapped. */
import { ArizeError, createUser, listUsers } from "ax-users";
import { planRoster } from "ax-users/roster";
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

const calls: [string, (client: Client, key: string) => PromiseLike<unknown>][] = [
  ["an ID", ({ users }, key) => users.get({ userId: key })],
  ["a user", ({ users }, key) => users.get({ user: key })],
  ["the ID of a removal", ({ users }, key) => users.delete({ userId: key })],
  ["an address after other text", ({ users }, key) => users.findByEmail("x".repeat(45) + key)],
  ["an address", ({ users }, key) => users.findByEmail(key)],
  ["a filter", ({ users }, key) => users.list({ status: wrong([key]) })],
  ["an address of several", ({ users }, key) => users.findByEmails([key])],
  ["an enum value", ({ users }, key) => users.create({ ...someone, inviteMode: wrong(key) })],
  ["an unknown argument", ({ users }, key) => users.get(wrong({ [key]: 1 }))],
  ["an option", ({ users }, key) => users.get({ userId: "u" }, { timeoutMs: wrong(key) })],
  ["the address of a roster's row", (client, key) => planRoster(client, [{ email: key }])],
  ["the role of a roster's row", (client, key) => planRoster(client, [{ email: "a@b.co", role: key }])],
  ["a column of a roster", (client, key) => planRoster(client, [wrong({ [key]: 1 })])],
  ["an organization", ({ organizations }, key) => organizations.get({ organizationId: key })],
  ["an argument of a function", (client, key) => createUser({ client, ...someone, inviteMode: wrong(key) })],
  ["a filter of a function", (client, key) => listUsers({ client, status: wrong([key]) })],
];

const keys = [apiKey, `ak-SECRET-${"0123456789abcdef".repeat(5)}`];

test.each(keys.flatMap((key) => calls.map(([what, call]) => [what, key.length, key, call] as const)))(
  "an error does not show the key where it was given as %s: %i characters",
  async (_, __, key, call) => {
    const { client } = await startClient({ apiKey: key });
    const error = await rejection(call(client, key));
    expect(everythingIn(error)).not.toContain("SECRET");
    expect(shownOf(error)).not.toContain("SECRET");
    expect(String(error)).toContain("[API key]");
  },
);

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

test("the reason of an abort is not changed, even if it has the key", async () => {
  const { client } = await startClient();
  for (const freeze of [true, false]) {
    const reason = new ArizeError(`stopped for ${apiKey}`);
    if (freeze) Object.freeze(reason);
    const signal = AbortSignal.abort(reason);
    expect(await rejection(client.users.get({ userId: "u1" }, { signal }))).toBe(reason);
    const [result] = await client.users.bulkDelete({ userIds: ["u1"] }, { signal });
    expect(result).toHaveProperty("cause", reason);
    expect(reason.message).toBe(`stopped for ${apiKey}`);
  }
});
