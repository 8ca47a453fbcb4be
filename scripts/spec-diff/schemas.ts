import { type Both, type Finding, fieldOf, found, type Place, placeOf, type Walk } from "./findings.ts";
import { compareItems, compareMaps } from "./inner.ts";
import { type Json, toJson } from "./json.ts";
import { compareKeywords } from "./keywords.ts";
import { compareOptions } from "./options.ts";
import { compareWriting } from "./sending.ts";
import { asOptionOf, readShape, type Shape } from "./shape.ts";
import { compareTexts } from "./texts.ts";
import { compareTypes } from "./types.ts";
import { compareValues } from "./values.ts";

/** What is different between two schemas, at every depth. */
export function compareSchemas(
  documents: Both<Json>,
  schemas: Both<unknown>,
  place: Place,
): readonly Finding[] {
  const read = {
    before: readShape(documents.before, schemas.before),
    after: readShape(documents.after, schemas.after),
  };
  const shapes = {
    before: asOptionOf(read.after, read.before, documents.before),
    after: asOptionOf(read.before, read.after, documents.after),
  };
  const names = [read.before.name, read.after.name];
  const pair = names.join(" ");
  const within = names.includes(undefined) ? place.within : [...place.within, pair];
  const at: Place = { ...place, name: shapes.after.name ?? place.name, within };
  const types = compareTypes(shapes, at);
  // What is in a schema that holds itself is told already, and nothing that is said of one type holds for another.
  if (place.within.includes(pair) || types.some(({ kind }) => kind === "type-changed")) return types;
  const walk: Walk = (inner, innerPlace) => compareSchemas(documents, inner, innerPlace);
  return [
    ...types,
    ...compareNames(documents, shapes),
    ...COMPARERS.flatMap((compare) => compare(shapes, { ...at, label: labelOf(shapes, at) }, walk)),
  ];
}

const COMPARERS: readonly ((shapes: Both<Shape>, place: Place, walk: Walk) => readonly Finding[])[] = [
  ({ before, after }, place) => compareValues(place, before.values, after.values),
  ({ before, after }, place) => compareKeywords(place, before.part, after.part),
  compareWriting,
  compareFields,
  compareItems,
  compareMaps,
  compareOptions,
  ({ before, after }, place) => compareTexts(place, before.part, after.part),
];

/** A named schema with fields is known by its name, any other by where it is. */
function labelOf({ before, after }: Both<Shape>, { label }: Place): string {
  const hasFields = [before, after].some(
    ({ fields, options }) => Object.keys(fields).length + options.length > 0,
  );
  return (hasFields ? (after.name ?? before.name) : undefined) ?? label;
}

/** A schema under another name, where each name is in one of the documents only. */
function compareNames(documents: Both<Json>, { before, after }: Both<Shape>): readonly Finding[] {
  if (!before.name || !after.name || before.name === after.name) return [];
  const has = (document: Json, name: string) => name in toJson(toJson(document["components"])["schemas"]);
  if (has(documents.after, before.name) || has(documents.before, after.name)) return [];
  return [found("renamed", { ...placeOf("", "operation"), name: "Schemas" }, before.name, after.name)];
}

function compareFields({ before, after }: Both<Shape>, place: Place, walk: Walk): readonly Finding[] {
  const keys = new Set(
    [before, after].flatMap(({ fields, required }) => [...Object.keys(fields), ...required]),
  );
  return [...keys].flatMap((key) => {
    const at = fieldOf(place, key);
    const [was, is] = [before.required.includes(key), after.required.includes(key)];
    const inner = { before: before.fields[key], after: after.fields[key] };
    if (inner.before === undefined && inner.after !== undefined) {
      return [found(is ? "required-field-added" : "field-added", at)];
    }
    if (inner.before !== undefined && inner.after === undefined) return [found("field-removed", at)];
    const change = was === is ? [] : [found(is ? "field-required" : "field-optional", at)];
    return inner.before === undefined ? change : [...change, ...walk(inner, at)];
  });
}
