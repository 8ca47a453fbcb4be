/**
 * Between the wire and the public names. What a field is called and what it holds is read off the generated
 * schemas, so that a field or an enum value added to the spec needs no code here.
 */

/** The parts of valibot's schemas that matter here. */
export type WireSchema =
  | ObjectSchema
  | { readonly type: "optional"; readonly wrapped: WireSchema }
  | { readonly type: "array"; readonly item: WireSchema }
  | { readonly type: "variant"; readonly key: string; readonly options: readonly ObjectSchema[] }
  | { readonly type: "picklist"; readonly options: readonly string[] }
  | { readonly type: "literal"; readonly literal: string }
  | { readonly type: "string" | "boolean" | "number" };

export interface ObjectSchema {
  readonly type: "object";
  readonly entries: Readonly<Record<string, WireSchema>>;
}

type Fields = Record<string, unknown>;

/** A value of an answer that is not of the type the spec gives it. */
export class WireMismatch extends Error {}

export const camelCase = (name: string): string => name.replace(/_(.)/g, (_, letter) => letter.toUpperCase());

export const isRecord = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** `READ_ONLY`, `read_only` and `read-only` are one name. */
const sameName = (a: string, b: unknown): boolean => typeof b === "string" && fold(a) === fold(b);

const fold = (name: string): string => name.toLowerCase().replaceAll("-", "_");

/**
 * A value as the schema spells it: snake_case names, enum values in the spec's case, nothing that the schema
 * does not know. What does not fit the schema is left as it is, for the check that follows to name.
 */
export function toWire(schema: WireSchema, value: unknown): unknown {
  switch (schema.type) {
    case "optional":
      return toWire(schema.wrapped, value);
    case "array":
      return Array.isArray(value) ? value.map((item) => toWire(schema.item, item)) : value;
    case "picklist":
      return schema.options.find((option) => sameName(option, value)) ?? value;
    case "literal":
      return sameName(schema.literal, value) ? schema.literal : value;
    case "variant": {
      const option = isRecord(value) && variantOption(schema, value);
      return option ? toWire(option, value) : value;
    }
    case "object":
      return isRecord(value) ? objectToWire(schema, value) : value;
    default:
      return value;
  }
}

function objectToWire(schema: ObjectSchema, value: Fields): Fields {
  const fields: Fields = {};
  for (const [key, entry] of Object.entries(schema.entries)) {
    const field = value[camelCase(key)];
    if (field !== undefined) fields[key] = toWire(entry, field);
  }
  return fields;
}

function variantOption(schema: WireSchema & { type: "variant" }, value: Fields): ObjectSchema | undefined {
  return schema.options.find((option) => {
    const tag = option.entries[schema.key];
    return tag?.type === "literal" && sameName(tag.literal, value[camelCase(schema.key)]);
  });
}

/**
 * An answer in public names: camelCase, enum values as the spec has them, dates as `Date`. An enum value that
 * the spec does not know passes through in lower case; a field that it does not know is left out.
 *
 * @throws {WireMismatch} where a field is missing or of another type. The message holds no value.
 */
export function fromWire(schema: WireSchema, value: unknown, path: string): unknown {
  switch (schema.type) {
    case "optional":
      return value === null || value === undefined ? undefined : fromWire(schema.wrapped, value, path);
    case "array":
      if (!Array.isArray(value)) throw mismatch(path, "an array", value);
      return value.map((item, index) => fromWire(schema.item, item, `${path}[${index}]`));
    case "picklist":
      return enumFromWire(schema.options, value, path);
    case "literal":
      return enumFromWire([schema.literal], value, path);
    case "variant":
      return variantFromWire(schema, value, path);
    case "object":
      return objectFromWire(schema, value, path);
    default:
      if (typeof value !== schema.type) throw mismatch(path, `a ${schema.type}`, value);
      return path.endsWith("_at") ? dateFromWire(value, path) : value;
  }
}

function enumFromWire(options: readonly string[], value: unknown, path: string): string {
  if (typeof value !== "string") throw mismatch(path, "a string", value);
  return options.find((option) => sameName(option, value)) ?? value.toLowerCase();
}

function objectFromWire(schema: ObjectSchema, value: unknown, path: string): Fields {
  if (!isRecord(value)) throw mismatch(path || "the body", "an object", value);
  const fields: Fields = {};
  for (const [key, entry] of Object.entries(schema.entries)) {
    const field = fromWire(entry, value[key], path ? `${path}.${key}` : key);
    if (field !== undefined) fields[camelCase(key)] = field;
  }
  return fields;
}

function variantFromWire(schema: WireSchema & { type: "variant" }, value: unknown, path: string): Fields {
  if (!isRecord(value)) throw mismatch(path, "an object", value);
  const option = variantOption(schema, value);
  if (option) return objectFromWire(option, value, path);
  // Of a variant that the spec does not know yet: what the known ones have too.
  const tag = enumFromWire([], value[schema.key], `${path}.${schema.key}`);
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
