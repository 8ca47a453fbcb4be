import { parse } from "yaml";
import { isJson, type Json, toJson, toList, without } from "./json.ts";

/** A part of a document, and the name of the component that it is. */
interface Resolved {
  readonly part: Json;
  readonly name: string | undefined;
}

/**
 * An OpenAPI document in YAML or JSON.
 *
 * @throws {Error} where it is none, by its file's name.
 */
export function readDocument(text: string, file: string): Json {
  const document: unknown = parse(text);
  if (!isJson(document) || !isJson(document["paths"])) throw new Error(`${file}: no OpenAPI document`);
  return document;
}

/**
 * A part with its `$ref` followed. What stands beside the `$ref` goes before what it leads to.
 *
 * @throws {Error} where it leads to nothing, or out of the document.
 */
export function resolve(document: Json, part: unknown): Resolved {
  const fields = toJson(part);
  const ref = fields["$ref"];
  if (typeof ref !== "string") return { part: fields, name: undefined };
  const target = resolve(document, find(document, ref));
  return {
    part: { ...target.part, ...without(fields, "$ref") },
    name: ref.match(/^#\/components\/schemas\/([^/]+)$/)?.[1] ?? target.name,
  };
}

function find(document: Json, ref: string): Json {
  const keys = decodeURIComponent(ref).split("/").slice(1);
  const plain = (key: string) => key.replaceAll("~1", "/").replaceAll("~0", "~");
  const found = keys.reduce<unknown>((part, key) => toJson(part)[plain(key)], document);
  if (!ref.startsWith("#/") || !isJson(found)) throw new Error(`There is no ${ref}`);
  return found;
}

/** A schema with its `$ref` followed and its `allOf` made one. */
export function flatten(document: Json, schema: unknown): Resolved {
  const { part, name } = resolve(document, schema);
  const parts = toList(part["allOf"]).map((one) => flatten(document, one).part);
  return { part: [...parts, without(part, "allOf")].reduce(merge, {}), name };
}

const merge = (a: Json, b: Json): Json => ({
  ...a,
  ...b,
  ...(a["properties"] && b["properties"] ? { properties: mergeFields(a, b) } : {}),
  ...(a["required"] && b["required"]
    ? { required: [...toList(a["required"]), ...toList(b["required"])] }
    : {}),
});

function mergeFields(a: Json, b: Json): Json {
  const [before, after] = [toJson(a["properties"]), toJson(b["properties"])];
  const both = Object.keys(before).filter((key) => key in after);
  const twice = both.map((key) => [key, { allOf: [before[key], after[key]] }] as const);
  return { ...before, ...after, ...Object.fromEntries(twice) };
}
