/** The public types of the models: camelCase names, `Date` for `format: date-time`, the spec's descriptions. */
import { camelCase } from "../../src/util/names.ts";
import { constantCase } from "./names.ts";
import type { EnumSchema, Kind, NamedSchema, ObjectSchema, Property, VariantSchema } from "./schemas.ts";

/** Where a schema occurs: in responses, in requests, or in both. */
export interface Usage {
  readonly schemas: ReadonlyMap<string, NamedSchema>;
  readonly responses: ReadonlySet<string>;
  readonly requests: ReadonlySet<string>;
}

/** Which of the two types of a schema is meant: that of a response, or what callers may give. */
type Direction = "output" | "input";

/** The declarations of a named schema. */
export function typesOf(schema: NamedSchema, usage: Usage): string[] {
  if (schema.type === "enum") return enumTypes(schema);
  const declare = schema.type === "object" ? objectType : variantType;
  return [
    ...(usage.responses.has(schema.name) ? [declare(schema as never, "output", usage)] : []),
    ...(usage.requests.has(schema.name) ? [declare(schema as never, "input", usage)] : []),
  ];
}

/** The input type of a schema that responses hold as well has a name of its own. */
const inputName = (name: string, usage: Usage): string => (usage.responses.has(name) ? `${name}Input` : name);

const nameOf = (name: string, direction: Direction, usage: Usage): string =>
  direction === "output" ? name : inputName(name, usage);

function enumTypes({ name, values, constant, description }: EnumSchema): string[] {
  const list = values.map((value) => JSON.stringify(value)).join(", ");
  return [
    `/** The values of {@link ${name}} that this version knows. */\nexport const ${constant} = [${list}] as const;`,
    `${docs(description)}export type ${name} = (typeof ${constant})[number] | (string & {});`,
  ];
}

function objectType(schema: ObjectSchema, direction: Direction, usage: Usage): string {
  const properties = schema.properties.map((property) => propertyType(schema, property, direction, usage));
  return `${docs(schema.description)}export interface ${nameOf(schema.name, direction, usage)} {\n${properties.join("")}}`;
}

function propertyType(
  { name: owner }: ObjectSchema,
  { name, kind, required, description }: Property,
  direction: Direction,
  usage: Usage,
): string {
  // What can be given back to the API has a type that accepts no misspelt literal.
  const isGivenBack = direction === "output" && usage.requests.has(owner) && kind.kind === "enum";
  const type = isGivenBack
    ? `(typeof ${constantCase(kind.name)})[number] | UnknownEnumValue`
    : typeOf(kind, direction, usage);
  const [mark, undefinable] = required ? ["", ""] : direction === "input" ? ["?", " | undefined"] : ["?", ""];
  return indent(`${docs(description)}${camelCase(name)}${mark}: ${type}${undefinable};`);
}

function typeOf(kind: Kind, direction: Direction, usage: Usage): string {
  switch (kind.kind) {
    case "string":
      return kind.format === "date-time" ? (direction === "input" ? "Date | string" : "Date") : "string";
    case "literal":
      return direction === "output" ? JSON.stringify(kind.value) : inputLiterals([kind.value]);
    case "enum":
      return direction === "output" ? kind.name : inputLiterals(valuesOf(kind.name, usage));
    case "reference":
      return nameOf(kind.name, direction, usage);
    case "array":
      return direction === "output"
        ? `${grouped(typeOf(kind.item, direction, usage))}[]`
        : `readonly ${grouped(typeOf(kind.item, direction, usage))}[]`;
    case "nullable":
      return `${typeOf(kind.inner, direction, usage)} | null`;
    default:
      return kind.kind;
  }
}

function variantType(schema: VariantSchema, direction: Direction, usage: Usage): string {
  const options = schema.options.map(({ name }) => nameOf(name, direction, usage));
  return `${docs(schema.description)}export type ${nameOf(schema.name, direction, usage)} = ${options.join(" | ")};`;
}

function valuesOf(name: string, { schemas }: Usage): readonly string[] {
  const schema = schemas.get(name);
  return schema?.type === "enum" ? schema.values : [];
}

/** The values as callers may spell them. */
function inputLiterals(values: readonly string[]): string {
  const spellings = values.flatMap((value) => [value, value.toUpperCase().replaceAll("-", "_")]);
  return [...new Set(spellings)].map((value) => JSON.stringify(value)).join(" | ");
}

const grouped = (type: string): string => (type.includes(" | ") ? `(${type})` : type);

function docs(description: string | undefined): string {
  const text = description?.trim().replaceAll("*/", "*\\/");
  if (!text) return "";
  const lines = text.split("\n");
  return lines.length === 1
    ? `/** ${text} */\n`
    : `/**\n${lines.map((line) => ` * ${line}`.trimEnd()).join("\n")}\n */\n`;
}

const indent = (text: string): string => `${text.replace(/^/gm, "  ")}\n`;
