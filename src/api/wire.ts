/**
 * Between the wire and the public names. What a field is called and what it holds is read off the generated
 * schemas, so that a field or an enum value added to the spec needs no code here.
 */

import { asciiLower } from "../util/ascii.ts";
import { parseDateTime } from "../util/date-time.ts";
import { type Members, membersOf, ownMember } from "../util/members.ts";
import {
  type ObjectSchema,
  object,
  picklist,
  string,
  type VariantSchema,
  type WireSchema,
} from "./schema.ts";

/** A value of an answer that is not of the type the spec gives it. */
export class WireMismatch extends Error {}

export const camelCase = (name: string): string => name.replace(/_(.)/g, (_, letter) => letter.toUpperCase());

/** The public names of the spec's fields, of which there are few: a list has them in every item. */
const publicNames: Record<string, string> = Object.create(null);

export const isRecord = (value: unknown): value is Members =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Whether a name of the spec is the one that is given: `READ_ONLY`, `read_only` and `read-only` are one name. */
const isNamed = (given: unknown): ((name: string) => boolean) => {
  const folded = typeof given === "string" ? fold(given) : undefined;
  return (name) => fold(name) === folded;
};

const fold = (name: string): string => asciiLower(name).replaceAll("-", "_");

/**
 * A value as the schema spells it: snake_case names, enum values in the spec's case, nothing that the schema
 * does not know. What does not fit the schema is left as it is, for the check that follows to name.
 *
 * `nameOf` gives the name that a field has in `value`, `spell` the spelling of an enum value of the spec.
 */
export function toWire(
  schema: WireSchema,
  value: unknown,
  nameOf: (key: string) => string = camelCase,
  spell: (option: string) => string = asInSpec,
): unknown {
  switch (schema.type) {
    case "optional":
      return value === undefined ? schema.fallback : toWire(schema.wrapped, value, nameOf, spell);
    case "nullable":
      return toWire(schema.wrapped, value, nameOf, spell);
    case "array":
      // Array.from, since map passes over holes.
      return Array.isArray(value)
        ? Array.from(value, (item) => toWire(schema.item, item, nameOf, spell))
        : value;
    case "picklist":
      return enumToWire(schema.options, value, spell);
    case "literal":
      return enumToWire([schema.literal], value, spell);
    case "variant": {
      if (!isRecord(value)) return value;
      const members = membersOf(value);
      const option = variantOption(schema, members[nameOf(schema.key)]);
      return option ? toWire(option, members, nameOf, spell) : value;
    }
    case "object": {
      if (!isRecord(value)) return value;
      const members = membersOf(value);
      const fields = Object.entries(schema.entries).map(
        ([key, entry]) => [key, toWire(entry, members[nameOf(key)], nameOf, spell)] as const,
      );
      return Object.fromEntries(fields.filter(([, field]) => field !== undefined));
    }
    default:
      return value;
  }
}

const asInSpec = (option: string): string => option;

function enumToWire(options: readonly string[], value: unknown, spell: (option: string) => string): unknown {
  const option = options.find(isNamed(value));
  return option === undefined ? value : spell(option);
}

/** The one of a variant's options that a tag names. */
export function variantOption(schema: VariantSchema, given: unknown): ObjectSchema | undefined {
  const isGiven = isNamed(given);
  return schema.options.find((option) => {
    const tag = option.entries[schema.key];
    return tag?.type === "literal" && isGiven(tag.literal);
  });
}

/** Told of every enum value of an answer, as the server spells it. */
export type OnEnum = (value: string) => void;

/** Where in the answer fromWire is, for messages: most answers need none, and a list would need thousands. */
const path: (string | number)[] = [];

/**
 * An answer in public names: camelCase, enum values as the spec has them, dates as `Date`. An enum value that
 * the spec does not know passes through in lower case; a field that it does not know is left out.
 *
 * @throws {WireMismatch} where a field is missing or of another type. The message holds no value.
 */
export function fromWire(schema: WireSchema, value: unknown, onEnum: OnEnum = () => {}): unknown {
  switch (schema.type) {
    case "optional":
      return value === null || value === undefined ? undefined : fromWire(schema.wrapped, value, onEnum);
    case "nullable":
      return value === null ? null : fromWire(schema.wrapped, value, onEnum);
    case "unknown":
      return value;
    case "array":
      if (!Array.isArray(value)) throw mismatch("an array", value);
      return value.map((item, index) => partFromWire(schema.item, index, item, onEnum));
    case "picklist":
      return enumFromWire(schema.options, value, onEnum);
    case "literal":
      return enumFromWire([schema.literal], value, onEnum);
    case "variant":
      return variantFromWire(schema, value, onEnum);
    case "object":
      return objectFromWire(schema, value, onEnum);
    default:
      if (typeof value !== schema.type) throw mismatch(`a ${schema.type}`, value);
      return String(path.at(-1)).endsWith("_at") ? dateFromWire(value) : value;
  }
}

function partFromWire(schema: WireSchema, step: string | number, value: unknown, onEnum: OnEnum): unknown {
  path.push(step);
  const part = fromWire(schema, value, onEnum);
  path.pop();
  return part;
}

function enumFromWire(options: readonly string[], value: unknown, onEnum: OnEnum): string {
  if (typeof value !== "string") throw mismatch("a string", value);
  onEnum(value);
  return options.find(isNamed(value)) ?? asciiLower(value);
}

function objectFromWire({ entries }: ObjectSchema, value: unknown, onEnum: OnEnum): Members {
  if (!isRecord(value)) throw mismatch("an object", value);
  const fields: Members = {};
  for (const key of Object.keys(entries)) {
    const schema = entries[key] as WireSchema;
    const given = ownMember(value, key);
    // A name is only shown: one user without it must not cost a whole list.
    const isNoName = given === null && key === "name" && schema.type === "string";
    const field = partFromWire(schema, key, isNoName ? "" : given, onEnum);
    publicNames[key] ??= camelCase(key);
    if (field !== undefined) fields[publicNames[key]] = field;
  }
  return fields;
}

function variantFromWire(schema: VariantSchema, value: unknown, onEnum: OnEnum): Members {
  if (!isRecord(value)) throw mismatch("an object", value);
  const option = variantOption(schema, ownMember(value, schema.key));
  if (option) return objectFromWire(option, value, onEnum);
  // Of a variant that the spec does not know yet: what the known ones have too.
  const keys = schema.options.flatMap(({ entries }) => Object.keys(entries));
  const known = keys.filter((key) => typeof ownMember(value, key) === "string").map((key) => [key, string()]);
  return objectFromWire(object({ ...Object.fromEntries(known), [schema.key]: picklist([]) }), value, onEnum);
}

function dateFromWire(value: unknown): Date {
  const date = typeof value === "string" && parseDateTime(value);
  if (!date) throw mismatch("a date and time of RFC 3339", value);
  return date;
}

function mismatch(expected: string, value: unknown): WireMismatch {
  const where =
    path
      .splice(0)
      .join(".")
      .replace(/\.(\d+)/g, "[$1]") || "the body";
  const received = value === null ? "null" : Array.isArray(value) ? "an array" : typeof value;
  return new WireMismatch(`${where} must be ${expected}, received ${received}`);
}
