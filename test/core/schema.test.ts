import fc from "fast-check";
import * as valibot from "valibot";
import { expect, test, vi } from "vitest";
import * as generated from "../../generated/valibot.gen.ts";
import type { WireSchema } from "../../src/api/schema.ts";
import * as own from "../../src/api/schema.ts";
import { issuesOf } from "../../src/api/validate.ts";
import { camelCase, toWire } from "../../src/api/wire.ts";

/** The same generated file, with its schemas made by valibot, as hey-api means them. */
vi.resetModules();
vi.doMock("../../src/core/schema.ts", () => valibot);
const byValibot: Record<string, unknown> = await import("../../generated/valibot.gen.ts");

/** What the spec may come to need: everything that a schema can be made of, by either library. */
const everyKind = (v: typeof own) => {
  const named = v.object({ name: v.pipe(v.string(), v.minCodePoints(2), v.regex(/^\w*$/)) });
  return {
    email: v.pipe(v.string(), v.rfcEmail()),
    numbers: v.array(v.number()),
    bounds: v.pipe(v.number(), v.integer(), v.minValue(2), v.maxValue(4)),
    openBounds: v.pipe(v.number(), v.gtValue(2), v.ltValue(4)),
    nullable: v.object({ field: v.nullable(named) }),
    nullish: v.object({ field: v.nullish(v.boolean()) }),
    intersect: v.intersect([named, v.object({ some_flag: v.optional(v.boolean(), true) })]),
    unknown: v.object({ named, field: v.optional(v.unknown()) }),
    lists: v.optional(v.array(v.array(v.picklist(["read-only", "other"])))),
  };
};

const pairs = [
  ...Object.entries(generated).map(([name, mine]) => [name, mine, byValibot[name]] as const),
  ...Object.entries(everyKind(own)).map(
    ([name, mine]) => [name, mine, Object(everyKind(valibot as unknown as typeof own))[name]] as const,
  ),
] as [name: string, mine: WireSchema, theirs: valibot.GenericSchema][];

const sometimes = <T>(common: fc.Arbitrary<T>, rare: fc.Arbitrary<unknown>, weight = 12) =>
  fc.oneof({ weight, arbitrary: common }, { weight: 1, arbitrary: rare });

const long = fc
  .tuple(fc.constantFrom("a", "é", "😀"), fc.constantFrom(1, 2, 254, 255, 256, 1000, 1001))
  .map(([unit, length]) => unit.repeat(length));
const label = (length: number) => "b".repeat(length);
const tricky = fc.constantFrom(
  ...["A@B.C", "@b", "a@", "a", "a@b@c", "o'x@y-z", ".a.@b", "a@b_c", "a@b..c", "a@b.", "a@-b", "a@b-.c"],
  ...["a b@c", "a@b\n", "ſ@b", "a@\u212a", `a@${label(63)}`, `a@${label(64)}.c`, `a@c.${label(64)}`],
);
const text = fc.oneof(fc.emailAddress(), fc.emailAddress(), tricky, long, fc.string({ unit: "binary" }));
const number = fc.oneof(fc.constantFrom(0, 1, 2, 3, 4, 5, 99, 100, 101), fc.double({ max: 9 }), fc.double());
const anything = fc.oneof(
  fc.constantFrom(undefined, null, Number.NaN, "", "active", "Custom", true, {}, { type: "custom" }),
  fc.anything({ withDate: true, withMap: true, withNullPrototype: true }),
);

/** Values in public names, of which most fit the schema and the others almost do. */
function valuesFor(schema: WireSchema): fc.Arbitrary<unknown> {
  switch (schema.type) {
    case "string":
      return sometimes(text, anything);
    case "number":
      return sometimes(number, anything);
    case "boolean":
      return sometimes(fc.boolean(), anything);
    case "literal":
      return sometimes(fc.constantFrom(schema.literal, schema.literal.toUpperCase()), anything);
    case "picklist":
      return sometimes(fc.constantFrom(...schema.options, schema.options[0]?.toUpperCase()), anything);
    case "unknown":
      return anything;
    case "optional":
      return sometimes(valuesFor(schema.wrapped), fc.constant(undefined), 2);
    case "nullable":
      return sometimes(valuesFor(schema.wrapped), fc.constant(null), 2);
    case "array":
      return sometimes(fc.array(valuesFor(schema.item), { maxLength: 3 }), anything);
    case "variant":
      return sometimes(fc.oneof(...schema.options.map(valuesFor)), anything);
    case "object": {
      const fields = Object.entries(schema.entries).map(([key, entry]) => [camelCase(key), valuesFor(entry)]);
      const other = anything.filter((value) => !Array.isArray(value));
      return sometimes(fc.record({ ...Object.fromEntries(fields), surplus: anything }), other);
    }
  }
}

test.each(pairs)("%s takes and makes what valibot's does", (_, mine, theirs) => {
  const outcomes = new Set<boolean>();
  fc.assert(
    fc.property(valuesFor(mine), (value) => {
      const wire = toWire(mine, value);
      const { success, output } = valibot.safeParse(theirs, wire);
      outcomes.add(success);
      expect(issuesOf(mine, wire, "").length === 0).toBe(success);
      if (success) expect(wire).toStrictEqual(output);
    }),
    { numRuns: 400 },
  );
  expect(outcomes, "of some that fit and some that do not").toEqual(new Set([true, false]));
});

/** Where the two differ, and why that is so. */
test.each<[string, (v: typeof own) => unknown, unknown, boolean]>([
  ["half a surrogate pair, which no request can hold, is refused", (v) => v.string(), "a\ud800", false],
  ["an array is no object, not even of optional fields", (v) => v.object({}), [], false],
  ["what is unknown may be missing", (v) => v.object({ field: v.unknown() }), {}, true],
  ["a union takes anything", (v) => v.union([v.string(), v.number()]), false, true],
])("unlike with valibot, %s", (_, make, value, isTaken) => {
  expect(issuesOf(make(own) as WireSchema, value, "").length === 0).toBe(isTaken);
  const schema = make(valibot as unknown as typeof own) as valibot.GenericSchema;
  expect(valibot.safeParse(schema, value).success).toBe(!isTaken);
});
