import { ValidationError } from "ax-users";
import { describe, expect, test } from "vitest";
import { json, rejection, startServer, wireUser } from "../helpers/server.ts";

type Users = ReturnType<Awaited<ReturnType<typeof startServer>>["client"]>["users"];
type Row = [what: string, call: (users: Users) => PromiseLike<unknown>, message: RegExp];

/** Of the wrong type on purpose. */
const wrong = <T>(value: unknown): T => value as T;

const user = (fields: Record<string, unknown> = {}) =>
  wrong<Parameters<Users["create"]>[0]>({
    name: "Grace",
    email: "grace@example.com",
    role: { type: "predefined", name: "member" },
    inviteMode: "none",
    ...fields,
  });

async function expectRefused(call: Row[1], message: RegExp): Promise<void> {
  const server = await startServer((_, response) => json(response, 200, wireUser()));
  const error = await rejection(call(server.client().users));
  expect(error).toBeInstanceOf(ValidationError);
  expect(error).toHaveProperty("message", expect.stringMatching(message));
  expect(server.seen).toEqual([]);
}

describe("IDs", () => {
  const methods: [string, (users: Users, userId: unknown) => PromiseLike<unknown>, string][] = [
    ["users.get", (users, userId) => users.get(wrong({ userId })), "userId"],
    ["users.get", (users, userId) => users.get(wrong({ user: userId })), "user"],
    ["users.update", (users, userId) => users.update(wrong({ userId, name: "A" })), "userId"],
    ["users.delete", (users, userId) => users.delete(wrong({ userId })), "userId"],
    ["users.resendInvitation", (users, userId) => users.resendInvitation(wrong({ userId })), "userId"],
    ["users.resetPassword", (users, userId) => users.resetPassword(wrong({ userId })), "userId"],
  ];
  const ids: [string, unknown, string][] = [
    ["empty", "", 'must not be empty, received ""'],
    ["blank", " \t", 'must not be empty, received " \\\\t"'],
    [".", ".", 'must be an ID, received "\\."'],
    ["..", "..", 'must be an ID, received "\\.\\."'],
    [".. with blanks", " .. ", "must be an ID"],
    ["a number", 5, "must be a string, received 5"],
    ["null", null, "must be a string, received null"],
    ["half a surrogate pair", "a\udc00", "must be well-formed Unicode"],
  ];
  const rows = methods.flatMap(([method, call, path]) =>
    ids.map(([what, id, rule]) => [`${method} ${path}`, what, method, path, id, rule, call] as const),
  );
  test.each(rows)("%s: %s", async (_where, _what, method, path, id, rule, call) => {
    await expectRefused((users) => call(users, id), new RegExp(`^${method}: ${path} ${rule}`));
  });
});

