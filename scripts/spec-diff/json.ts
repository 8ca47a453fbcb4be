/** Any part of a document that holds fields. */
export type Json = Readonly<Record<string, unknown>>;

export const isJson = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const toJson = (value: unknown): Json => (isJson(value) ? value : {});

export const toList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export const toText = (value: unknown): string => (typeof value === "string" ? value : "");

/** Without some of its fields. */
export const without = (fields: Json, ...keys: readonly string[]): Json =>
  Object.fromEntries(Object.entries(fields).filter(([key]) => !keys.includes(key)));

/** The keys of either, each once. */
export const keysOf = (a: object, b: object): readonly string[] => [
  ...new Set([...Object.keys(a), ...Object.keys(b)]),
];

/** A value as text, the same for every order of its keys; nothing for what is not there. */
export function show(value: unknown): string {
  if (typeof value === "string") return value;
  return value === undefined ? "" : JSON.stringify(inOrder(value));
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (!isJson(value)) return value;
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map((key) => [key, inOrder(value[key])]));
}

/** Every value of a part that holds no others, by its path. */
export function leavesOf(part: unknown, path = ""): readonly (readonly [string, unknown])[] {
  if (typeof part !== "object" || part === null) return [[path, part]];
  return Object.entries(part).flatMap(([key, value]) => leavesOf(value, path ? `${path}.${key}` : key));
}
