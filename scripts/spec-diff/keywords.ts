import { type Json, show, toJson } from "./document.ts";
import { changed, type Finding, type Place } from "./findings.ts";
import type { Kind } from "./rules.ts";

/** Without an effect on users. Whether the package can send a parameter is checked by the generator. */
const NOTED = new Set(["servers", "content", "deprecated", "in", "style", "explode", "allowReserved"]);

const LIMITS = new Set(["pattern", "format", "multipleOf", "uniqueItems", "readOnly", "writeOnly"]);

/** Compared elsewhere, or without a meaning for users. */
const IGNORED = new Set([
  ...["type", "nullable", "const", "enum", "properties", "required", "items", "additionalProperties"],
  ...["oneOf", "anyOf", "title", "summary", "description", "example", "examples", "$comment", "externalDocs"],
  ...["operationId", "x-release-stage", "tags", "parameters", "requestBody", "responses"],
]);

/** Compares the keywords of two schemas, or the members of two operations. */
export function compareKeywords(place: Place, before: Json, after: Json): readonly Finding[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)].filter((key) => !IGNORED.has(key)));
  return [...keys].flatMap((key) => {
    const kind = kindOf(key, before[key], after[key]);
    return changed(kind, place, keyword(key, before[key]), keyword(key, after[key]));
  });
}

function keyword(key: string, value: unknown): string {
  const said = show(key === "discriminator" ? toJson(value)["propertyName"] : value);
  return value === undefined ? "" : `${key}: ${said}`;
}

function kindOf(key: string, before: unknown, after: unknown): Kind {
  if (NOTED.has(key) || key.startsWith("x-")) return "noted";
  if (key === "default") return before === undefined || after === undefined ? "noted" : "tightened";
  const [, bound] = key.match(/^(min|max|exclusiveMin|exclusiveMax)/) ?? [];
  if (bound === undefined && !LIMITS.has(key)) return "unknown";
  const isLower = bound?.toLowerCase().endsWith("min");
  const isNearer = Number(after) > Number(before) === isLower || bound === undefined || before === undefined;
  return after !== undefined && isNearer ? "tightened" : "loosened";
}
