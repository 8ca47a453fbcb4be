import { isDeepStrictEqual } from "node:util";
import { type Document, type Fields, isFields, type Json, mapStrings } from "./document.ts";

/** Schemas of the vendor's that are one of ours. */
export interface SchemaName {
  readonly from: readonly string[];
  readonly to: string;
}

const refTo = (name: string): string => `#/components/schemas/${name}`;

/**
 * Gives schemas our names. Where several have one name, those that differ from the first in more than descriptions
 * keep the vendor's.
 */
export function renameSchemas(document: Document, names: readonly SchemaName[]): Document {
  return names.reduce(rename, document);
}

function rename(document: Document, { from, to }: SchemaName): Document {
  const schemas = document.components?.["schemas"] ?? {};
  const [first = "", ...others] = from;
  const schema = schemas[first];
  if (schema === undefined)
    throw new Error(`overlay.yaml names a schema ${first}, which upstream.yaml does not have.`);
  if (to in schemas && !from.includes(to)) throw new Error(`upstream.yaml has a schema ${to} of its own.`);
  const same = others.filter((name) => isDeepStrictEqual(bare(schemas[name] ?? null), bare(schema)));
  const renamed = new Set([first, ...same]);
  const kept = Object.entries(schemas).flatMap(([name, value]) =>
    name === first ? [[to, value] as const] : renamed.has(name) ? [] : [[name, value] as const],
  );
  const refs = new Set([...renamed].map(refTo));
  const result: Fields = {
    ...document,
    components: { ...document.components, schemas: Object.fromEntries(kept) },
  };
  return mapStrings(result, (text) => (refs.has(text) ? refTo(to) : text)) as Document;
}

/** A schema without what only people read. */
function bare(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(bare);
  if (!isFields(schema)) return schema;
  const fields = Object.entries(schema).filter(
    ([key, value]) => typeof value !== "string" || !["description", "title"].includes(key),
  );
  return Object.fromEntries(fields.map(([key, value]) => [key, bare(value)]));
}
