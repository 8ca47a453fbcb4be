import { type Json, show, toJson } from "./document.ts";
import { changed, type Finding, found, type Place, placeOf } from "./findings.ts";
import { compareKeywords } from "./keywords.ts";
import { type Operation, operationsOf, pairOperations } from "./operations.ts";
import type { Kind } from "./rules.ts";
import type { Schema } from "./schema.ts";
import { compareSchemas } from "./schemas.ts";
import { compareTexts } from "./texts.ts";

const STAGE = "x-release-stage";
const STAGES = ["", "alpha", "beta", "stable"];
const TEXTS: readonly Kind[] = ["documentation", "example"];

/** Every difference between two versions of the spec, place by place. */
export function compareDocuments(before: Json, after: Json): readonly Finding[] {
  const [old, fresh] = [operationsOf(before), operationsOf(after)];
  const pairs = pairOperations(old, fresh);
  const isSingle = (operation: Operation) => !pairs.some((pair) => pair.includes(operation));
  const placeOfOne = ({ name }: Operation) => placeOf(name, "operation");
  return [
    ...old.filter(isSingle).map((one) => found("operation-removed", placeOfOne(one), one.route)),
    ...fresh.filter(isSingle).map((one) => found("operation-added", placeOfOne(one), "", one.route)),
    ...pairs.flatMap(([was, is]) => compareOperations(was, is)),
    ...compareKeywords(placeOf("", "operation"), sharedOf(before), sharedOf(after)),
  ];
}

/** What a document says for all its operations. */
function sharedOf({ servers, security, components }: Json): Json {
  return { servers, security, securitySchemes: toJson(components)["securitySchemes"] };
}

function compareOperations(before: Operation, after: Operation): readonly Finding[] {
  const place = placeOf(after.name, "operation");
  return [
    ...compareIdentities(before, after, place),
    ...compareKeywords(place, before.entry, after.entry),
    ...compareTexts(place, before.entry, after.entry),
    ...compareSchemas(before.request, after.request, placeOf(after.name, "request")),
    ...compareResponses(before, after, place),
  ];
}

function compareIdentities(before: Operation, after: Operation, place: Place): readonly Finding[] {
  const [old, fresh] = [show(before.entry[STAGE]), show(after.entry[STAGE])];
  const stage = STAGES.indexOf(fresh) < STAGES.indexOf(old) ? "stage-back" : "stage-forward";
  const route = before.target === after.target ? after.route : before.route;
  return [
    ...changed("renamed", { ...place, label: "", name: "renamed" }, before.name, after.name),
    ...changed("moved", place, route, after.route),
    ...changed(stage, place, old, fresh),
  ];
}

function compareResponses(before: Operation, after: Operation, place: Place): readonly Finding[] {
  const removed = [...before.responses].filter(([status]) => !after.responses.has(status));
  const added = [...after.responses].filter(([status]) => !before.responses.has(status));
  return [
    ...removed.map((response) => found(kindOf(response, after), place, response[0])),
    ...added.map((response) => found(kindOf(response, before), place, "", response[0])),
    ...[...before.responses].flatMap(([status, old]) => {
      const fresh = after.responses.get(status);
      const use = isSuccess(status) ? "response" : "error";
      return fresh ? compareSchemas(old, fresh, placeOf(after.name, use, status)) : [];
    }),
  ];
}

const isSuccess = (status: string): boolean => status.startsWith("2");

/** Callers do not see the status of a success, so only a success with another body is new to them. */
function kindOf([status, schema]: readonly [string, Schema], others: Operation): Kind {
  const isKnown = [...others.responses].some(([other, body]) => isSuccess(other) && isSame(schema, body));
  return isSuccess(status) && !isKnown ? "success" : "status";
}

const isSame = (a: Schema, b: Schema): boolean =>
  compareSchemas(a, b, placeOf("", "response")).every(({ kind }) => TEXTS.includes(kind));