const rows: Row[] = [
  [
    "get of nothing",
    (users) => users.get(wrong(undefined)),
    /^users\.get: params must be an object, received undefined/,
  ],
  ["get of an ID alone", (users) => users.get(wrong("u1")), /params must be an object, received "u1"/],
  ["get of neither", (users) => users.get(wrong({})), /user or userId is required/],
  [
    "get of both",
    (users) => users.get(wrong({ user: "a", userId: "b" })),
    /user or userId is required, but not both/,
  ],
  [
    "get of a bad address",
    (users) => users.get({ user: "a@" }),
    /user must be an email address, received "a@"/,
  ],
  ["delete of nothing", (users) => users.delete(wrong(undefined)), /params must be an object/],
  ["delete without an ID", (users) => users.delete(wrong({})), /userId must be a string, received undefined/],
  [
    "delete of a user",
    (users) => users.delete(wrong({ id: "u1" })),
    /unknown argument "id"; expected one of userId/,
  ],
  ["list of null", (users) => users.list(wrong(null)), /params must be an object, received null/],
  ["limit 0", (users) => users.list({ limit: 0 }), /^users\.list: limit must be at least 1, received 0$/],
  ["limit 101", (users) => users.list({ limit: 101 }), /limit must be at most 100, received 101/],
  ["limit 1.5", (users) => users.list({ limit: 1.5 }), /limit must be a whole number, received 1\.5/],
  ["limit NaN", (users) => users.list({ limit: Number.NaN }), /limit must be a number, received NaN/],
  [
    "limit Infinity",
    (users) => users.list({ limit: Number.POSITIVE_INFINITY }),
    /limit must be a whole number/,
  ],
  [
    "limit as a string",
    (users) => users.list(wrong({ limit: "10" })),
    /limit must be a number, received "10"/,
  ],
  ["limit null", (users) => users.list(wrong({ limit: null })), /limit must be a number, received null/],
  ["an empty cursor", (users) => users.list({ cursor: "" }), /cursor must not be empty, received ""/],
  [
    "a long filter",
    (users) => users.list({ email: "a".repeat(256) }),
    /email must have at most 255 characters, received 256 characters/,
  ],
  [
    "half a surrogate pair in the filter",
    (users) => users.list({ email: "\ud800" }),
    /email must be well-formed Unicode/,
  ],
  [
    "a status alone",
    (users) => users.list(wrong({ status: "active" })),
    /status must be an array, received "active"/,
  ],
  [
    "an unknown status",
    (users) => users.list(wrong({ status: ["active", "asleep"] })),
    /status\[1\] must be one of "active", "invited", "expired", received "asleep"/,
  ],
  ["a status with holes", (users) => users.list(wrong({ status: Array(2) })), /status\[0\] is required/],
  [
    "a misspelt argument",
    (users) => users.list(wrong({ emial: "a" })),
    /unknown argument "emial"; expected one of limit, cursor, email, status/,
  ],
  ["create of nothing", (users) => users.create(wrong(undefined)), /params must be an object/],
  ["an empty name", (users) => users.create(user({ name: "" })), /^users\.create: name must not be empty/],
  ["a blank name", (users) => users.create(user({ name: " \n" })), /name must not be empty/],
  [
    "a name of 256 characters",
    (users) => users.create(user({ name: "x".repeat(256) })),
    /name must have at most 255 characters, received 256 characters/,
  ],
  [
    "a name of 256 pairs",
    (users) => users.create(user({ name: "😀".repeat(256) })),
    /name must have at most 255 characters/,
  ],
  ["no name", (users) => users.create(user({ name: undefined })), /name is required, received undefined/],
  [
    "a name that is a number",
    (users) => users.create(user({ name: 5 })),
    /name must be a string, received 5/,
  ],
  [
    "an email without @",
    (users) => users.create(user({ email: "grace" })),
    /email must be an email address, received "grace"/,
  ],
  [
    "an email with a blank",
    (users) => users.create(user({ email: "a b@x.io" })),
    /email must be an email address/,
  ],
  [
    "an email of 255 characters",
    (users) => users.create(user({ email: `${"a".repeat(250)}@x.io` })),
    /email must have at most 254 characters, received 255 characters/,
  ],
  ["no email", (users) => users.create(user({ email: undefined })), /email is required/],
  ["no role", (users) => users.create(user({ role: undefined })), /role is required/],
  [
    "a role by its name",
    (users) => users.create(user({ role: "member" })),
    /role must be an object, received "member"/,
  ],
  [
    "a role without a type",
    (users) => users.create(user({ role: { name: "member" } })),
    /role\.type is required/,
  ],
  [
    "an unknown role type",
    (users) => users.create(user({ role: { type: "builtin", name: "member" } })),
    /role\.type must be one of "predefined", "custom", received "builtin"/,
  ],
  [
    "an unknown role",
    (users) => users.create(user({ role: { type: "predefined", name: "boss" } })),
    /role\.name must be one of "admin", "member", "annotator", received "boss"/,
  ],
  [
    "a custom role without an ID",
    (users) => users.create(user({ role: { type: "custom" } })),
    /role\.id is required/,
  ],
  [
    "a custom role with an empty ID",
    (users) => users.create(user({ role: { type: "custom", id: "" } })),
    /role\.id must not be empty/,
  ],
  [
    "a custom role with a blank ID",
    (users) => users.create(user({ role: { type: "custom", id: " \t" } })),
    /role\.id must not be empty, received " \\t"/,
  ],
  [
    "an unknown mode",
    (users) => users.create(user({ inviteMode: "pigeon" })),
    /inviteMode must be one of "none", "email_link", "temporary_password", received "pigeon"/,
  ],
  ["no mode", (users) => users.create(user({ inviteMode: undefined })), /inviteMode is required/],
  [
    "a permission that is no boolean",
    (users) => users.create(user({ isDeveloper: "yes" })),
    /isDeveloper must be a boolean, received "yes"/,
  ],
  [
    "an unknown onExisting",
    (users) => users.create(user({ onExisting: "replace" })),
    /onExisting must be "return" or "throw", received "replace"/,
  ],
  [
    "a name in snake_case",
    (users) => users.create(user({ is_developer: true })),
    /unknown argument "is_developer"/,
  ],
  [
    "update with nothing",
    (users) => users.update({ userId: "u1" }),
    /^users\.update: name or isDeveloper is required$/,
  ],
  [
    "update with undefined",
    (users) => users.update({ userId: "u1", name: undefined }),
    /name or isDeveloper is required/,
  ],
  ["update to a blank name", (users) => users.update({ userId: "u1", name: "  " }), /name must not be empty/],
  [
    "update to a long name",
    (users) => users.update({ userId: "u1", name: "x".repeat(256) }),
    /name must have at most 255/,
  ],
  [
    "update to null",
    (users) => users.update(wrong({ userId: "u1", name: null })),
    /name must be a string, received null/,
  ],
  [
    "update of an email",
    (users) => users.update(wrong({ userId: "u1", email: "a@x.io" })),
    /unknown argument "email"; expected one of userId, name, isDeveloper/,
  ],
];
test.each(rows)("%s is refused before any request", (_, call, message) => expectRefused(call, message));

test("all that is wrong is told at once, with its path in public names", async () => {
  const server = await startServer((_, response) => json(response, 200, wireUser()));
  const error = await rejection(
    server.client().users.create(user({ name: "", role: { type: "predefined", name: 5 }, inviteMode: null })),
  );
  expect((error as ValidationError).issues.map(({ path }) => path)).toEqual([
    "name",
    "role.name",
    "inviteMode",
  ]);
});

test("a long value is shown by its start", async () => {
  const server = await startServer((_, response) => json(response, 200, wireUser()));
  const error = await rejection(server.client().users.create(user({ inviteMode: "x".repeat(5_000) })));
  expect(String(error).length).toBeLessThan(300);
});
