/**
 * Between the wire and the public names. What a field is called and what it holds is read off the generated
 * schemas, so that a field or an enum value added to the spec needs no code here.
 */

import type { ObjectSchema, VariantSchema, WireSchema } from "./schema.ts";

type Fields = Record<string, unknown>;

/** A value of an answer that is not of the type the spec gives it. */
export class WireMismatch extends Error {}

/** Names of the spec, of which there are few, in camelCase: worked out once, since a list has them in every item. */
const camelCased = new Map<string, string>();

export function camelCase(name: string): string {
  const known = camelCased.get(name) ?? name.replace(/_(.)/g, (_, letter) => letter.toUpperCase());
  camelCased.set(name, known);
  return known;
}

export const isRecord = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** `READ_ONLY`, `read_only` and `read-only` are one name. */
const sameName = (a: string, b: unknown): boolean => typeof b === "string" && fold(a) === fold(b);

const fold = (name: string): string => name.toLowerCase().replaceAll("-", "_");

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
      const option = isRecord(value) && variantOption(schema, value[nameOf(schema.key)]);
      return option ? toWire(option, value, nameOf, spell) : value;
    }
    case "object": {
      if (!isRecord(value)) return value;
      const fields = Object.entries(schema.entries).map(
        ([key, entry]) => [key, toWire(entry, value[nameOf(key)], nameOf, spell)] as const,
      );
      return Object.fromEntries(fields.filter(([, field]) => field !== undefined));
    }
    default:
      return value;
  }
}

const asInSpec = (option: string): string => option;

function enumToWire(options: readonly string[], value: unknown, spell: (option: string) => string): unknown {
  const option = options.find((option) => sameName(option, value));
  return option === undefined ? value : spell(option);
}

/** The one of a variant's options that a tag names. */
export function variantOption(schema: VariantSchema, given: unknown): ObjectSchema | undefined {
  return schema.options.find((option) => {
    const tag = option.entries[schema.key];
    return tag?.type === "literal" && sameName(tag.literal, given);
  });
}

/** Told of every enum value of an answer, as the server spells it. */
export type OnEnum = (value: string) => void;

/**
 * An answer in public names: camelCase, enum values as the spec has them, dates as `Date`. An enum value that
 * the spec does not know passes through in lower case; a field that it does not know is left out.
 *
 * @throws {WireMismatch} where a field is missing or of another type. The message holds no value.
 */
export function fromWire(
  schema: WireSchema,
  value: unknown,
  path: string,
  onEnum: OnEnum = () => {},
): unknown {
  switch (schema.type) {
    case "optional":
      return value === null || value === undefined
        ? undefined
        : fromWire(schema.wrapped, value, path, onEnum);
    case "nullable":
      return value === null ? null : fromWire(schema.wrapped, value, path, onEnum);
    case "unknown":
      return value;
    case "array":
      if (!Array.isArray(value)) throw mismatch(path, "an array", value);
      return value.map((item, index) => fromWire(schema.item, item, `${path}[${index}]`, onEnum));
    case "picklist":
      return enumFromWire(schema.options, value, path, onEnum);
    case "literal":
      return enumFromWire([schema.literal], value, path, onEnum);
    case "variant":
      return variantFromWire(schema, value, path, onEnum);
    case "object":
      return objectFromWire(schema, value, path, onEnum);
    default:
      if (typeof value !== schema.type) throw mismatch(path, `a ${schema.type}`, value);
      return path.endsWith("_at") ? dateFromWire(value, path) : value;
  }
}

function enumFromWire(options: readonly string[], value: unknown, path: string, onEnum: OnEnum): string {
  if (typeof value !== "string") throw mismatch(path, "a string", value);
  onEnum(value);
  return options.find((option) => sameName(option, value)) ?? value.toLowerCase();
}

function objectFromWire(schema: ObjectSchema, value: unknown, path: string, onEnum: OnEnum): Fields {
  if (!isRecord(value)) throw mismatch(path || "the body", "an object", value);
  const fields: Fields = {};
  for (const [key, entry] of Object.entries(schema.entries)) {
    const field = fromWire(entry, value[key], path ? `${path}.${key}` : key, onEnum);
    if (field !== undefined) fields[camelCase(key)] = field;
  }
  return fields;
}

function variantFromWire(schema: VariantSchema, value: unknown, path: string, onEnum: OnEnum): Fields {
  if (!isRecord(value)) throw mismatch(path, "an object", value);
  const option = variantOption(schema, value[schema.key]);
  if (option) return objectFromWire(option, value, path, onEnum);
  // Of a variant that the spec does not know yet: what the known ones have too.
  const tag = enumFromWire([], value[schema.key], `${path}.${schema.key}`, onEnum);
  const keys = schema.options.flatMap(({ entries }) => Object.keys(entries));
  const known = keys.filter((key) => typeof value[key] === "string");
  return { ...Object.fromEntries(known.map((key) => [camelCase(key), value[key]])), [schema.key]: tag };
}

function dateFromWire(value: unknown, path: string): Date {
  const date = new Date(String(value));
  if (Number.isNaN(date.getTime())) throw mismatch(path, "a date and time", value);
  return date;
}

function mismatch(path: string, expected: string, value: unknown): WireMismatch {
  const received = value === null ? "null" : Array.isArray(value) ? "an array" : typeof value;
  return new WireMismatch(`${path} must be ${expected}, received ${received}`);
}
