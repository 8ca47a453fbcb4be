import { isJson, show } from "./document.ts";
import { changed, type Finding, fieldOf, found, type Place } from "./findings.ts";
import { compareKeywords } from "./keywords.ts";
import { ANYTHING, describe, readSchema, type Schema } from "./schema.ts";
import { compareTexts } from "./texts.ts";
import { compareValues } from "./values.ts";
import { pairVariants, type Variant, variantsOf } from "./variants.ts";

/** Compares two schemas and what is in them. */
export function compareSchemas(before: Schema, after: Schema, place: Place): readonly Finding[] {
  const union = [after, before].find(({ options }) => options.length > 0);
  const { name, fields } = union ?? after;
  const pair = `${before.name} ${after.name}`;
  const at: Place = { ...place, name: name ?? place.name, within: [...place.within, pair] };
  const types = union ? [] : compareTypes(before, after, at);
  const own = [...types, ...compareNull(before, after, at)];
  const isRepeated = before.name && after.name && place.within.includes(pair);
  if (isRepeated || isOther(before, after, types)) return own;
  // An object with a name is known by it, any other schema by where it is.
  const isObject = union || Object.keys(fields).length > 0;
  const inside: Place = { ...at, label: (isObject ? name : undefined) ?? place.label };
  const isAlike = before.options.length > 0 === after.options.length > 0;
  const parts = isAlike ? compareParts(before, after, inside) : [];
  return [...own, ...parts, ...(union ? compareVariants(before, after, inside) : [])];
}

/** Whether there is no use in comparing what is in two schemas. */
const isOther = (before: Schema, after: Schema, types: readonly Finding[]): boolean =>
  types.some(({ kind }) => kind === "type-changed") ||
  (types.length > 0 && [before.types, after.types].includes(ANYTHING));

function compareParts(before: Schema, after: Schema, place: Place): readonly Finding[] {
  return [
    ...compareValues(place, before.values, after.values),
    ...compareKeywords(place, before.part, after.part),
    ...compareFields(before, after, place),
    ...compareInner(before, after, place, "items", "[]"),
    ...compareInner(before, after, place, "additionalProperties", ".*"),
    ...compareTexts(place, before.part, after.part),
  ];
}

function compareTypes(before: Schema, after: Schema, place: Place): readonly Finding[] {
  const [old, fresh] = [typesIn(before, place), typesIn(after, place)];
  const isWider = fresh.some((type) => !old.includes(type));
  const isNarrower = old.some((type) => !fresh.includes(type));
  return typeFindings(before, after, place, isWider, isNarrower);
}

/** In requests a number may be an integer; in responses they are the same to JavaScript. */
function typesIn({ types }: Schema, { use }: Place): readonly string[] {
  if (use === "request") return types.includes("number") ? [...types, "integer"] : types;
  return types.map((type) => (type === "integer" ? "number" : type));
}

function typeFindings(before: Schema, after: Schema, place: Place, isWider: boolean, isNarrower: boolean) {
  if (!isWider && !isNarrower) return [];
  const kind = isWider && isNarrower ? "type-changed" : isWider ? "type-widened" : "type-narrowed";
  return [found(kind, place, describe(before), describe(after))];
}

function compareNull(before: Schema, after: Schema, place: Place): readonly Finding[] {
  const isAnything = [before, after].some(({ types, options }) => types === ANYTHING && options.length === 0);
  const kind = after.isNullable ? "null-added" : "null-removed";
  return before.isNullable === after.isNullable || isAnything ? [] : [found(kind, place)];
}

function compareFields(before: Schema, after: Schema, place: Place): readonly Finding[] {
  const all = [before, after].flatMap(({ fields, required }) => [...Object.keys(fields), ...required]);
  return [...new Set(all)].flatMap((key) => {
    const at = fieldOf(place, key);
    const [old, fresh] = [before.fields[key], after.fields[key]];
    const [was, is] = [before.required.includes(key), after.required.includes(key)];
    if (old === undefined && fresh !== undefined)
      return [found(is ? "required-added" : "optional-added", at)];
    if (old !== undefined && fresh === undefined) return [found("field-removed", at)];
    const inside = compareSchemas(readSchema(before.document, old), readSchema(after.document, fresh), at);
    return was === is ? inside : [found(is ? "field-required" : "field-optional", at), ...inside];
  });
}

/** Compares what the items of an array, or the further fields of an object, are. */
function compareInner(before: Schema, after: Schema, place: Place, key: string, suffix: string) {
  const [old, fresh] = [before.part[key], after.part[key]];
  const at: Place = { ...place, label: `${place.label}${suffix}` };
  if (isJson(old) || isJson(fresh)) {
    return compareSchemas(readSchema(before.document, old), readSchema(after.document, fresh), at);
  }
  // Whether further fields are allowed does not matter: the package sends the fields of the spec only.
  const said = (value: unknown) => (value === undefined ? "" : `${key}: ${show(value)}`);
  return changed("noted", place, said(old), said(fresh));
}

function compareVariants(before: Schema, after: Schema, place: Place): readonly Finding[] {
  const tagField = after.tagField ?? before.tagField;
  const [old, fresh] = [variantsOf(before, tagField), variantsOf(after, tagField)];
  const pairs = pairVariants(old, fresh);
  const tags = tagField === undefined ? undefined : compareTags(old, fresh, fieldOf(place, tagField));
  const types = typeFindings(before, after, place, pairs.length < fresh.length, pairs.length < old.length);
  const inside = pairs.flatMap(([a, b]) =>
    compareSchemas(a.schema, b.schema, place).filter(({ kind, place: { label } }) => {
      const isOfTag = label === `${b.schema.name ?? place.label}.${tagField}`;
      return !(tags && isOfTag && kind.startsWith("enum-"));
    }),
  );
  return [...(tags ?? types), ...inside];
}

/** Compares the tags of variants as the values of one field; `undefined` where a variant has none. */
function compareTags(before: readonly Variant[], after: readonly Variant[], place: Place) {
  const [old, fresh] = [before, after].map((variants) => variants.flatMap(({ tag }) => tag ?? []));
  const hasAll = old?.length === before.length && fresh?.length === after.length;
  return hasAll ? compareValues(place, old, fresh) : undefined;
}
