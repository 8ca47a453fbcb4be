import fc from "fast-check";
import { expect, test } from "vitest";
import { vUser, vUserListResponse, vUsersListQuery } from "../../generated/valibot.gen.ts";
import { fromWire, toWire, WireMismatch } from "../../src/api/wire.ts";
import { wireUser } from "../helpers/server.ts";

const organizationRole = {
  type: "picklist",
  options: ["admin", "member", "read-only", "annotator"],
} as const;

test.each(["read-only", "READ_ONLY", "Read_Only", "READ-ONLY"])(
  "%s is read-only, sent and received",
  (spelling) => {
    expect(toWire(organizationRole, spelling)).toBe("read-only");
    expect(fromWire(organizationRole, spelling)).toBe("read-only");
  },
);

test("a value of a newer server passes through in lower case", () => {
  expect(fromWire(vUser, wireUser({ status: "ON_LEAVE" }))).toMatchObject({ status: "on_leave" });
});

test("a role type of a newer server passes through with what is known of it", () => {
  const role = { type: "GROUP", id: "g1", name: "Ops", since: 5, members: ["u1"] };
  expect(fromWire(vUser, wireUser({ role }))).toMatchObject({
    role: { type: "group", id: "g1", name: "Ops" },
  });
  expect(fromWire(vUser, wireUser({ role }))).not.toHaveProperty("role.since");
});

test("a field that the spec does not know is left out", () => {
  expect(Object.keys(Object(fromWire(vUser, wireUser({ shoe_size: 44 }))))).toEqual([
    "id",
    "name",
    "email",
    "createdAt",
    "status",
    "role",
    "isDeveloper",
  ]);
});

test("null for what may be missing is as good as missing", () => {
  const body = { users: [], pagination: { has_more: false, next_cursor: null } };
  expect(fromWire(vUserListResponse, body)).toEqual({ users: [], pagination: { hasMore: false } });
});

test.each([
  ["a missing field", { name: undefined }, "users[0].name must be a string, received undefined"],
  ["null", { email: null }, "users[0].email must be a string, received null"],
  ["another type", { is_developer: "yes" }, "users[0].is_developer must be a boolean, received string"],
  ["a list", { email: [] }, "users[0].email must be a string, received an array"],
  [
    "no date",
    { created_at: "yesterday" },
    "users[0].created_at must be a date and time of RFC 3339, received string",
  ],
  ["no role", { role: "member" }, "users[0].role must be an object, received string"],
  ["a role without a type", { role: {} }, "users[0].role.type must be a string, received undefined"],
  [
    "a role without a name",
    { role: { type: "predefined" } },
    "users[0].role.name must be a string, received undefined",
  ],
  ["a status that is a number", { status: 1 }, "users[0].status must be a string, received number"],
])("%s is a mismatch that names its path and no value", (_, fields, message) => {
  const body = { users: [wireUser(fields)], pagination: { has_more: false } };
  expect(() => fromWire(vUserListResponse, body)).toThrow(new WireMismatch(message));
});

test("a list that is none is a mismatch", () => {
  const body = { users: {}, pagination: { has_more: false } };
  expect(() => fromWire(vUserListResponse, body)).toThrow("users must be an array, received object");
});

test("any enum value in any case comes out as the spec has it", () => {
  const anyCase = (word: string) =>
    fc
      .array(fc.boolean(), { minLength: word.length, maxLength: word.length })
      .map((upper) =>
        [...word].map((letter, index) => (upper[index] ? letter.toUpperCase() : letter)).join(""),
      );
  const status = fc
    .constantFrom("active", "invited", "expired")
    .chain((word) => fc.tuple(fc.constant(word), anyCase(word)));
  fc.assert(
    fc.property(fc.array(status), (statuses) => {
      const given = { status: statuses.map(([, spelling]) => spelling) };
      expect(toWire(vUsersListQuery, given)).toMatchObject({ status: statuses.map(([word]) => word) });
    }),
  );
});

test("toWire takes anything, keeps what it does not understand and changes nothing that it was given", () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      const before = structuredCloneable(value) ? structuredClone(value) : value;
      toWire(vUser, value);
      toWire(vUsersListQuery, { status: value, limit: value });
      expect(value).toEqual(before);
    }),
  );
});

test("fromWire takes anything, and throws nothing but a mismatch", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      for (const body of [
        value,
        { users: value, pagination: value },
        { users: [value], pagination: { has_more: true } },
      ]) {
        try {
          fromWire(vUserListResponse, body);
        } catch (error) {
          expect(error).toBeInstanceOf(WireMismatch);
        }
      }
    }),
  );
});

function structuredCloneable(value: unknown): boolean {
  try {
    structuredClone(value);
    return true;
  } catch {
    return false;
  }
}
