import { compareDocuments } from "./compare.ts";
import type { Both, Finding, Use } from "./findings.ts";
import type { Json } from "./json.ts";
import { operationsOf } from "./operations.ts";
import { code, type Group, type Kind, type Level, RULES, type Rule } from "./rules.ts";

/** What is different between two versions of the spec, told once for all places where it is. */
export interface Change {
  readonly level: Level;
  readonly kind: Kind;
  readonly sentence: string;
  readonly use: Use;
  readonly operations: readonly string[];
  readonly fields: readonly string[];
  readonly values: readonly Both<string>[];
}

const LEVELS: readonly Level[] = ["breaking", "addition", "note"];
const KINDS = Object.keys(RULES);

/** The changes from one version of the spec to another, the gravest first. */
export function changesBetween(documents: Both<Json>): readonly Change[] {
  const total = operationsOf(documents.after).length;
  const groups = Map.groupBy(compareDocuments(documents), groupOf);
  const changes = [...groups.values()].map((findings) => toChange(findings, total));
  return changes.sort(
    (a, b) =>
      LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) ||
      KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) ||
      (a.sentence < b.sentence ? -1 : 1),
  );
}

const ruleOf = (kind: Kind): Rule => RULES[kind];

/** Findings of one group are one change. */
function groupOf({ kind, place, before, after }: Finding): string {
  const values = ruleOf(kind).isOne ? [] : [before, after];
  return JSON.stringify([kind, place.use, place.name, ...values]);
}

function toChange(findings: readonly Finding[], total: number): Change {
  const [first] = findings;
  if (!first) throw new Error("A change without a finding");
  const { kind, place } = first;
  const operations = unique(findings.map((finding) => finding.place.operation));
  const fields = unique(findings.map((finding) => finding.place.label));
  const values = unique(findings.map(({ before, after }) => JSON.stringify([before, after]))).map(toValues);
  const [told = { before: "", after: "" }] = values;
  const group: Group = {
    name: place.name,
    what: whatOf(fields, place.use, operations.length === total && total > 1 ? [] : operations),
    isMany: (fields.length || operations.length) > 1,
    isSent: isSent(place.use),
    ...told,
    values,
  };
  return {
    level: levelOf(kind, place.use),
    kind,
    sentence: ruleOf(kind).say(group),
    use: place.use,
    operations,
    fields,
    values,
  };
}

const unique = (texts: readonly string[]): readonly string[] =>
  [...new Set(texts)].filter((text) => text !== "").sort();

function toValues(text: string): Both<string> {
  const [before, after]: readonly string[] = JSON.parse(text);
  return { before: before ?? "", after: after ?? "" };
}

const isSent = (use: Use): boolean => use === "parameter" || use === "request";

function levelOf(kind: Kind, use: Use): Level {
  // The package takes any error for what it is, and knows only one header.
  if (use === "error" || use === "header") return "note";
  const { level } = ruleOf(kind);
  return typeof level === "string" ? level : isSent(use) ? level.sent : level.received;
}

const WHERE: Readonly<Record<Use, string>> = {
  operation: "of",
  parameter: "parameter of",
  request: "in requests of",
  response: "in answers of",
  header: "header in answers of",
  error: "in errors of",
};

/** `User.status` (in answers of `users_list`); no operations are all of them. */
function whatOf(fields: readonly string[], use: Use, operations: readonly string[]): string {
  const where = operations.length > 0 ? operations.map(code).join(", ") : "every operation";
  if (fields.length === 0) return where;
  return `${fields.map(code).join(", ")} (${WHERE[use]} ${where})`;
}
