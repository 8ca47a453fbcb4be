import { type Finding, found, type Place } from "./findings.ts";
import { type Json, keysOf, show } from "./json.ts";
import type { Kind } from "./rules.ts";

type Judge = (before: unknown, after: unknown) => Kind;

const isNumber = (value: unknown): value is number => typeof value === "number";

/** Less is allowed where the bound is new, or has come nearer. */
const bound =
  (isNearer: (before: number, after: number) => boolean): Judge =>
  (before, after) => {
    if (!isNumber(before) || !isNumber(after)) return exact(before, after);
    return isNearer(before, after) ? "constraint-tightened" : "constraint-loosened";
  };

const least = bound((before, after) => after > before);
const most = bound((before, after) => after < before);
const exact: Judge = (_, after) => (after === undefined ? "constraint-loosened" : "constraint-tightened");
const noted: Judge = () => "noted";

const KEYWORDS: Readonly<Record<string, Judge>> = {
  minLength: least,
  minimum: least,
  exclusiveMinimum: least,
  minItems: least,
  minProperties: least,
  maxLength: most,
  maximum: most,
  exclusiveMaximum: most,
  maxItems: most,
  maxProperties: most,
  pattern: exact,
  format: exact,
  multipleOf: exact,
  uniqueItems: exact,
  default: (before, after) => (before === undefined || after === undefined ? "noted" : "default-changed"),
  deprecated: noted,
  allowReserved: noted,
};

/** Compared by what they mean, or without a meaning for users. */
const COMPARED_ELSEWHERE = new Set([
  ...[
    "type",
    "nullable",
    "const",
    "enum",
    "properties",
    "required",
    "items",
    "additionalProperties",
    "oneOf",
    "anyOf",
    "discriminator",
  ],
  ...["in", "style", "explode"],
  ...["title", "summary", "description", "example", "examples", "$comment", "externalDocs"],
]);

/** What is different between the keywords of two schemas, each judged by its meaning. */
export function compareKeywords(place: Place, before: Json, after: Json): readonly Finding[] {
  const keys = keysOf(before, after).filter((key) => !COMPARED_ELSEWHERE.has(key));
  return keys.flatMap((key) => {
    const [old, fresh] = [sayKeyword(key, before[key]), sayKeyword(key, after[key])];
    if (old === fresh) return [];
    const judge = KEYWORDS[key] ?? (key.startsWith("x-") ? noted : () => "unknown" as const);
    return [found(judge(before[key], after[key]), place, old, fresh)];
  });
}

/** `maxLength: 5`, or nothing where there is none. */
export function sayKeyword(key: string, value: unknown): string {
  const said = show(value);
  return said === "" ? "" : `${key}: ${said}`;
}
