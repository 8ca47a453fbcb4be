import * as v from "valibot";
import { afterEach, expect, test } from "vitest";
import { requestIssues } from "../../src/api/request-issues.ts";

afterEach(() => {
  Reflect.deleteProperty(Object.prototype, "nickname");
});

test.each<[rule: string, v.GenericSchema, received: unknown, message: string]>([
  ["string", v.string(), 7, "must be a string, received 7"],
  ["number", v.number(), "7", 'must be a number, received "7"'],
  ["boolean", v.boolean(), 1, "must be a boolean, received 1"],
  ["array", v.array(v.string()), "a", 'must be an array, received "a"'],
  ["object", v.object({}), 7, "must be an object, received 7"],
  ["strict object", v.strictObject({}), null, "must be an object, received null"],
  ["variant of nothing", v.variant("type", []), 7, "must be an object, received 7"],
  ["picklist", v.picklist(["a", "b"]), "c", 'must be one of "a", "b", received "c"'],
  ["picklist of one", v.picklist(["a"]), "c", 'must be "a", received "c"'],
  ["a picklist with brackets", v.picklist(["(a)", "b)c"]), "c", 'must be one of "(a)", "b)c", received "c"'],
  ["literal", v.literal(true), false, "must be true, received false"],
  ["integer", v.pipe(v.number(), v.integer()), 1.5, "must be a whole number, received 1.5"],
  ["least", v.pipe(v.number(), v.minValue(1)), 0, "must be at least 1, received 0"],
  ["most", v.pipe(v.number(), v.maxValue(100)), 101, "must be at most 100, received 101"],
  ["more than", v.pipe(v.number(), v.gtValue(1)), 1, "must be more than 1, received 1"],
  ["less than", v.pipe(v.number(), v.ltValue(9)), 9, "must be less than 9, received 9"],
  ["pattern", v.pipe(v.string(), v.regex(/^a$/)), "b", 'must match /^a$/, received "b"'],
  ["email", v.pipe(v.string(), v.rfcEmail()), "b", 'must be an email address, received "b"'],
  ["another one of valibot", v.pipe(v.string(), v.ip()), "b", 'Invalid IP: Received "b", received "b"'],
])("%s has its own message", (_, schema, received, message) => {
  const body = { inner: [{ display_name: received }] };
  const issues = requestIssues(v.object({ inner: v.array(v.object({ display_name: schema })) }), body);
  expect(issues).toEqual([{ path: "inner[0].displayName", message }]);
});

test("what is missing is required, whatever it would have to be", () => {
  const schema = v.object({ role: v.object({ type: v.picklist(["a", "b"]) }), name: v.string() });
  expect(requestIssues(schema, { role: {} })).toEqual([
    { path: "role.type", message: "is required, received undefined" },
    { path: "name", message: "is required, received undefined" },
  ]);
});

test("an array is no object, and nothing is said of its members", () => {
  const schema = v.object({ role: v.object({ name: v.string(), type: v.string() }) });
  expect(requestIssues(schema, { role: ["a"] })).toEqual([
    { path: "role", message: "must be an object, received an array" },
  ]);
  expect(requestIssues(schema, { role: [] })).toEqual([
    { path: "role", message: "must be an object, received an empty array" },
  ]);
});

test("each value has one issue, and each issue its place", () => {
  const name = v.pipe(v.string(), v.minLength(9), v.regex(/^a/));
  const names = v.object({ names: v.array(name) });
  const broken = requestIssues(names, { names: ["\ud800", "aaaaaaaaa", 5, "b"] }, "rows[3]");
  expect(broken.map(({ path }) => path)).toEqual([
    "rows[3].names[0]",
    "rows[3].names[2]",
    "rows[3].names[3]",
  ]);
  expect(broken[0]?.message).toBe('must be well-formed Unicode, received "\\ud800"');
});

test.each(["id", "user_id", "org_id"])("%s must be more than whitespace", (key) => {
  const path = key.replace("_i", "I");
  expect(requestIssues(v.looseObject({}), { [key]: " \t" })).toEqual([
    { path, message: 'must not be empty, received " \\t"' },
  ]);
  expect(requestIssues(v.looseObject({}), { [key]: " a" })).toEqual([]);
  expect(requestIssues(v.looseObject({}), { [key]: "a " })).toEqual([]);
});

test.each(["idea", "paid", "first_idle"])("%s is no ID, and may be whitespace", (key) => {
  expect(requestIssues(v.looseObject({}), { [key]: " " })).toEqual([]);
});

test.each<[part: string, (inner: v.GenericSchema) => v.GenericSchema, wrap: (inner: unknown) => unknown]>([
  ["an object", (inner) => inner, (body) => body],
  ["an array", (inner) => v.object({ of: v.array(inner) }), (body) => ({ of: [body] })],
  ["what is optional", (inner) => v.object({ of: v.optional(inner) }), (body) => ({ of: body })],
  ["a union", (inner) => v.union([v.string(), inner]), (body) => body],
  [
    "a pipe",
    (inner) =>
      v.pipe(
        inner,
        v.check(() => true),
      ),
    (body) => body,
  ],
])("Object.prototype adds no entry to the schema of %s", (_, around, wrap) => {
  const schema = around(v.object({ name: v.string() }));
  Reflect.set(Object.prototype, "nickname", v.number("not a number"));
  const body = Object.assign(Object.create(null), { name: "Ada", nickname: "ada" });
  expect(requestIssues(schema, wrap(body))).toEqual([]);
});
