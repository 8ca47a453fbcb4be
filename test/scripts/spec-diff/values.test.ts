/** What spec-diff tells of what a parameter or a field may be. */
import { expect, test } from "vitest";
import { add, remove, schemaAt, set, today } from "./edits.ts";
import { type Case, linesFor } from "./told.ts";

const userField = (name: string, ...path: readonly string[]) => schemaAt("User", "properties", name, ...path);
const updateField = (name: string, ...path: readonly string[]) =>
  schemaAt("UserUpdate", "properties", name, ...path);

const createField = (name: string) => schemaAt("CreateUserRequest", "properties", name);
const PREDEFINED = { $ref: "#/components/schemas/PredefinedUserRoleAssignment" };

const CASES: readonly Case[] = [
  {
    what: "a wider enum, sent and received",
    edits: [add(schemaAt("InviteMode", "enum"), "sms")],
    lines: [
      "addition: `CreateUserRequest.invite_mode` (in requests of `users_create`) can be `sms` as well.",
      "addition: `UserCreatedResponse.invite_mode` (in answers of `users_create`) may be `sms` as well, which earlier versions of the package give in lower case.",
    ],
  },
  {
    what: "a narrower enum, sent and received",
    edits: [remove(schemaAt("InviteMode", "enum", "2"))],
    lines: [
      "breaking: `CreateUserRequest.invite_mode` (in requests of `users_create`) must not be `temporary_password` any more.",
      "note: `UserCreatedResponse.invite_mode` (in answers of `users_create`) will not be `temporary_password` any more.",
    ],
  },
  {
    what: "an enum in another spelling that the package does not write",
    edits: [set(schemaAt("UserStatus", "enum"), ["Active", "INVITED", "expired"])],
    lines: [
      "breaking: `User.status`, `UserCreatedResponse.status` (in answers of `users_create`, `users_get`, `users_list`, `users_update`) may be `Active` instead of `active`.",
      "breaking: `status[]` (parameter of `users_list`) can be `Active` instead of `active`.",
      "note: Enum values are spelled otherwise: `invited` is `INVITED`. The package speaks both to servers, and its users get the spelling of the spec that it is generated from, which has to stay the old one.",
    ],
  },
  {
    what: "an enum with another separator, which the package does not read as the same",
    edits: [set(schemaAt("InviteMode", "enum"), ["none", "email-link", "temporary_password"])],
    lines: [
      "breaking: `CreateUserRequest.invite_mode` (in requests of `users_create`) can be `email-link` instead of `email_link`.",
      "breaking: `UserCreatedResponse.invite_mode` (in answers of `users_create`) may be `email-link` instead of `email_link`.",
    ],
  },
  {
    what: "a value in another spelling besides the old one",
    edits: [add(schemaAt("InviteMode", "enum"), "EMAIL_LINK")],
    lines: [
      "addition: `CreateUserRequest.invite_mode` (in requests of `users_create`) can be `EMAIL_LINK` as well.",
      "addition: `UserCreatedResponse.invite_mode` (in answers of `users_create`) may be `EMAIL_LINK` as well, which earlier versions of the package give in lower case.",
    ],
  },
  {
    what: "one of two spellings of a value",
    from: [add(schemaAt("InviteMode", "enum"), "EMAIL_LINK")],
    edits: [remove(schemaAt("InviteMode", "enum", "1"))],
    lines: [
      "breaking: `CreateUserRequest.invite_mode` (in requests of `users_create`) must not be `email_link` any more.",
      "note: `UserCreatedResponse.invite_mode` (in answers of `users_create`) will not be `email_link` any more.",
    ],
  },
  {
    what: "a role whose tag is another spelling of an old one's, besides that",
    edits: [
      set(schemaAt("LoudRole"), {
        type: "object",
        required: ["type"],
        properties: { type: { const: "PREDEFINED" }, volume: { type: "integer" } },
      }),
      set(schemaAt("UserRoleAssignment", "oneOf"), [
        { $ref: "#/components/schemas/LoudRole" },
        PREDEFINED,
        { $ref: "#/components/schemas/CustomRoleAssignment" },
      ]),
    ],
    lines: [
      "addition: `UserRoleAssignment.type` (in answers of `users_create`, `users_get`, `users_list`, `users_update`) may be `PREDEFINED` as well, which earlier versions of the package give in lower case.",
    ],
  },
  {
    what: "one object with every tag in place of all roles",
    edits: [
      set(userField("role"), {
        type: "object",
        required: ["type"],
        properties: { type: { enum: ["predefined", "custom"] } },
      }),
    ],
    lines: [
      "breaking: `UserRoleAssignment` (in answers of `users_create`, `users_get`, `users_list`, `users_update`) is `object` instead of `UserRoleAssignment`.",
      "addition: `UserRoleAssignment.type` (in answers of `users_create`, `users_get`, `users_list`, `users_update`) is new.",
      "note: The documentation of `UserRoleAssignment` (of `users_create`, `users_get`, `users_list`, `users_update`) does not say `The account role of a user.` any more.",
    ],
  },
  {
    what: "one of the roles in place of all, sent and received",
    edits: [set(userField("role"), PREDEFINED), set(createField("role"), PREDEFINED)],
    lines: [
      "breaking: `UserRoleAssignmentRequest.type` (in requests of `users_create`) must not be `custom` any more.",
      "note: `UserRoleAssignment.type` (in answers of `users_create`, `users_get`, `users_list`, `users_update`) will not be `custom` any more.",
    ],
  },
  {
    what: "all roles in place of one, sent and received",
    from: [set(userField("role"), PREDEFINED), set(createField("role"), PREDEFINED)],
    edits: [
      set(userField("role"), { $ref: "#/components/schemas/UserRoleAssignment" }),
      set(createField("role"), { $ref: "#/components/schemas/UserRoleAssignmentRequest" }),
    ],
    lines: [
      "addition: `UserRoleAssignment.type` (in answers of `users_create`, `users_get`, `users_list`, `users_update`) may be `custom` as well, which earlier versions of the package give in lower case.",
      "addition: `UserRoleAssignmentRequest.type` (in requests of `users_create`) can be `custom` as well.",
    ],
  },
  {
    what: "one of the roles in place of all, with another field and null",
    edits: [
      set(schemaAt("PredefinedUserRoleAssignment", "properties", "since"), { type: "string" }),
      set(userField("role"), { anyOf: [PREDEFINED, { type: "null" }] }),
      set(createField("role"), PREDEFINED),
    ],
    lines: [
      "breaking: `User.role` (in answers of `users_create`, `users_get`, `users_list`, `users_update`) may be null now.",
      "breaking: `UserRoleAssignmentRequest.type` (in requests of `users_create`) must not be `custom` any more.",
      "addition: `PredefinedUserRoleAssignment.since` (in answers of `users_create`, `users_get`, `users_list`, `users_update`) is new and optional.",
      "addition: `PredefinedUserRoleAssignment.since` (in requests of `users_create`) is new and optional.",
      "note: `UserRoleAssignment.type` (in answers of `users_create`, `users_get`, `users_list`, `users_update`) will not be `custom` any more.",
    ],
  },
  {
    what: "one role that is none of them in place of all",
    edits: [
      set(userField("role"), {
        type: "object",
        required: ["type"],
        properties: { type: { const: "team" } },
      }),
    ],
    lines: [
      "breaking: `UserRoleAssignment.type` (in answers of `users_create`, `users_get`, `users_list`, `users_update`) may be `team` instead of `custom`, `predefined`.",
    ],
  },
  {
    what: "one kind of role less",
    edits: [
      remove(schemaAt("UserRoleAssignment", "oneOf", "1")),
      remove(schemaAt("UserRoleAssignmentRequest", "oneOf", "1")),
    ],
    lines: [
      "breaking: `UserRoleAssignmentRequest.type` (in requests of `users_create`) must not be `custom` any more.",
      "note: `UserRoleAssignment.type` (in answers of `users_create`, `users_get`, `users_list`, `users_update`) will not be `custom` any more.",
    ],
  },
  {
    what: "an enum that is open now",
    edits: [remove(schemaAt("InviteMode", "enum"))],
    lines: [
      "breaking: `UserCreatedResponse.invite_mode` (in answers of `users_create`) may be other than `email_link`, `none`, `temporary_password`.",
      "addition: `CreateUserRequest.invite_mode` (in requests of `users_create`) can be other than `email_link`, `none`, `temporary_password`.",
    ],
  },
  {
    what: "a text that is one of some now",
    edits: [set(updateField("name", "enum"), ["a", "b"]), set(userField("name", "enum"), ["a", "b"])],
    lines: [
      "breaking: `UserUpdate.name` (in requests of `users_update`) is one of `a`, `b` only.",
      "note: `User.name` (in answers of `users_create`, `users_get`, `users_list`, `users_update`) is one of `a`, `b` only.",
    ],
  },
  {
    what: "a new kind of role",
    edits: [
      set(schemaAt("TeamRole"), {
        type: "object",
        required: ["type"],
        properties: { type: { const: "team" } },
      }),
      add(schemaAt("UserRoleAssignment", "oneOf"), { $ref: "#/components/schemas/TeamRole" }),
      add(schemaAt("UserRoleAssignmentRequest", "oneOf"), { $ref: "#/components/schemas/TeamRole" }),
    ],
    lines: [
      "addition: `UserRoleAssignment.type` (in answers of `users_create`, `users_get`, `users_list`, `users_update`) may be `team` as well, which earlier versions of the package give in lower case.",
      "addition: `UserRoleAssignmentRequest.type` (in requests of `users_create`) can be `team` as well.",
    ],
  },
  {
    what: "null in an answer and in a request",
    edits: [
      set(userField("name", "type"), ["string", "null"]),
      set(updateField("name", "type"), ["string", "null"]),
    ],
    lines: [
      "breaking: `User.name` (in answers of `users_create`, `users_get`, `users_list`, `users_update`) may be null now.",
      "addition: `UserUpdate.name` (in requests of `users_update`) can be null now.",
    ],
  },
  {
    what: "another type",
    edits: [
      set(userField("is_developer", "type"), "string"),
      set(updateField("is_developer", "type"), "string"),
    ],
    lines: [
      "breaking: `User.is_developer` (in answers of `users_create`, `users_get`, `users_list`, `users_update`) is `string` instead of `boolean`.",
      "breaking: `UserUpdate.is_developer` (in requests of `users_update`) is `string` instead of `boolean`.",
    ],
  },
  {
    what: "a wider type",
    edits: [
      set(userField("is_developer", "type"), ["boolean", "string"]),
      set(updateField("is_developer", "type"), ["boolean", "string"]),
    ],
    lines: [
      "breaking: `User.is_developer` (in answers of `users_create`, `users_get`, `users_list`, `users_update`) may be `boolean or string` now, instead of `boolean`.",
      "addition: `UserUpdate.is_developer` (in requests of `users_update`) can be `boolean or string` now, instead of `boolean`.",
    ],
  },
  {
    what: "the same, said otherwise",
    from: [
      set(userField("team"), { type: "string", nullable: true, enum: ["a"] }),
      set(userField("nick"), { type: ["string", "null"] }),
    ],
    edits: [
      set(userField("team"), { type: ["string", "null"], const: "a" }),
      set(userField("nick"), { anyOf: [{ type: "null" }, { type: "string" }] }),
      set(schemaAt("UserUpdate"), { allOf: [today.components.schemas["UserUpdate"]] }),
    ],
    lines: [],
  },
  {
    what: "whole numbers that need not be whole any more",
    from: [set(userField("logins"), { type: "integer" }), set(updateField("logins"), { type: "integer" })],
    edits: [set(userField("logins"), { type: "number" }), set(updateField("logins"), { type: "number" })],
    lines: [
      "addition: `UserUpdate.logins` (in requests of `users_update`) can be `number` now, instead of `integer`.",
    ],
  },
  {
    what: "one of several types",
    from: [set(userField("team"), { oneOf: [{ type: "string" }, { type: "integer" }] })],
    edits: [
      set(userField("team"), { oneOf: [{ type: "string" }, { type: "integer" }, { type: "boolean" }] }),
    ],
    lines: [
      "breaking: `User.team` (in answers of `users_create`, `users_get`, `users_list`, `users_update`) may be `string or integer or boolean` now, instead of `string or integer`.",
    ],
  },
  {
    what: "a role that is told by another field",
    edits: [set(schemaAt("UserRoleAssignment", "discriminator", "propertyName"), "kind")],
    lines: [
      "breaking: `UserRoleAssignment` (in answers of `users_create`, `users_get`, `users_list`, `users_update`) has `discriminator: kind` instead of `discriminator: type`: what that means is not known here, so it is taken for breaking.",
    ],
  },
  {
    what: "a list of anything",
    edits: [remove(schemaAt("UserListResponse", "properties", "users", "items"))],
    lines: [
      "breaking: `UserListResponse.users[]` (in answers of `users_list`) may be `anything` now, instead of `User`.",
    ],
  },
  {
    what: "a map of something else",
    from: [set(userField("labels"), { type: "object", additionalProperties: { type: "string" } })],
    edits: [set(userField("labels", "additionalProperties", "type"), "number")],
    lines: [
      "breaking: `User.labels.*` (in answers of `users_create`, `users_get`, `users_list`, `users_update`) is `number` instead of `string`.",
    ],
  },
];

test.each(CASES)("$what", ({ lines, ...change }) => {
  expect(linesFor(change)).toEqual(lines);
});
