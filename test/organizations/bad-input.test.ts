import { type Organizations, ValidationError } from "ax-users";
import { describe, expect, test } from "vitest";
import { byOrganization, reader, wireOrganization } from "../helpers/organizations.ts";
import { json, rejection, startServer } from "../helpers/server.ts";

type Row = [what: string, call: (organizations: Organizations) => PromiseLike<unknown>, message: RegExp];

/** Of the wrong type on purpose. */
const wrong = <T>(value: unknown): T => value as T;

async function expectRefused(call: Row[1], message: RegExp): Promise<void> {
  const server = await startServer((_, response) => json(response, 200, wireOrganization()));
  const error = await rejection(call(server.client().organizations));
  expect(error).toBeInstanceOf(ValidationError);
  expect(error).toHaveProperty("message", expect.stringMatching(message));
  expect(server.seen).toEqual([]);
}

const ids: [string, unknown, string][] = [
  ["empty", "", 'must not be empty, received ""'],
  ["blank", " \t", 'must not be empty, received " \\\\t"'],
  [".", ".", 'must be an ID, received "\\."'],
  ["..", "..", 'must be an ID, received "\\.\\."'],
  [".. with blanks", " .. ", "must be an ID"],
  ["a number", 5, "must be a string, received 5"],
  ["null", null, "must be a string, received null"],
  ["an object", { id: "a" }, "must be a string, received an object"],
  ["half a surrogate pair", "a\udc00", "must be well-formed Unicode"],
];

describe("organizations", () => {
  const rows = byOrganization.flatMap(([method, call]) =>
    ["organization", "organizationId"].flatMap((path) =>
      ids.map(([what, id, rule]) => [method, path, what, id, rule, call] as const),
    ),
  );
  test.each(rows)("%s %s: %s", async (method, path, _what, id, rule, call) => {
    const message = new RegExp(`^organizations\\.${method}: ${path} ${rule}`);
    await expectRefused((organizations) => call(organizations, wrong({ [path]: id })), message);
  });

  test.each(byOrganization)("%s takes just one of organization and organizationId", async (method, call) => {
    const message = new RegExp(
      `^organizations\\.${method}: organization or organizationId is required, but not both`,
    );
    for (const params of [{}, { organization: undefined }, { organization: "a", organizationId: "b" }]) {
      await expectRefused((organizations) => call(organizations, wrong(params)), message);
    }
  });

  test.each(byOrganization)("%s knows its arguments", async (method, call) => {
    const message = new RegExp(
      `^organizations\\.${method}: unknown argument "organisation"; expected one of organization,`,
    );
    const params = { organization: "a", organisation: "b" };
    await expectRefused((organizations) => call(organizations, wrong(params)), message);
  });
});

const members: [string, (organizations: Organizations, fields: object) => PromiseLike<unknown>][] = [
  [
    "addUser",
    (organizations, fields) => organizations.addUser(wrong({ organization: "a", role: reader, ...fields })),
  ],
  [
    "removeUser",
    (organizations, fields) => organizations.removeUser(wrong({ organization: "a", ...fields })),
  ],
];

describe("members", () => {
  const rows = members.flatMap(([method, call]) =>
    ["user", "userId"].flatMap((path) =>
      ids.map(([what, id, rule]) => [method, path, what, id, rule, call] as const),
    ),
  );
  test.each(rows)("%s %s: %s", async (method, path, _what, id, rule, call) => {
    const message = new RegExp(`^organizations\\.${method}: ${path} ${rule}`);
    await expectRefused((organizations) => call(organizations, { [path]: id }), message);
  });

  test.each(members)("%s takes just one of user and userId", async (method, call) => {
    const message = new RegExp(`^organizations\\.${method}: user or userId is required, but not both`);
    for (const fields of [{}, { user: "a", userId: "b" }]) {
      await expectRefused((organizations) => call(organizations, fields), message);
    }
  });

  test.each(members)("%s takes an address for user where there is an @", async (method, call) => {
    const message = new RegExp(`^organizations\\.${method}: user must be an email address, received "a@"`);
    await expectRefused((organizations) => call(organizations, { user: " a@ " }), message);
  });
});

const add = (fields: Record<string, unknown>) => (organizations: Organizations) =>
  organizations.addUser(
    wrong({ organization: "Data Ops", user: "ada@example.com", role: reader, ...fields }),
  );

