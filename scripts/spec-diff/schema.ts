import { type Json, type Resolved, resolve, show, toJson, toList } from "./document.ts";

/** A schema in one notation: `const` is an enum, `anyOf` with null is `type: [..., "null"]`, `allOf` is merged. */
export interface Schema {
  readonly document: Json;
  /** Its name in `components.schemas`. */
  readonly name: string | undefined;
  readonly part: Json;
  /** Without null; `ANYTHING` where there are `options`. */
  readonly types: readonly string[];
  readonly isNullable: boolean;
  readonly values: readonly string[] | undefined;
  readonly fields: Json;
  readonly required: readonly string[];
  /** The alternatives of `oneOf` or `anyOf` besides null, unless there is only one. */
  readonly options: readonly unknown[];
  /** The discriminator. */
  readonly tagField: string | undefined;
}

export const ANYTHING: readonly string[] = ["array", "boolean", "number", "object", "string"];

export function readSchema(document: Json, schema: unknown): Schema {
  const { part, name } = flatten(document, schema);
  const { oneOf, anyOf, ...own } = part;
  const all = [...toList(oneOf), ...toList(anyOf)];
  const options = all.filter((option) => toJson(option)["type"] !== "null");
  const hasNull = part["nullable"] === true || toList(part["type"]).includes("null");
  const isNullable = hasNull || options.length < all.length;
  const tagField = show(toJson(part["discriminator"])["propertyName"]) || undefined;
  if (options.length === 1 && tagField === undefined) {
    const inner = readSchema(document, { ...toJson(options[0]), ...own });
    return { ...inner, name: name ?? inner.name, isNullable: inner.isNullable || isNullable };
  }
  return {
    ...{ document, name, part, isNullable, options, tagField },
    types: typesOf(part),
    values: valuesOf(part),
    fields: toJson(part["properties"]),
    required: toList(part["required"]).map(show),
  };
}

/** Follows the `$ref` of a schema and merges its `allOf`. */
function flatten(document: Json, schema: unknown): Resolved {
  const { part, name } = resolve(document, schema);
  const { allOf, ...own } = part;
  const parts = toList(allOf).map((one) => flatten(document, one).part);
  return { part: [...parts, own].reduce(merge), name };
}

function merge(a: Json, b: Json): Json {
  const properties = { ...toJson(a["properties"]), ...toJson(b["properties"]) };
  const required = [...toList(a["required"]), ...toList(b["required"])];
  return { ...a, ...b, properties, required };
}

function typesOf({ type, properties, enum: values, const: only }: Json): readonly string[] {
  if (typeof type === "string") return [type];
  if (Array.isArray(type)) return type.filter((one) => one !== "null").map(show);
  if (properties !== undefined && Object.keys(toJson(properties)).length > 0) return ["object"];
  const [value = only] = toList(values);
  return value === undefined ? ANYTHING : [typeof value];
}

function valuesOf({ const: only, enum: values }: Json): readonly string[] | undefined {
  if (only !== undefined) return [show(only)];
  return Array.isArray(values) ? values.filter((value) => value !== null).map(show) : undefined;
}

/** A schema in a word or two. */
export function describe({ document, name, types, options }: Schema): string {
  const inner = options.map((option) => describe(readSchema(document, option)));
  if (name || inner.length > 0) return name ?? inner.join(" or ");
  return types === ANYTHING ? "anything" : types.join(" or ");
}
