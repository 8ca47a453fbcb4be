import { compareAnswers } from "./answers.ts";
import { asFields, compareBodies } from "./bodies.ts";
import { resolve } from "./document.ts";
import { type Both, type Finding, found, type Place, placeOf } from "./findings.ts";
import { type Json, show, toJson, toList, without } from "./json.ts";
import { compareKeywords } from "./keywords.ts";
import { type Operation, operationsOf, pairOperations, parametersAsNamedIn } from "./operations.ts";
import type { Kind } from "./rules.ts";
import { compareSchemas } from "./schemas.ts";
import { compareTexts } from "./texts.ts";

const STAGE = "x-release-stage";
const STAGES = ["alpha", "beta", "stable"];

/** What is not compared as a keyword of the operation. */
const PARTS = ["operationId", STAGE, "tags", "parameters", "requestBody", "responses", "security"];

/** Everything that is different between two versions of the spec, place by place. */
export function compareDocuments(documents: Both<Json>): readonly Finding[] {
  const { both, gone, come } = pairOperations(operationsOf(documents.before), operationsOf(documents.after));
  return [
    ...gone.map(({ name, route }) => found("operation-removed", placeOf(name, "operation"), route)),
    ...come.map(({ name, route }) => found("operation-added", placeOf(name, "operation"), "", route)),
    ...both.flatMap((pair) => compareOperations(documents, pair)),
    ...compareServers(documents),
  ];
}

function compareServers({ before, after }: Both<Json>): readonly Finding[] {
  const said = ({ servers }: Json) =>
    toList(servers).map((server) => show(without(toJson(server), "description")));
  const [old, fresh] = [said(before), said(after)];
  const place = placeOf("", "operation", "servers");
  return [
    ...old.filter((server) => !fresh.includes(server)).map((server) => found("noted", place, server)),
    ...fresh.filter((server) => !old.includes(server)).map((server) => found("noted", place, "", server)),
  ];
}

function compareOperations(documents: Both<Json>, { before, after }: Both<Operation>): readonly Finding[] {
  const place = placeOf(after.name, "operation");
  const entries = { before: before.entry, after: after.entry };
  return [
    ...compareNames({ before, after }, place),
    ...compareStages(entries, place),
    ...compareSecurity(documents, entries, place),
    ...compareKeywords(place, without(before.entry, ...PARTS), without(after.entry, ...PARTS)),
    ...compareTexts(place, before.entry, after.entry),
    ...compareParameters(documents, { before, after }),
    ...compareBodies(documents, requestsOf(documents, entries), placeOf(after.name, "request")),
    ...compareAnswers(documents, entries, after.name),
  ];
}

const requestsOf = (documents: Both<Json>, { before, after }: Both<Json>): Both<Json> => ({
  before: resolve(documents.before, before["requestBody"]).part,
  after: resolve(documents.after, after["requestBody"]).part,
});

function compareNames({ before, after }: Both<Operation>, place: Place): readonly Finding[] {
  const renamed = found("renamed", { ...place, name: "Operations" }, before.name, after.name);
  const moved = found("operation-moved", place, before.route, after.route);
  return [
    ...(before.name === after.name ? [] : [renamed]),
    ...(before.target === after.target ? [] : [moved]),
  ];
}

function compareStages({ before, after }: Both<Json>, place: Place): readonly Finding[] {
  const [old, fresh] = [show(before[STAGE]), show(after[STAGE])];
  if (old === fresh) return [];
  return [found(kindOfStage(old, fresh), { ...place, name: "" }, old, fresh)];
}

function kindOfStage(old: string, fresh: string): Kind {
  if (fresh === "") return "stage-removed";
  if (old === "") return "stage-added";
  return STAGES.indexOf(fresh) < STAGES.indexOf(old) ? "stage-back" : "stage-forward";
}

function compareSecurity(documents: Both<Json>, entries: Both<Json>, place: Place): readonly Finding[] {
  const [before, after] = [
    securityOf(documents.before, entries.before),
    securityOf(documents.after, entries.after),
  ];
  return before === after ? [] : [found("security", { ...place, name: "" }, before, after)];
}

/** The credentials that an operation asks for, one way or another. */
function securityOf(document: Json, entry: Json): string {
  const schemes = toJson(toJson(document["components"])["securitySchemes"]);
  const ways = toList(entry["security"] ?? document["security"]).map((way) =>
    Object.entries(toJson(way)).map(([name, scopes]) => {
      const { part } = resolve(document, schemes[name]);
      return [without(part, "description"), scopes];
    }),
  );
  return show(ways);
}

function compareParameters(documents: Both<Json>, { before, after }: Both<Operation>): readonly Finding[] {
  const schemas = {
    before: asFields(parametersAsNamedIn(after, before)),
    after: asFields(after.parameters),
  };
  return compareSchemas(documents, schemas, placeOf(after.name, "parameter"));
}
