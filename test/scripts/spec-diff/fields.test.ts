/** What spec-diff tells of parameters and fields. */
import { expect, test } from "vitest";
import { add, remove, schemaAt, set } from "./edits.ts";
import { type Case, linesFor } from "./told.ts";

const LIST = ["paths", "/v2/users", "get"];
const DELETE = ["paths", "/v2/users/{user_id}", "delete"];
const userField = (name: string, ...path: readonly string[]) => schemaAt("User", "properties", name, ...path);
const updateField = (name: string, ...path: readonly string[]) =>
  schemaAt("UserUpdate", "properties", name, ...path);

const CASES: readonly Case[] = [
  {
    what: "a parameter that is gone",
    edits: [remove([...LIST, "parameters", "2"])],
    lines: ["breaking: `email` (parameter of `users_list`) is gone."],
  },
  {
    what: "an optional parameter",
    edits: [add([...LIST, "parameters"], { name: "team", in: "query", schema: { type: "string" } })],
    lines: ["addition: `team` (parameter of `users_list`) is new and optional."],
  },
  {
    what: "a parameter that is newly required",
    edits: [set([...LIST, "parameters", "3", "required"], true)],
    lines: ["breaking: `status` (parameter of `users_list`) is required now."],
  },
  {
    what: "a parameter that is sent otherwise",
    edits: [set([...LIST, "parameters", "3", "style"], "pipeDelimited")],
    lines: [
      "breaking: `status` (parameter of `users_list`) has `style: pipeDelimited` instead of `style: form`, which the package cannot send.",
    ],
  },
  {
    what: "a parameter with its items in one",
    edits: [set([...LIST, "parameters", "3", "explode"], false)],
    lines: [
      "breaking: `status` (parameter of `users_list`) has `explode: false` instead of `explode: true`, which the package cannot send.",
    ],
  },
  {
    what: "a style that is not exploded unless it says so",
    from: [remove([...LIST, "parameters", "3", "explode"])],
    edits: [set([...LIST, "parameters", "3", "style"], "spaceDelimited")],
    lines: [
      "breaking: `status` (parameter of `users_list`) has `style: spaceDelimited` instead of `style: form`, which the package cannot send.",
    ],
  },
  {
    what: "an array that is sent as before, said otherwise",
    edits: [remove([...LIST, "parameters", "3", "style"]), remove([...LIST, "parameters", "3", "explode"])],
    lines: [
      "note: `status` (parameter of `users_list`) has `explode: true` no more.",
      "note: `status` (parameter of `users_list`) has `style: form` no more.",
    ],
  },
  {
    what: "a parameter that is no array, whose items would be in one",
    edits: [set([...LIST, "parameters", "2", "explode"], false)],
    lines: ["note: `email` (parameter of `users_list`) has `explode: false` now."],
  },
  {
    what: "a parameter that is a cookie",
    edits: [set([...LIST, "parameters", "2", "in"], "cookie")],
    lines: [
      "breaking: `email` (parameter of `users_list`) has `in: cookie` instead of `in: query`, which the package cannot send.",
    ],
  },
  {
    what: "a field of a request that is gone",
    edits: [remove(updateField("is_developer"))],
    lines: ["breaking: `UserUpdate.is_developer` (in requests of `users_update`) is gone."],
  },
  {
    what: "an optional field of a request",
    edits: [set(updateField("locale"), { type: "string" })],
    lines: ["addition: `UserUpdate.locale` (in requests of `users_update`) is new and optional."],
  },
  {
    what: "a required field of a request",
    edits: [
      set(updateField("locale"), { type: "string" }),
      set(schemaAt("UserUpdate", "required"), ["locale"]),
    ],
    lines: ["breaking: `UserUpdate.locale` (in requests of `users_update`) is new and required."],
  },
  {
    what: "a field that need not be sent any more",
    edits: [set(schemaAt("CreateUserRequest", "required"), ["name", "email", "role"])],
    lines: ["addition: `CreateUserRequest.invite_mode` (in requests of `users_create`) can be left out now."],
  },
  {
    what: "a field of an answer that is gone",
    edits: [
      remove(userField("is_developer")),
      set(schemaAt("User", "required"), ["id", "name", "email", "created_at", "status", "role"]),
    ],
    lines: [
      "breaking: `User.is_developer` (in answers of `users_create`, `users_get`, `users_list`, `users_update`) is gone.",
    ],
  },
  {
    what: "a field of an answer that may be missing",
    edits: [set(schemaAt("PaginationMetadata", "required"), [])],
    lines: [
      "breaking: `PaginationMetadata.has_more` (in answers of `organizations_list`, `users_list`) may be missing now.",
    ],
  },
  {
    what: "a field of an answer that is always there",
    edits: [set(schemaAt("PaginationMetadata", "required"), ["has_more", "next_cursor"])],
    lines: [
      "note: `PaginationMetadata.next_cursor` (in answers of `organizations_list`, `users_list`) is never missing any more.",
    ],
  },
  {
    what: "a field in an object without a name",
    from: [set(userField("address"), { type: "object", properties: { city: { type: "string" } } })],
    edits: [remove(userField("address", "properties", "city"))],
    lines: [
      "breaking: `User.address.city` (in answers of `users_create`, `users_get`, `users_list`, `users_update`) is gone.",
    ],
  },
  {
    what: "a field of what a list holds",
    from: [
      set(userField("teams"), {
        type: "array",
        items: { type: "object", properties: { id: { type: "string" } } },
      }),
    ],
    edits: [remove(userField("teams", "items", "properties", "id"))],
    lines: [
      "breaking: `User.teams[].id` (in answers of `users_create`, `users_get`, `users_list`, `users_update`) is gone.",
    ],
  },
  {
    what: "the same field in two schemas",
    edits: [remove(userField("name")), remove(schemaAt("UserCreatedResponse", "properties", "name"))],
    lines: [
      "breaking: `User.name`, `UserCreatedResponse.name` (in answers of `users_create`, `users_get`, `users_list`, `users_update`) are gone.",
    ],
  },
  {
    what: "a field of one of several schemas that are one",
    from: [set(schemaAt("User", "allOf"), [{ properties: { team: { type: "string" } } }])],
    edits: [remove(schemaAt("User", "allOf"))],
    lines: [
      "breaking: `User.team` (in answers of `users_create`, `users_get`, `users_list`, `users_update`) is gone.",
    ],
  },
  {
    what: "a field of a schema that holds itself",
    from: [
      set(schemaAt("Team"), {
        type: "object",
        properties: { id: { type: "string" }, parent: { $ref: "#/components/schemas/Team" } },
      }),
      set(userField("team"), { $ref: "#/components/schemas/Team" }),
    ],
    edits: [remove(schemaAt("Team", "properties", "id"))],
    lines: [
      "breaking: `Team.id` (in answers of `users_create`, `users_get`, `users_list`, `users_update`) is gone.",
    ],
  },
  {
    what: "null for a schema in itself",
    from: [
      set(schemaAt("Team"), {
        type: "object",
        properties: { parent: { $ref: "#/components/schemas/Team" } },
      }),
      set(userField("team"), { $ref: "#/components/schemas/Team" }),
    ],
    edits: [
      set(schemaAt("Team", "properties", "parent"), {
        anyOf: [{ $ref: "#/components/schemas/Team" }, { type: "null" }],
      }),
    ],
    lines: [
      "breaking: `Team.parent` (in answers of `users_create`, `users_get`, `users_list`, `users_update`) may be null now.",
    ],
  },
  {
    what: "one of some fields that is required",
    from: [set(schemaAt("UserUpdate", "anyOf"), [{ required: ["name"] }, { required: ["is_developer"] }])],
    edits: [set(schemaAt("UserUpdate", "anyOf", "1", "required"), ["name", "is_developer"])],
    lines: ["breaking: `UserUpdate.name` (in requests of `users_update`) is required now."],
  },
  {
    what: "a body where there was none",
    edits: [
      set([...DELETE, "requestBody"], {
        required: true,
        content: { "application/json": { schema: { type: "object" } } },
      }),
    ],
    lines: ["breaking: `body` (in requests of `users_delete`) is new and required."],
  },
  {
    what: "a body in another format",
    edits: [
      (spec) => {
        const content = ["paths", "/v2/users", "post", "requestBody", "content"];
        spec.setIn([...content, "text/json"], spec.getIn([...content, "application/json"]));
        spec.deleteIn([...content, "application/json"]);
      },
    ],
    lines: [
      "breaking: `body` (in requests of `users_create`) has `text/json` instead of `application/json`, which the package cannot send.",
    ],
  },
  {
    what: "a body in another format as well",
    edits: [
      set(["paths", "/v2/users", "post", "requestBody", "content", "text/json"], {
        schema: { $ref: "#/components/schemas/CreateUserRequest" },
      }),
    ],
    lines: [
      "note: `body` (in requests of `users_create`) has `application/json, text/json` instead of `application/json`.",
    ],
  },
];

test.each(CASES)("$what", ({ lines, ...change }) => {
  expect(linesFor(change)).toEqual(lines);
});
