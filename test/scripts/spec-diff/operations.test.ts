/** What spec-diff tells of operations, and of what they answer with. */
import { expect, test } from "vitest";
import { remove, respell, schemaAt, set } from "./edits.ts";
import { type Case, linesFor } from "./told.ts";

const CREATE = ["paths", "/v2/users", "post"];
const GET = ["paths", "/v2/users/{user_id}", "get"];
const DELETE = ["paths", "/v2/users/{user_id}", "delete"];

const CASES: readonly Case[] = [
  {
    what: "an operation that is gone",
    edits: [remove(DELETE)],
    lines: ["breaking: `users_delete` (`DELETE /v2/users/{user_id}`) is gone."],
  },
  {
    what: "a parameter of the path under another name",
    edits: [respell((text) => text.replace("org_id", "id"))],
    lines: [],
  },
  {
    what: "a stage that is taken back",
    edits: [set(["paths", "/v2/organizations", "get", "x-release-stage"], "alpha")],
    lines: ["breaking: `organizations_list` is `alpha` instead of `beta`: less is promised."],
  },
  {
    what: "a stage that is gone, of one and of many",
    edits: [
      remove(["paths", "/v2/organizations", "get", "x-release-stage"]),
      remove([...GET, "x-release-stage"]),
      remove([...DELETE, "x-release-stage"]),
    ],
    lines: [
      "breaking: `organizations_list` has no `x-release-stage` any more, and had `beta`: nothing is promised.",
      "breaking: `users_delete`, `users_get` have no `x-release-stage` any more, and had `alpha`: nothing is promised.",
    ],
  },
  {
    what: "a stage where there was none",
    from: [remove([...GET, "x-release-stage"])],
    edits: [set([...GET, "x-release-stage"], "alpha")],
    lines: ["note: `users_get` is `alpha`, and had no `x-release-stage`."],
  },
  {
    what: "a success with a body of its own",
    edits: [
      set([...DELETE, "responses", "200"], {
        description: "Gone.",
        content: { "application/json": { schema: { $ref: "#/components/schemas/User" } } },
      }),
    ],
    lines: ["breaking: `users_delete` may answer `200`, with another body or none."],
  },
  {
    what: "a success without the body",
    edits: [
      remove([...GET, "responses", "200"]),
      set([...GET, "responses", "204"], { description: "Nothing." }),
    ],
    lines: [
      "breaking: `users_get` will not answer `200` with its body any more.",
      "breaking: `users_get` may answer `204`, with another body or none.",
    ],
  },
  {
    what: "the same success under another status",
    edits: [
      remove([...GET, "responses", "200"]),
      set([...GET, "responses", "203"], { $ref: "#/components/responses/User" }),
    ],
    lines: ["note: `users_get` answers `203` instead of `200`."],
  },
  {
    what: "an error with other fields",
    edits: [
      remove(schemaAt("Problem", "properties", "detail")),
      set(schemaAt("Problem", "properties", "request_id"), { type: "string" }),
    ],
    lines: [
      "note: `Problem.detail` (in errors of every operation) is gone.",
      "note: `Problem.request_id` (in errors of every operation) is new and optional.",
    ],
  },
  {
    what: "a header that is gone",
    edits: [remove(["components", "responses", "RateLimitExceeded", "headers"])],
    lines: ["note: `Retry-After` (header in answers of every operation) is gone."],
  },
  {
    what: "another path",
    edits: [
      (spec) => {
        spec.setIn(["paths", "/v3/people"], spec.getIn(["paths", "/v2/users"]));
        spec.deleteIn(["paths", "/v2/users"]);
      },
    ],
    lines: [
      "note: `users_create` is at `POST /v3/people` instead of `POST /v2/users`.",
      "note: `users_list` is at `GET /v3/people` instead of `GET /v2/users`.",
    ],
  },
  {
    what: "another method",
    edits: [
      (spec) => {
        const item = ["paths", "/v2/users/{user_id}"];
        spec.setIn([...item, "put"], spec.getIn([...item, "patch"]));
        spec.deleteIn([...item, "patch"]);
      },
    ],
    lines: ["note: `users_update` is at `PUT /v2/users/{user_id}` instead of `PATCH /v2/users/{user_id}`."],
  },
  {
    what: "other credentials",
    edits: [
      set(["components", "securitySchemes", "bearerAuth"], { type: "apiKey", in: "header", name: "x-key" }),
    ],
    lines: ["breaking: Other credentials are needed for every operation."],
  },
  {
    what: "another server",
    edits: [set(["servers", "0", "url"], "https://api.example.com")],
    lines: [
      'note: `servers` (of every operation) has `{"url":"https://api.arize.com"}` no more.',
      'note: `servers` (of every operation) has `{"url":"https://api.example.com"}` now.',
    ],
  },
  {
    what: "an operation that is deprecated",
    edits: [set([...CREATE, "deprecated"], true)],
    lines: ["note: `users_create` has `deprecated: true` now."],
  },
  {
    what: "Markdown in what is told",
    edits: [set([...GET, "summary"], "`a`\n@everyone <b>")],
    lines: ["note: The documentation of `users_get` says `'a' @everyone <b>` instead of `Get a user`."],
  },
  {
    what: "an operation",
    edits: [set(["paths", "/v2/teams"], { get: { operationId: "teams_list", responses: {} } })],
    lines: ["addition: `teams_list` (`GET /v2/teams`) is new."],
  },
  {
    what: "an operation without an ID",
    edits: [remove([...GET, "operationId"])],
    lines: [
      "note: Operations have other names, and nothing else is different by that: `users_get` is `GET /v2/users/{user_id}`.",
    ],
  },
];

test.each(CASES)("$what", ({ lines, ...change }) => {
  expect(linesFor(change)).toEqual(lines);
});
