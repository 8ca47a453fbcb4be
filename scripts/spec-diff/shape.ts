import { flatten } from "./document.ts";
import { type Json, show, toJson, toList } from "./json.ts";

/** What a schema says, however it says it: `const` or `enum`, `nullable` or `type: [string, "null"]`. */
export interface Shape {
  /** The name of the component that it is. */
  readonly name: string | undefined;
  readonly part: Json;
  /** Never `null`; none where `options` say it. */
  readonly types: readonly string[];
  readonly isNullable: boolean;
  readonly values: readonly string[] | undefined;
  readonly fields: Json;
  readonly required: readonly string[];
  /** What of `oneOf` or `anyOf` is not `null`, where that is more than one. */
  readonly options: readonly Option[];
  /** The field by which the options are told apart. */
  readonly tagField: string | undefined;
}

export interface Option {
  readonly schema: unknown;
  readonly name: string | undefined;
  readonly types: readonly string[];
  /** What the tag field holds. */
  readonly tag: string | undefined;
}

export const ANYTHING: readonly string[] = ["array", "boolean", "number", "object", "string"];

export function readShape(document: Json, schema: unknown): Shape {
  const { part, name } = flatten(document, schema);
  const { oneOf, anyOf, ...siblings } = part;
  const all = [...toList(oneOf), ...toList(anyOf)];
  const options = all.filter((option) => toJson(option)["type"] !== "null");
  const isNullable = allowsNull(part) || options.length < all.length;
  const [only, second] = options;
  // With a discriminator, it is a variant of which one option is left.
  if (only !== undefined && second === undefined && tagFieldOf(part) === undefined) {
    const shape = readShape(document, { ...toJson(only), ...siblings });
    return { ...shape, name: name ?? shape.name, isNullable: shape.isNullable || isNullable };
  }
  return {
    name,
    part,
    isNullable,
    types: options.length > 0 ? [] : typesOf(part),
    values: valuesOf(part),
    fields: toJson(part["properties"]),
    required: toList(part["required"]).map(String),
    options: options.map((option) => readOption(document, part, option)),
    tagField: tagFieldOf(part),
  };
}

const allowsNull = (part: Json): boolean =>
  part["nullable"] === true || toList(part["type"]).includes("null");

function typesOf(part: Json): readonly string[] {
  const { type } = part;
  if (typeof type === "string") return [type];
  if (Array.isArray(type)) return type.filter((one) => one !== "null").map(String);
  if (part["properties"]) return ["object"];
  if (part["items"]) return ["array"];
  const [value] = toList(part["enum"] ?? [part["const"]]);
  return value === undefined ? ANYTHING : [typeof value];
}

function valuesOf(part: Json): readonly string[] | undefined {
  if (part["const"] !== undefined) return [show(part["const"])];
  if (!Array.isArray(part["enum"])) return undefined;
  return part["enum"].filter((value) => value !== null).map(show);
}

const tagFieldOf = (part: Json): string | undefined => {
  const name = toJson(part["discriminator"])["propertyName"];
  return typeof name === "string" ? name : undefined;
};

function readOption(document: Json, variant: Json, schema: unknown): Option {
  const { part, name } = flatten(document, schema);
  const tagField = tagFieldOf(variant);
  const option = { schema, name, types: typesOf(part) };
  if (tagField === undefined) return { ...option, tag: undefined };
  const [value] = valuesOf(flatten(document, toJson(part["properties"])[tagField]).part) ?? [];
  return { ...option, tag: value ?? mappedTag(variant, name) ?? name };
}

/**
 * A schema in the place of one whose options a tag tells apart, as an option of that one, where it is one: it has the
 * name of one, or one tag.
 */
export function asOptionOf(whole: Shape, shape: Shape, document: Json): Shape {
  const { tagField, part, options } = whole;
  const { name, isNullable } = shape;
  if (tagField === undefined || options.length === 0 || shape.options.length > 0) return shape;
  const tags = valuesOf(flatten(document, shape.fields[tagField]).part) ?? [];
  const isKnown = options.some((option) => option.name !== undefined && option.name === name);
  if (tags.length !== 1 && !isKnown) return shape;
  const schema = name ? { $ref: `#/components/schemas/${name}` } : shape.part;
  return { ...whole, isNullable, options: [readOption(document, part, schema)] };
}

/** What the `mapping` of a discriminator calls a schema. */
function mappedTag(variant: Json, name: string | undefined): string | undefined {
  const mapping = toJson(toJson(variant["discriminator"])["mapping"]);
  return Object.keys(mapping).find((tag) => String(mapping[tag]).split("/").at(-1) === name);
}

/** A schema in a word or two. */
export function describe({ name, types, options }: Shape): string {
  if (name) return name;
  if (options.length > 0) return options.map((option) => option.name ?? sayTypes(option.types)).join(" or ");
  return sayTypes(types);
}

const sayTypes = (types: readonly string[]): string => (types === ANYTHING ? "anything" : types.join(" or "));
