import { type Both, type Finding, found, type Place } from "./findings.ts";
import { ANYTHING, describe, type Shape } from "./shape.ts";

/** What is different between the types of two schemas, null being one. */
export function compareTypes({ before, after }: Both<Shape>, place: Place): readonly Finding[] {
  return [...compareOwnTypes({ before, after }, place), ...compareNull({ before, after }, place)];
}

function compareOwnTypes({ before, after }: Both<Shape>, place: Place): readonly Finding[] {
  if (before.options.length > 0 || after.options.length > 0) return [];
  const [old, fresh] = [typesIn(before, place), typesIn(after, place)];
  const isWider = fresh.some((type) => !old.includes(type));
  const isNarrower = old.some((type) => !fresh.includes(type));
  return typeFinding(place, isWider, isNarrower, { before, after });
}

/** All that may be there. In an answer all numbers are of one kind. */
function typesIn({ types }: Shape, { use }: Place): readonly string[] {
  const isSent = use === "parameter" || use === "request";
  if (!isSent) return types.map((type) => (type === "integer" ? "number" : type));
  return types.includes("number") ? [...types, "integer"] : types;
}

export function typeFinding(
  place: Place,
  isWider: boolean,
  isNarrower: boolean,
  { before, after }: Both<Shape>,
): readonly Finding[] {
  if (!isWider && !isNarrower) return [];
  const kind = isWider && isNarrower ? "type-changed" : isWider ? "type-widened" : "type-narrowed";
  return [found(kind, place, describe(before), describe(after))];
}

function compareNull({ before, after }: Both<Shape>, place: Place): readonly Finding[] {
  if (before.isNullable === after.isNullable || [before.types, after.types].includes(ANYTHING)) return [];
  return [found(after.isNullable ? "null-added" : "null-removed", place)];
}
