import { isFields, type Json } from "./document.ts";

/** The lists whose order means nothing. */
const UNORDERED = new Set([
  ...["allOf", "anyOf", "enum", "oneOf", "parameters", "required", "security", "tags", "type"],
]);
/** What holds data of the API, whose lists are in an order of their own. */
const DATA = new Set(["const", "default", "example", "examples"]);
/** What holds names of the API, which may be any of the above. */
const NAMES = new Set(["properties", "schemas"]);

/**
 * The same value in the order of an older version of it; what is new comes last, by name. The result does not depend
 * on the order of `value`.
 */
export const inOrderOf = (value: Json, older: Json | undefined): Json => order(value, older, "", "value");

function order(value: Json, older: Json | undefined, key: string, within: "value" | "names" | "data"): Json {
  if (isFields(value)) {
    const before = isFields(older) ? older : {};
    const keys = inOrder(Object.keys(value), Object.keys(before));
    return Object.fromEntries(
      keys.map((name) => [name, order(value[name] ?? null, before[name], name, kindOf(name, within))]),
    );
  }
  if (!Array.isArray(value)) return value;
  const before = Array.isArray(older) ? older : [];
  if (within === "data" || !UNORDERED.has(key)) {
    return value.map((item, index) => order(item, before[index], "", within));
  }
  const known = new Map(before.map((item) => [identityOf(item), item]));
  const items = new Map(value.map((item) => [identityOf(item), item]));
  return inOrder([...items.keys()], [...known.keys()]).map((id) =>
    order(items.get(id) ?? null, known.get(id), "", within),
  );
}

function kindOf(key: string, within: "value" | "names" | "data"): "value" | "names" | "data" {
  if (within === "data") return "data";
  if (within === "names") return "value";
  if (DATA.has(key)) return "data";
  return NAMES.has(key) ? "names" : "value";
}

/** By the order of `known`; others last, by name. */
function inOrder(names: readonly string[], known: readonly string[]): string[] {
  const others = names.filter((name) => !known.includes(name)).sort();
  return [...known.filter((name) => names.includes(name)), ...others];
}

/** What an item of a list is told apart by. */
function identityOf(item: Json): string {
  if (!isFields(item)) return JSON.stringify(item);
  if (item["in"] !== undefined) return `${item["in"]} ${item["name"]}`;
  return JSON.stringify(item["name"] ?? inOrderOf(item, undefined));
}
