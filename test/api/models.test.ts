import fc from "fast-check";
import { expect, test } from "vitest";
import {
  decodeOrganizationMembership,
  decodeUser,
  decodeUserListResponse,
  encodeCreateUserRequest,
  encodeListUsersParams,
  encodeOrganizationMembershipInput,
} from "../../generated/models.gen.ts";
import { DecodeError } from "../../src/api/decoding.ts";
import { wireMembership } from "../helpers/organizations.ts";
import { wireUser } from "../helpers/server.ts";

const asInSpec = (value: string): string => value;
const user = (body: unknown) => decodeUser(body, undefined, {});
const list = (body: unknown) => decodeUserListResponse(body, undefined, {});

test.each(["read-only", "READ_ONLY", "Read_Only", "READ-ONLY"])(
  "%s is read-only, sent and received",
  (spelling) => {
    const role = { type: "predefined", name: spelling };
    const readOnly = { role: { type: "predefined", name: "read-only" } };
    expect(encodeOrganizationMembershipInput({ role }, asInSpec)).toMatchObject(readOnly);
    expect(decodeOrganizationMembership(wireMembership({ role }), undefined, {})).toMatchObject(readOnly);
  },
);

test("a value of a newer server passes through in lower case", () => {
  expect(user(wireUser({ status: "ON_LEAVE" }))).toMatchObject({ status: "on_leave" });
});

test("a role type of a newer server passes through with what is known of it", () => {
  const role = { type: "GROUP", id: "g1", name: "Ops", since: 5, members: ["u1"] };
  expect(user(wireUser({ role }))).toMatchObject({
    role: { type: "group", id: "g1", name: "Ops" },
  });
  expect(user(wireUser({ role }))).not.toHaveProperty("role.since");
});

test("a field that the spec does not know is left out", () => {
  expect(Object.keys(Object(user(wireUser({ shoe_size: 44 }))))).toEqual([
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
  expect(list(body)).toEqual({ users: [], pagination: { hasMore: false } });
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
  expect(() => list(body)).toThrow(expect.objectContaining({ message }));
});

test("a list that is none is a mismatch", () => {
  const body = { users: {}, pagination: { has_more: false } };
  expect(() => list(body)).toThrow("users must be an array, received object");
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
      expect(encodeListUsersParams(given, asInSpec)).toMatchObject({
        status: statuses.map(([word]) => word),
      });
    }),
  );
});

test("an encoder takes anything, keeps what it does not understand and changes nothing that it was given", () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      const before = structuredCloneable(value) ? structuredClone(value) : value;
      encodeCreateUserRequest(value, asInSpec);
      encodeCreateUserRequest({ role: value }, asInSpec);
      encodeListUsersParams({ status: value, limit: value }, asInSpec);
      expect(value).toEqual(before);
    }),
  );
});

test("a decoder takes anything, and throws nothing but a DecodeError", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      for (const body of [
        value,
        { users: value, pagination: value },
        { users: [value], pagination: { has_more: true } },
      ]) {
        try {
          list(body);
        } catch (error) {
          expect(error).toBeInstanceOf(DecodeError);
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
