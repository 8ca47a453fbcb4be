import { expect, test } from "vitest";
import { serveUsers, validationError, wrong } from "./account.ts";

type Users = Awaited<ReturnType<typeof serveUsers>>["client"] extends () => { users: infer U } ? U : never;

const create = (fields: Record<string, unknown>) => (users: Users) =>
  users.create(
    wrong({ name: "A", email: "a@x.io", role: { type: "custom", id: "r" }, inviteMode: "none", ...fields }),
  );
const list = (params: unknown) => (users: Users) => users.list(wrong(params));
const remove = (userId: unknown) => (users: Users) => users.delete(wrong({ userId }));

test.each<[string, (users: Users) => PromiseLike<unknown>, string]>([
  ["an empty name", create({ name: "" }), 'name must not be empty, received ""'],
  [
    "a long name",
    create({ name: "x".repeat(300) }),
    "name must have at most 255 characters, received 300 characters",
  ],
  ["a name of the wrong type", create({ name: 5 }), "name must be a string, received 5"],
  ["a role of the wrong type", create({ role: "member" }), 'role must be an object, received "member"'],
  ["a role that is null", create({ role: null }), "role must be an object, received null"],
  ["a flag of the wrong type", create({ isDeveloper: 1 }), "isDeveloper must be a boolean, received 1"],
  [
    "an unknown mode",
    create({ inviteMode: "mail" }),
    'inviteMode must be one of "none", "email_link", "temporary_password", received "mail"',
  ],
  ["a status alone", list({ status: "active" }), 'status must be an array, received "active"'],
  ["a limit of 1e21", list({ limit: 1e21 }), "limit must be at most 100, received 1e+21"],
  ["a limit of -0", list({ limit: -0 }), "limit must be at least 1, received -0"],
  ["a limit as text", list({ limit: "10" }), 'limit must be a number, received "10"'],
  ["a limit as a bigint", list({ limit: 10n }), "limit must be a number, received 10n"],
  ["a limit that is NaN", list({ limit: Number.NaN }), "limit must be a number, received NaN"],
  [
    "a zero-width space",
    create({ email: "a\u200b@x.io" }),
    'must be an email address, received "a\\u200b@x.io"',
  ],
  ["a no-break space", create({ email: "a\u00a0b@x.io" }), 'received "a\\u00a0b@x.io"'],
  ["a soft hyphen", create({ email: "a\u00ad@x.io" }), 'received "a\\u00ad@x.io"'],
  ["a right-to-left override", create({ email: "a\u202e@x.io" }), 'received "a\\u202e@x.io"'],
  ["a Hangul filler", create({ email: "a\u3164@x.io" }), 'received "a\\u3164@x.io"'],
  ["a tag character", create({ email: "a\u{e0041}@x.io" }), 'received "a\\u{e0041}@x.io"'],
  ["a plain space", create({ email: "a b@x.io" }), 'received "a b@x.io"'],
  ["a letter beyond ASCII", create({ email: "ö@x.io" }), 'received "ö@x.io"'],
  ["a byte order mark", list({ status: ["\ufeffactive\ufeff"] }), 'received "\\ufeffactive\\ufeff"'],
  ["a symbol", remove(Symbol("id")), "userId must be a string, received Symbol(id)"],
  ["a function", remove(() => "u1"), "userId must be a string, received a function"],
  ["a long text", create({ inviteMode: `${"x".repeat(59)}😀y` }), `received "${"x".repeat(59)}…"`],
])("%s", async (_, call, message) => {
  const server = await serveUsers();
  expect((await validationError(call(server.client().users))).message).toContain(message);
  expect(server.seen).toEqual([]);
});
