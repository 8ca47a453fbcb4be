/** What spec-diff reports for a change of the spec that is checked in. */
import { expect, test } from "vitest";
import { changesBetween } from "../../../scripts/spec-diff/changes.ts";
import { add, type Edit, remove, respell, schemaAt, set, specWith } from "./edits.ts";

interface Case {
  readonly what: string;
  /** What the spec has before the change, besides what is checked in. */
  readonly from?: readonly Edit[];
  readonly edits: readonly Edit[];
  readonly lines: readonly string[];
}

const LIST = ["paths", "/v2/users", "get"];
const CREATE_USER = ["paths", "/v2/users", "post"];
const GET = ["paths", "/v2/users/{user_id}", "get"];
const DELETE = ["paths", "/v2/users/{user_id}", "delete"];
const RESEND = ["paths", "/v2/users/{user_id}/resend-invitation", "post"];
const STAGE = "x-release-stage";

const userField = (name: string, ...path: readonly string[]) => schemaAt("User", "properties", name, ...path);
const updateField = (name: string, ...path: readonly string[]) =>
  schemaAt("UserUpdate", "properties", name, ...path);
const createField = (name: string) => schemaAt("CreateUserRequest", "properties", name);
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const variant = (type: string) => ({
  type: "object",
  required: ["type"],
  properties: { type: { const: type } },
});

const USERS = "in responses of `users_create`, `users_get`, `users_list`, `users_update`";
const CREATED = "in responses of `users_create`";
const LIST_RESPONSES = "in responses of `organizations_list`, `users_list`";
const LIST_REQUESTS = "in requests of `organizations_list`, `users_list`";
const UPDATE = "in requests of `users_update`";
const CREATE = "in requests of `users_create`";
const LOWER = "; earlier versions of the package return it in lower case";
const UNKNOWN = "Treated as breaking: `spec-diff` does not know this keyword.";
const MODES = "`email_link`, `none`, `temporary_password`";
const securitySchemes = (scheme: string) =>
  `\`securitySchemes: {"bearerAuth":{"scheme":"${scheme}","type":"http"}}\``;

