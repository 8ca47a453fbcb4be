/** The functions between models and the wire: `decode` reads a response and checks it, `encode` writes a request. */
import { camelCase } from "../../src/util/names.ts";
import { constantCase, pascalCase } from "./names.ts";
import type { Kind, NamedSchema, ObjectSchema, Property, VariantSchema } from "./schemas.ts";

/** The source of a schema's decoder, if it has one: the values of enums are read where they stand. */
export function decoderOf(schema: NamedSchema): string[] {
  switch (schema.type) {
    case "enum":
      return [];
    case "object":
      return [objectDecoder(schema)];
    case "variant":
      return [variantDecoder(schema)];
  }
}

/** The source of a schema's encoder, if it has one. */
export function encoderOf(schema: NamedSchema): string[] {
  switch (schema.type) {
    case "enum":
      return [];
    case "object":
      return [objectEncoder(schema)];
    case "variant":
      return [variantEncoder(schema)];
  }
}

function objectDecoder({ name, properties }: ObjectSchema): string {
  const always = properties.filter((property) => property.required);
  const optional = properties.filter((property) => !property.required);
  const fields = always.map((property) => `    ${camelCase(property.name)}: ${readProperty(property)},\n`);
  const model = `{\n${fields.join("")}  }`;
  const body =
    optional.length === 0
      ? `  return ${model};\n`
      : `  const model: ${name} = ${model};\n${optional.map(readOptional).join("")}  return model;\n`;
  const seen = parameter("seen", body);
  return `export function decode${name}(value: unknown, at: Path | undefined, ${seen}: SeenEnum): ${name} {
  const fields = readObject(value, at);
${body}}`;
}

const readOptional = ({ name, kind }: Property): string =>
  `  if (isGiven(${field(name)})) model.${camelCase(name)} = ${reader(kind, field(name), "at", quoted(name))};\n`;

function readProperty({ name, kind, fallback }: Property): string {
  const value = field(name);
  const key = quoted(name);
  if (fallback !== undefined) {
    return `isGiven(${value}) ? ${reader(kind, value, "at", key)} : ${JSON.stringify(fallback)}`;
  }
  // Text for people to read may be null, where it says nothing; an ID or an address may not.
  const isText = kind.kind === "string" && kind.format === undefined && !/(^|_)id$/.test(name);
  return isText ? `readText(${value}, at, ${key})` : reader(kind, value, "at", key);
}

/** An expression that reads `value`, which is at `key` of the path `at`; all of them are source code. */
function reader(kind: Kind, value: string, at: string, key: string): string {
  const place = `${value}, ${at}, ${key}`;
  switch (kind.kind) {
    case "string":
      return kind.format === "date-time" ? `readDateTime(${place})` : `readString(${place})`;
    case "number":
      return `readNumber(${place})`;
    case "boolean":
      return `readBoolean(${place})`;
    case "literal":
      return `readEnum(${place}, [${quoted(kind.value)}], seen) as ${quoted(kind.value)}`;
    case "enum":
      return `readEnum(${place}, ${constantCase(kind.name)}, seen)`;
    case "reference":
      return `decode${kind.name}(${value}, step(${at}, ${key}), seen)`;
    case "array":
      return `readArray(${place}, (item, at, index) => ${reader(kind.item, "item", "at", "index")})`;
    case "nullable":
      return `${value} === null ? null : ${reader(kind.inner, value, at, key)}`;
    case "unknown":
      return value;
  }
}

function variantDecoder({ name, tag, options, properties }: VariantSchema): string {
  const names = properties.map((property) => `${property}: ${quoted(camelCase(property))}`).join(", ");
  const tags = options.map(({ value }) => quoted(value)).join(", ");
  const cases = options.map(
    (option) => `    case ${quoted(option.value)}:\n      return decode${option.name}(fields, at, seen);\n`,
  );
  const list = constantCase(name + pascalCase(tag));
  return `const ${list} = [${tags}] as const;

export function decode${name}(value: unknown, at: Path | undefined, seen: SeenEnum): ${name} {
  const fields = readObject(value, at);
  const tag = readEnum(${field(tag)}, at, ${quoted(tag)}, ${list}, seen);
  switch (tag) {
${cases.join("")}    default:
      return { ...readTexts(fields, { ${names} }), ${camelCase(tag)}: tag } as unknown as ${name};
  }
}`;
}

function objectEncoder({ name, properties }: ObjectSchema): string {
  const fields = properties.map((property) => `    ${property.name}: ${writeProperty(property)},\n`);
  const spell = parameter("spell", fields.join(""));
  return `export function encode${name}(value: unknown, ${spell}: SpellEnum): unknown {
  if (!isRecord(value)) return value;
  const members = membersOf(value);
  return toBody({
${fields.join("")}  });
}`;
}

function writeProperty({ name, kind, fallback }: Property): string {
  const value = writer(kind, `members[${quoted(camelCase(name))}]`);
  return fallback === undefined ? value : `orDefault(${value}, ${JSON.stringify(fallback)})`;
}

/** An expression for `value`, which is source code, as the wire has it. */
function writer(kind: Kind, value: string): string {
  switch (kind.kind) {
    case "literal":
      return `writeEnum(${value}, [${quoted(kind.value)}], spell)`;
    case "enum":
      return `writeEnum(${value}, ${constantCase(kind.name)}, spell)`;
    case "reference":
      return `encode${kind.name}(${value}, spell)`;
    case "array":
      return `writeArray(${value}, (item) => ${writer(kind.item, "item")})`;
    case "nullable":
      return writer(kind.inner, value);
    case "string":
      return kind.format === "date-time" ? `writeDateTime(${value})` : value;
    default:
      return value;
  }
}

function variantEncoder({ name, tag, options }: VariantSchema): string {
  const cases = options.map(
    (option) => `    case ${quoted(option.value)}:\n      return encode${option.name}(value, spell);\n`,
  );
  const tags = options.map(({ value }) => quoted(value)).join(", ");
  return `export function encode${name}(value: unknown, spell: SpellEnum): unknown {
  if (!isRecord(value)) return value;
  switch (knownValue(membersOf(value)[${quoted(camelCase(tag))}], [${tags}])) {
${cases.join("")}    default:
      return value;
  }
}`;
}

/** As the compiler wants an unused one to be called. */
const parameter = (name: string, code: string): string =>
  new RegExp(`\\b${name}\\b`).test(code) ? name : `_${name}`;

/** A member of a response, as source code. */
const field = (name: string): string => `fields[${quoted(name)}]`;

const quoted = (text: string): string => JSON.stringify(text);