const rows: Row[] = [
  ["get of nothing", (one) => one.get(wrong(undefined)), /^organizations\.get: params must be an object/],
  ["get of a name alone", (one) => one.get(wrong("Ops")), /params must be an object, received "Ops"/],
  ["get of an array", (one) => one.get(wrong(["Ops"])), /params must be an object, received an array/],
  ["delete of nothing", (one) => one.delete(wrong(null)), /params must be an object, received null/],
  [
    "delete by id",
    (one) => one.delete(wrong({ id: "a" })),
    /unknown argument "id"; expected one of organization, org/,
  ],
  ["list of null", (one) => one.list(wrong(null)), /params must be an object, received null/],
  ["limit 0", (one) => one.list({ limit: 0 }), /^organizations\.list: limit must be at least 1, received 0$/],
  ["limit 101", (one) => one.list({ limit: 101 }), /limit must be at most 100, received 101/],
  ["limit as a string", (one) => one.list(wrong({ limit: "10" })), /limit must be a number, received "10"/],
  ["an empty cursor", (one) => one.list({ cursor: "" }), /cursor must not be empty/],
  ["a long filter", (one) => one.list({ name: "a".repeat(256) }), /name must have at most 255 characters/],
  ["half a pair in the filter", (one) => one.list({ name: "\ud800" }), /name must be well-formed Unicode/],
  [
    "a misspelt filter",
    (one) => one.list(wrong({ nam: "a" })),
    /unknown argument "nam"; expected one of limit, cursor, name/,
  ],
  [
    "create of nothing",
    (one) => one.create(wrong(undefined)),
    /^organizations\.create: params must be an object/,
  ],
  ["create without a name", (one) => one.create(wrong({})), /name is required, received undefined/],
  ["an empty name", (one) => one.create({ name: "" }), /name must not be empty/],
  ["a blank name", (one) => one.create({ name: " \n" }), /name must not be empty/],
  [
    "a name of 256 pairs",
    (one) => one.create({ name: "😀".repeat(256) }),
    /name must have at most 255 characters/,
  ],
  ["a name that is a number", (one) => one.create(wrong({ name: 5 })), /name must be a string, received 5/],
  ["half a pair in a name", (one) => one.create({ name: "a\ud800" }), /name must be well-formed Unicode/],
  [
    "a long description",
    (one) => one.create({ name: "A", description: "x".repeat(1001) }),
    /description must have at most 1000 characters, received 1001 characters/,
  ],
  [
    "a description that is a number",
    (one) => one.create(wrong({ name: "A", description: 5 })),
    /description must be a string/,
  ],
  [
    "create with an ID",
    (one) => one.create(wrong({ name: "A", id: "a" })),
    /unknown argument "id"; expected one of name, desc/,
  ],
  [
    "update with nothing",
    (one) => one.update({ organization: "Ops" }),
    /^organizations\.update: name or description is required$/,
  ],
  [
    "update with undefined",
    (one) => one.update({ organization: "Ops", name: undefined, description: undefined }),
    /name or description is required/,
  ],
  [
    "update to a blank name",
    (one) => one.update({ organization: "Ops", name: " " }),
    /name must not be empty/,
  ],
  [
    "update to null",
    (one) => one.update(wrong({ organization: "Ops", name: null })),
    /name must be a string/,
  ],
  [
    "update to a long description",
    (one) => one.update({ organization: "Ops", description: "x".repeat(1001) }),
    /description must have at most 1000/,
  ],
  [
    "update of what the system manages",
    (one) => one.update(wrong({ organization: "Ops", createdAt: new Date() })),
    /unknown argument "createdAt"; expected one of organization, organizationId, name, description/,
  ],
  ["no role", add({ role: undefined }), /^organizations\.addUser: role is required/],
  ["a role by its name", add({ role: "member" }), /role must be an object, received "member"/],
  ["a role without a type", add({ role: { name: "member" } }), /role\.type is required/],
  ["an unknown role type", add({ role: { type: "builtin", name: "member" } }), /role\.type must be/],
  [
    "an unknown role",
    add({ role: { type: "predefined", name: "boss" } }),
    /role\.name must be one of "admin", "member", "read-only", "annotator", received "boss"/,
  ],
  [
    "a custom role with a blank ID",
    add({ role: { type: "custom", id: "  " } }),
    /role\.id must not be empty/,
  ],
  ["a custom role without an ID", add({ role: { type: "custom" } }), /role\.id is required/],
  [
    "an address as userId with another name",
    add({ user: undefined, email: "ada@example.com" }),
    /unknown argument "email"/,
  ],
  ["a name in snake_case", add({ user: undefined, user_id: "u1" }), /unknown argument "user_id"/],
];
test.each(rows)("%s is refused before any request", (_, call, message) => expectRefused(call, message));
