import { UnexpectedResponseError } from "ax-users";
import { expect, test } from "vitest";
import { rejection } from "../helpers/server.ts";
import { serveUsers, validationError } from "./account.ts";

const ADDRESSES = [
  "jörg@example.com",
  "ada@münchen.example",
  '"ada lovelace"@example.com',
  '"<a@b>\\" c"@example.com',
  "ada@home@example.com",
  "ada@[192.0.2.1]",
  "ada..l@example.com",
  "ada@localhost_",
  `${"a".repeat(240)}@example.com`,
];

test.each(ADDRESSES)("a user with the address %s, which the server gave, is found by it", async (email) => {
  const server = await serveUsers({ id: "u1", email });
  const { users, organizations } = server.client();
  const [first] = (await users.list()).data;
  expect(first?.email).toBe(email);
  expect(await users.findByEmail(email)).toEqual(first);
  expect(await users.get({ user: email })).toEqual(first);
  expect(await users.findByEmails([email])).toEqual(new Map([[email, first]]));
  expect(await users.bulkDelete({ emails: [email] })).toMatchObject([{ userId: "u1", status: "deleted" }]);
  await organizations.removeUser({ organizationId: "o1", user: email });
  expect(server.seen.at(-1)?.path).toBe("/v2/organizations/o1/users/u1");
});

test.each([
  ...["ada", "", " ", "@", "ada@", "@example.com", " @ "],
  ...["Ada <ada@example.com>", "ada l@example.com", "ada@example.com, b@x.io"],
])("%j is no address to look up", async (email) => {
  const server = await serveUsers({});
  const { users } = server.client();
  const message = "must be an email address, received ";
  expect((await validationError(users.findByEmail(email))).message).toContain(`email ${message}`);
  expect((await validationError(users.findByEmails(["a@x.io", email]))).message).toContain(
    `emails[1] ${message}`,
  );
  expect(await users.bulkDelete({ emails: [email] })).toMatchObject([{ email, status: "failed" }]);
  expect(server.seen).toEqual([]);
});

test("one that is longer than the filter takes is refused", async () => {
  const { users } = (await serveUsers()).client();
  expect((await validationError(users.findByEmail(`${"a".repeat(255)}@x.io`))).message).toBe(
    "users.findByEmail: email must have at most 255 characters, received 260 characters",
  );
});

test.each(ADDRESSES.slice(0, 3))(
  "create takes addresses of the spec's format only: not %s",
  async (email) => {
    const { users } = (await serveUsers()).client();
    const role = { type: "custom", id: "r1" } as const;
    expect(
      (await validationError(users.create({ name: "A", email, role, inviteMode: "none" }))).message,
    ).toContain("email must be an email address, received ");
  },
);

test("a name that is null is empty, and the rest of its page is there", async () => {
  const { users } = (await serveUsers({ name: null }, { id: "u2" })).client();
  expect((await users.list()).data.map(({ id, name }) => [id, name])).toEqual([
    ["VXNlcjox", ""],
    ["u2", "Ada Lovelace"],
  ]);
});

test.each([
  ["an ID", { id: null }, "id must be a string"],
  ["an address", { email: null }, "email must be a string"],
  ["a role's name", { role: { type: "predefined", name: null } }, "role.name must be a string"],
  ["a date", { created_at: null }, "created_at must be a"],
])("%s that is null is an error", async (_, fields, message) => {
  const error = await rejection((await serveUsers(fields)).client().users.list());
  expect(error).toBeInstanceOf(UnexpectedResponseError);
  expect(error).toHaveProperty("message", expect.stringContaining(message));
});
