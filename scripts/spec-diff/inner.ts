import { type Both, type Finding, found, type Place, type Walk } from "./findings.ts";
import { isJson, type Json, show, toJson } from "./json.ts";
import type { Shape } from "./shape.ts";

/** What is different between the items of two lists. */
export function compareItems({ before, after }: Both<Shape>, place: Place, walk: Walk): readonly Finding[] {
  const inner = { before: before.part["items"] ?? true, after: after.part["items"] ?? true };
  return compareInner(inner, { ...place, label: `${place.label}[]` }, walk);
}

/**
 * What is different between the values of two maps. Whether a schema allows further fields without saying what they
 * hold is of no moment to the package, which sends those that it knows.
 */
export function compareMaps({ before, after }: Both<Shape>, place: Place, walk: Walk): readonly Finding[] {
  const inner = { before: additionalIn(before.part), after: additionalIn(after.part) };
  if (isJson(inner.before) || isJson(inner.after)) {
    return compareInner(inner, { ...place, label: `${place.label}.*` }, walk);
  }
  if (inner.before === inner.after) return [];
  const say = (isAllowed: unknown) => `additionalProperties: ${show(isAllowed)}`;
  return [found("noted", place, say(inner.before), say(inner.after))];
}

const additionalIn = (part: Json): unknown => part["additionalProperties"] ?? true;

/** Of schemas where `true` is anything and `false` nothing. */
function compareInner({ before, after }: Both<unknown>, place: Place, walk: Walk): readonly Finding[] {
  if (show(before) === show(after) && !isJson(before)) return [];
  if (isJson(before) && isJson(after)) return walk({ before, after }, place);
  const kind = before === false || after === true ? "type-widened" : "type-narrowed";
  return [found(kind, place, refer(before), refer(after))];
}

/** A schema in a word, unread. */
function refer(schema: unknown): string {
  if (!isJson(schema)) return schema === false ? "nothing" : "anything";
  return toJson(schema)["$ref"] ? show(schema["$ref"]).replace(/.*\//, "") : show(schema["type"] ?? schema);
}
