/** What spec-diff tells of how long, large or well-formed something has to be. */
import { expect, test } from "vitest";
import { remove, schemaAt, set } from "./edits.ts";
import { type Case, linesFor } from "./told.ts";

const userField = (name: string, ...path: readonly string[]) => schemaAt("User", "properties", name, ...path);
const updateField = (name: string, ...path: readonly string[]) =>
  schemaAt("UserUpdate", "properties", name, ...path);

const CASES: readonly Case[] = [
  {
    what: "a lower maximum of a parameter",
    edits: [set(["components", "parameters", "Limit", "schema", "maximum"], 50)],
    lines: [
      "breaking: `limit` (parameter of `organizations_list`, `users_list`) has `maximum: 50` instead of `maximum: 100`.",
    ],
  },
  {
    what: "another default",
    edits: [set(["components", "parameters", "Limit", "schema", "default"], 20)],
    lines: [
      "breaking: `limit` (parameter of `organizations_list`, `users_list`) has `default: 20` instead of `default: 50`.",
    ],
  },
  {
    what: "looser and tighter bounds",
    edits: [
      set(updateField("name", "maxLength"), 300),
      set(updateField("name", "minLength"), 2),
      remove(schemaAt("UserUpdate", "minProperties")),
    ],
    lines: [
      "breaking: `UserUpdate.name` (in requests of `users_update`) has `minLength: 2` instead of `minLength: 1`.",
      "addition: `UserUpdate.name` (in requests of `users_update`) has `maxLength: 300` instead of `maxLength: 255`.",
      "addition: `UserUpdate` (in requests of `users_update`) has `minProperties: 1` no more.",
    ],
  },
  {
    what: "a pattern",
    edits: [set(updateField("name", "pattern"), "^a"), set(userField("name", "pattern"), "^a")],
    lines: [
      "breaking: `UserUpdate.name` (in requests of `users_update`) has `pattern: ^a` now.",
      "note: `User.name` (in answers of `users_create`, `users_get`, `users_list`, `users_update`) has `pattern: ^a` now.",
    ],
  },
  {
    what: "a keyword that it does not know",
    edits: [set(updateField("name", "not"), { const: "root" })],
    lines: [
      'breaking: `UserUpdate.name` (in requests of `users_update`) has `not: {"const":"root"}` now: what that means is not known here, so it is taken for breaking.',
    ],
  },
];

test.each(CASES)("$what", ({ lines, ...change }) => {
  expect(linesFor(change)).toEqual(lines);
});
