import { parse } from "yaml";

export type Json = null | boolean | number | string | readonly Json[] | Fields;

export interface Fields {
  readonly [key: string]: Json;
}

/** The parts of an OpenAPI document that these scripts know by name. */
export type Document = Fields & {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Fields>>;
  readonly components?: Readonly<Record<string, Fields>>;
};

export const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Reads an OpenAPI 3.0 or 3.1 document in YAML or JSON.
 *
 * @throws {Error} where the text is none, with `source` in the message.
 */
export function readDocument(text: string, source: string): Document {
  if (/^\s*<(!doctype|html|\?xml)/i.test(text)) {
    throw new Error(`${source} is a web page (it starts with "${text.trim().slice(0, 15)}").`);
  }
  const document = parseText(text, source);
  const version = isFields(document) ? document["openapi"] : undefined;
  if (typeof version !== "string" || !/^3\.[01]\.\d+$/.test(version)) {
    throw new Error(`${source} must say openapi: 3.0.x or 3.1.x, received ${JSON.stringify(version)}.`);
  }
  if (!hasParts(document)) throw new Error(`${source} must have an object for paths and for components.`);
  return document;
}

function parseText(text: string, source: string): unknown {
  try {
    // All JSON is YAML, too, but the parser of YAML needs seconds for a whole API.
    return text.trimStart().startsWith("{") ? JSON.parse(text) : parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split("\n")[0] : cause;
    throw new Error(`${source} is neither YAML nor JSON: ${reason}`, { cause });
  }
}

const hasParts = (document: unknown): document is Document =>
  isFields(document) &&
  isFieldsOfFields(document["paths"]) &&
  (document["components"] === undefined || isFieldsOfFields(document["components"]));

const isFieldsOfFields = (value: unknown): boolean => isFields(value) && Object.values(value).every(isFields);

/** The same value with each string replaced by what `map` returns for it. */
export function mapStrings(value: Json, map: (text: string) => string): Json {
  if (typeof value === "string") return map(value);
  if (Array.isArray(value)) return value.map((item) => mapStrings(item, map));
  return isFields(value) ? mapFields(value, (field) => mapStrings(field, map)) : value;
}

export const mapFields = (fields: Fields, map: (value: Json, key: string) => Json): Fields =>
  Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, map(value, key)]));
