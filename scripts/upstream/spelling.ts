import { type Document, isFields, type Json, mapFields, mapStrings } from "./document.ts";

const SCREAMING = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/;

/**
 * The document with its enum values as we spell them: in lower case, or as `exceptions` say. They are replaced in
 * schemas, in discriminators, in examples, and as words of descriptions. What an overlay cannot say: it would have
 * to know values that are not there yet.
 */
export function respell(document: Document, exceptions: Readonly<Record<string, string>>): Document {
  const values = new Set(enumValuesIn(document));
  const spell = (value: string): string =>
    values.has(value) ? (exceptions[value] ?? value.toLowerCase()) : value;
  return toOurs(document, spell) as Document;
}

function toOurs(part: Json, spell: (value: string) => string): Json {
  if (typeof part === "string") return spell(part);
  if (Array.isArray(part)) return part.map((item) => toOurs(item, spell));
  if (!isFields(part)) return part;
  const fields = mapFields(part, (value, key) => {
    if (key === "mapping" && isFields(value)) return spellKeys(value, spell);
    if (key !== "description" && key !== "summary") return toOurs(value, spell);
    return typeof value === "string" ? value.replace(/\w+/g, spell) : toOurs(value, spell);
  });
  return toConst(fields);
}

const spellKeys = (fields: Readonly<Record<string, Json>>, spell: (value: string) => string): Json =>
  Object.fromEntries(Object.entries(fields).map(([key, value]) => [spell(key), value]));

/** An enum of one value is a `const`, which OpenAPI 3.0 does not have; the generator tells variants apart by it. */
function toConst(fields: Readonly<Record<string, Json>>): Json {
  const { enum: values } = fields;
  if (!Array.isArray(values) || values.length !== 1 || typeof values[0] !== "string") return fields;
  const entries = Object.entries(fields).map(([key, value]) =>
    key === "enum" ? ["const", values[0] ?? null] : [key, value],
  );
  return Object.fromEntries(entries);
}

/** The values of all enums that are in SCREAMING_SNAKE_CASE. */
function enumValuesIn(part: Json): string[] {
  if (Array.isArray(part)) return part.flatMap(enumValuesIn);
  if (!isFields(part)) return [];
  const own: string[] = [];
  mapStrings([part["enum"] ?? [], part["const"] ?? []], (text) => {
    if (SCREAMING.test(text)) own.push(text);
    return text;
  });
  return [...own, ...Object.values(part).flatMap(enumValuesIn)];
}
