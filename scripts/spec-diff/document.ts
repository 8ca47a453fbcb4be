import { isFields as isJson } from "../upstream/document.ts";

export { isJson };

/** A part of a document that has members. */
export type Json = Readonly<Record<string, unknown>>;

export const toJson = (value: unknown): Json => (isJson(value) ? value : {});

export const toList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** A value as text, whatever the order of its keys and without descriptions; empty for `undefined`. */
export function show(value: unknown): string {
  if (typeof value === "string") return value;
  return value === undefined ? "" : JSON.stringify(value, (_, part) => (isJson(part) ? inOrder(part) : part));
}

const inOrder = ({ description, ...part }: Json): Json =>
  Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));

export interface Resolved {
  readonly part: Json;
  /** The name of the schema that the part refers to. */
  readonly name: string | undefined;
}

/**
 * Follows the `$ref` of a part. Members beside the `$ref` override those of its target, except the description:
 * readers find both in the generated code, so the part has both.
 *
 * @throws {Error} where the target is missing, or in another document.
 */
export function resolve(document: Json, part: unknown): Resolved {
  const { $ref, ...members } = toJson(part);
  if (typeof $ref !== "string") return { part: members, name: undefined };
  const target = resolve(document, find(document, $ref));
  const name = $ref.match(/^#\/components\/schemas\/([^/]+)$/)?.[1] ?? target.name;
  const described = [members, target.part].flatMap(({ description }) => description ?? []);
  const description = described.length > 0 ? described.map(show).join(" ") : undefined;
  return {
    part: { ...target.part, ...members, ...(description === undefined ? {} : { description }) },
    name,
  };
}

function find(document: Json, ref: string): Json {
  const keys = decodeURIComponent(ref).split("/").slice(1);
  const plain = (key: string) => key.replaceAll("~1", "/").replaceAll("~0", "~");
  const target = keys.reduce<unknown>((part, key) => toJson(part)[plain(key)], document);
  if (!ref.startsWith("#/") || !isJson(target)) throw new Error(`There is no ${ref}`);
  return target;
}