const CASES: readonly Case[] = [
  {
    what: "parameters and fields of requests",
    edits: [
      remove([...LIST, "parameters", "2"]),
      set([...LIST, "parameters", "2", "required"], true),
      add([...LIST, "parameters"], { name: "region", in: "query", schema: { type: "string" } }),
      remove(updateField("is_developer")),
      set(updateField("team"), { type: "string" }),
      set(updateField("locale"), { type: "string" }),
      set(schemaAt("UserUpdate", "required"), ["locale"]),
      set(schemaAt("CreateUserRequest", "required"), ["name", "email", "role"]),
      set(schemaAt("OrganizationCreate", "required"), ["name", "description"]),
      set([...DELETE, "requestBody"], { required: true, content: { "application/json": { schema: {} } } }),
      set([...CREATE_USER, "requestBody", "content", "text/json"], { schema: {} }),
    ],
    lines: [
      "breaking: `email` (in requests of `users_list`) was removed.",
      `breaking: \`UserUpdate.is_developer\` (${UPDATE}) was removed.`,
      "breaking: `body` (in requests of `users_delete`) is new and required.",
      `breaking: \`UserUpdate.locale\` (${UPDATE}) is new and required.`,
      "breaking: `OrganizationCreate.description` (in requests of `organizations_create`) is now required.",
      "breaking: `status` (in requests of `users_list`) is now required.",
      "addition: `region` (in requests of `users_list`) is new and optional.",
      `addition: \`UserUpdate.team\` (${UPDATE}) is new and optional.`,
      `addition: \`CreateUserRequest.invite_mode\` (${CREATE}) is now optional.`,
      `note: \`CreateUserRequest\` (${CREATE}) has \`content: application/json, text/json\` instead of \`content: application/json\`.`,
    ],
  },
  {
    what: "limits of requests",
    edits: [
      set(["components", "parameters", "Limit", "schema", "maximum"], 50),
      set(["components", "parameters", "Limit", "schema", "default"], 20),
      set(updateField("name", "minLength"), 2),
      set(updateField("name", "maxLength"), 300),
      set(updateField("name", "pattern"), "^a"),
      set(userField("name", "pattern"), "^a"),
      set(updateField("name", "not"), { const: "root" }),
      remove(schemaAt("UserUpdate", "minProperties")),
    ],
    lines: [
      `breaking: \`limit\` (${LIST_REQUESTS}) has \`default: 20\` instead of \`default: 50\`.`,
      `breaking: \`limit\` (${LIST_REQUESTS}) has \`maximum: 50\` instead of \`maximum: 100\`.`,
      `breaking: \`UserUpdate.name\` (${UPDATE}) now has \`pattern: ^a\`.`,
      `breaking: \`UserUpdate.name\` (${UPDATE}) has \`minLength: 2\` instead of \`minLength: 1\`.`,
      `breaking: \`UserUpdate.name\` (${UPDATE}) now has \`not: {"const":"root"}\`. ${UNKNOWN}`,
      `addition: \`UserUpdate\` (${UPDATE}) no longer has \`minProperties: 1\`.`,
      `addition: \`UserUpdate.name\` (${UPDATE}) has \`maxLength: 300\` instead of \`maxLength: 255\`.`,
      `note: \`User.name\` (${USERS}) now has \`pattern: ^a\`.`,
    ],
  },
  {
    what: "fields of responses, at every depth",
    from: [
      set(userField("address"), { type: "object", properties: { city: { type: "string" } } }),
      set(userField("teams"), { type: "array", items: ref("Team") }),
      set(userField("labels"), { type: "object", additionalProperties: { type: "string" } }),
      set(schemaAt("Team"), { properties: { id: { type: "string" }, parent: ref("Team") } }),
      set(schemaAt("User", "allOf"), [{ properties: { nick: { type: "string" } } }]),
    ],
    edits: [
      remove(userField("name")),
      remove(schemaAt("UserCreatedResponse", "properties", "name")),
      set(userField("locale"), { type: "string" }),
      set(schemaAt("PaginationMetadata", "required"), ["next_cursor"]),
      remove(userField("address", "properties", "city")),
      remove(schemaAt("Team", "properties", "id")),
      set(schemaAt("Team", "properties", "parent"), { anyOf: [ref("Team"), { type: "null" }] }),
      set(userField("labels", "additionalProperties", "type"), "number"),
      remove(schemaAt("User", "allOf")),
      remove(schemaAt("Problem", "properties", "detail")),
      remove(["components", "responses", "RateLimitExceeded", "headers"]),
    ],
    lines: [
      `breaking: \`User.address.city\` (${USERS}) was removed.`,
      `breaking: \`Team.id\` (${USERS}) was removed.`,
      `breaking: \`User.name\`, \`UserCreatedResponse.name\` (${USERS}) were removed.`,
      `breaking: \`User.nick\` (${USERS}) was removed.`,
      `breaking: \`PaginationMetadata.has_more\` (${LIST_RESPONSES}) is now optional.`,
      `breaking: \`User.labels.*\` (${USERS}) changed from \`string\` to \`number\`.`,
      `breaking: \`Team.parent\` (${USERS}) can now be null.`,
      `addition: \`User.locale\` (${USERS}) is new and optional.`,
      "note: `429.Retry-After` (in errors of every operation) was removed.",
      "note: `Problem.detail` (in errors of every operation) was removed.",
      `note: \`PaginationMetadata.next_cursor\` (${LIST_RESPONSES}) is now always present.`,
    ],
  },
  {
    what: "a value more of an enum, and a value less",
    edits: [add(schemaAt("InviteMode", "enum"), "sms"), remove(schemaAt("UserRole", "enum", "0"))],
    lines: [
      `breaking: \`PredefinedUserRoleAssignment.name\` (${CREATE}) can no longer be \`admin\`.`,
      `addition: \`CreateUserRequest.invite_mode\` (${CREATE}) can now also be \`sms\`.`,
      `addition: \`UserCreatedResponse.invite_mode\` (${CREATED}) can now also be \`sms\`${LOWER}.`,
      `note: \`PredefinedUserRoleAssignment.name\` (${USERS}) can no longer be \`admin\`.`,
    ],
  },
  {
    what: "values in spellings that the package knows, and in others that it does not know",
    edits: [
      set(schemaAt("UserStatus", "enum"), ["Active", "INVITED", "expired"]),
      set(schemaAt("InviteMode", "enum"), ["none", "email-link", "temporary_password"]),
    ],
    lines: [
      `breaking: \`CreateUserRequest.invite_mode\` (${CREATE}) can be \`email-link\` instead of \`email_link\`.`,
      "breaking: `status[]` (in requests of `users_list`) can be `Active` instead of `active`.",
      `breaking: \`UserCreatedResponse.invite_mode\` (${CREATED}) can be \`email-link\` instead of \`email_link\`.`,
      `breaking: \`User.status\`, \`UserCreatedResponse.status\` (${USERS}) can be \`Active\` instead of \`active\`.`,
      "note: Enum values have another spelling: `invited` is now `INVITED`. The package understands both from servers, and gives its users the spelling of its spec, which must not change.",
    ],
  },
  {
    what: "an enum that is any text, and a text that is an enum",
    edits: [
      remove(schemaAt("InviteMode", "enum")),
      set(updateField("name", "enum"), ["a", "b"]),
      set(userField("name", "enum"), ["a", "b"]),
    ],
    lines: [
      `breaking: \`UserUpdate.name\` (${UPDATE}) can now only be \`a\`, \`b\`.`,
      `breaking: \`UserCreatedResponse.invite_mode\` (${CREATED}) can now be other values than ${MODES}.`,
      `addition: \`CreateUserRequest.invite_mode\` (${CREATE}) can now be other values than ${MODES}.`,
      `note: \`User.name\` (${USERS}) can now only be \`a\`, \`b\`.`,
    ],
  },
  {
    what: "null and other types, sent and received",
    from: [
      set(userField("logins"), { type: "integer" }),
      set(updateField("logins"), { type: "number" }),
      set(userField("team"), { oneOf: [{ type: "string" }, { type: "integer" }] }),
    ],
    edits: [
      set(userField("name", "type"), ["string", "null"]),
      set(updateField("name", "type"), ["string", "null"]),
      set(userField("is_developer", "type"), ["boolean", "string"]),
      set(updateField("is_developer", "type"), ["boolean", "string"]),
      set(userField("email", "type"), "number"),
      set(userField("logins"), { type: "number" }),
      set(updateField("logins"), { type: "integer" }),
      add(userField("team", "oneOf"), { type: "boolean" }),
      remove(schemaAt("OrganizationListResponse", "properties", "organizations", "items")),
    ],
    lines: [
      `breaking: \`User.email\` (${USERS}) changed from \`string\` to \`number\`.`,
      `breaking: \`UserUpdate.logins\` (${UPDATE}) changed from \`number\` to \`integer\`.`,
      `breaking: \`User.is_developer\` (${USERS}) changed from \`boolean\` to \`boolean or string\`.`,
      "breaking: `OrganizationListResponse.organizations[]` (in responses of `organizations_list`) changed from `Organization` to `anything`.",
      `breaking: \`User.team\` (${USERS}) changed from \`string or integer\` to \`string or integer or boolean\`.`,
      `breaking: \`User.name\` (${USERS}) can now be null.`,
      `addition: \`UserUpdate.is_developer\` (${UPDATE}) changed from \`boolean\` to \`boolean or string\`.`,
      `addition: \`UserUpdate.name\` (${UPDATE}) can now be null.`,
    ],
  },
  {
    what: "the same in another notation, and examples that come and go",
    from: [
      set(userField("team"), { type: "string", nullable: true, enum: ["a"] }),
      set(userField("nick"), { type: ["string", "null"] }),
      set(userField("boss"), ref("UserUpdate")),
    ],
    edits: [
      set(userField("team"), { type: ["string", "null"], const: "a" }),
      set(userField("nick"), { anyOf: [{ type: "null" }, { type: "string" }] }),
      set(userField("boss"), { allOf: [ref("UserUpdate")] }),
      respell((text) => text.replace("org_id", "id")),
      remove(["components", "parameters", "Limit", "examples"]),
      set(userField("name", "example"), "Ada"),
    ],
    lines: [],
  },
  {
    what: "another kind of role, sent and received",
    edits: [
      add(schemaAt("UserRoleAssignment", "oneOf"), variant("team")),
      add(schemaAt("UserRoleAssignmentRequest", "oneOf"), variant("team")),
    ],
    lines: [
      `addition: \`UserRoleAssignmentRequest.type\` (${CREATE}) can now also be \`team\`.`,
      `addition: \`UserRoleAssignment.type\` (${USERS}) can now also be \`team\`${LOWER}.`,
    ],
  },
  {
    what: "one kind of role in place of all, sent and received",
    edits: [
      set(userField("role"), { anyOf: [ref("PredefinedUserRoleAssignment"), { type: "null" }] }),
      set(createField("role"), ref("PredefinedUserRoleAssignment")),
    ],
    lines: [
      `breaking: \`User.role\` (${USERS}) can now be null.`,
      `breaking: \`UserRoleAssignmentRequest.type\` (${CREATE}) can no longer be \`custom\`.`,
      `note: \`UserRoleAssignment.type\` (${USERS}) can no longer be \`custom\`.`,
    ],
  },
  {
    what: "a kind of role in place of others, and another discriminator",
    edits: [
      set(userField("role"), variant("team")),
      set(schemaAt("UserRoleAssignmentRequest", "discriminator", "propertyName"), "kind"),
    ],
    lines: [
      `breaking: \`UserRoleAssignment.type\` (${USERS}) can be \`team\` instead of \`custom\`, \`predefined\`.`,
      `breaking: \`UserRoleAssignmentRequest\` (${CREATE}) has \`discriminator: kind\` instead of \`discriminator: type\`. ${UNKNOWN}`,
    ],
  },
  {
    what: "operations, their stages and their successes",
    from: [set(["servers"], []), remove([...RESEND, STAGE])],
    edits: [
      remove(DELETE),
      set(["paths", "/v2/teams"], { get: { operationId: "teams_list", responses: {} } }),
      (spec) => {
        spec.setIn(["paths", "/v3/people"], spec.getIn(["paths", "/v2/users"]));
        spec.deleteIn(["paths", "/v2/users"]);
      },
      set([...GET, "deprecated"], true),
      set([...GET, "summary"], "`a`\n@everyone <b>"),
      set(["paths", "/v2/organizations", "get", STAGE], "alpha"),
      remove([...GET, STAGE]),
      set([...RESEND, STAGE], "alpha"),
      set([...RESEND, "responses", "200"], { $ref: "#/components/responses/User" }),
      set([...GET, "responses", "203"], { $ref: "#/components/responses/User" }),
      remove([...GET, "responses", "200"]),
      set(["servers"], [{ url: "https://{host}" }]),
      set(["components", "securitySchemes", "bearerAuth"], { type: "http", scheme: "basic" }),
    ],
    lines: [
      "breaking: `users_delete` (`DELETE /v2/users/{user_id}`) was removed.",
      "breaking: The release stage of `organizations_list` changed from `beta` to `alpha`.",
      "breaking: The release stage of `users_get` changed from `alpha` to `none`.",
      `breaking: Every operation has ${securitySchemes("basic")} instead of ${securitySchemes("bearer")}. ${UNKNOWN}`,
      "breaking: `users_resend_invitation` now returns `200`.",
      "addition: `teams_list` (`GET /v2/teams`) is new.",
      "note: The release stage of `users_resend_invitation` changed from `none` to `alpha`.",
      "note: `users_create` moved from `POST /v2/users` to `POST /v3/people`.",
      "note: `users_list` moved from `GET /v2/users` to `GET /v3/people`.",
      "note: `users_get` now returns `203`.",
      "note: `users_get` no longer returns `200`.",
      'note: Every operation has `servers: [{"url":"https://{host}"}]` instead of `servers: []`.',
      "note: `users_get` now has `deprecated: true`.",
      "note: The documentation of `users_get` says `'a' @everyone <b>` instead of `Get a user`.",
    ],
  },
];

test.each(CASES)("$what", ({ from = [], edits, lines }) => {
  const changes = changesBetween(specWith(...from).toJS(), specWith(...from, ...edits).toJS());
  expect(changes.map(({ level, sentence }) => `${level}: ${sentence}`)).toEqual(lines);
});
