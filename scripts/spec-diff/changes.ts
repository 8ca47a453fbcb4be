import type { Level } from "../changesets/step.ts";
import { compareDocuments } from "./compare.ts";
import type { Json } from "./document.ts";
import type { Finding, Use } from "./findings.ts";
import { operationsOf } from "./operations.ts";
import { code, MERGED, RULES } from "./rules.ts";

/** A difference between two versions of the spec, for all the places where it is. */
export interface Change {
  readonly level: Level;
  readonly sentence: string;
}

export const LEVELS: readonly Level[] = ["breaking", "addition", "note"];
const KINDS = Object.keys(RULES);

/** The changes between two versions of the spec, breaking ones first. */
export function changesBetween(before: Json, after: Json): readonly Change[] {
  const total = operationsOf(after).length;
  const findings = compareDocuments(before, after).toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
  const groups = [...Map.groupBy(findings, keyOf).values()];
  const changes = KINDS.flatMap((kind) =>
    groups.filter(([first]) => first?.kind === kind).map((group) => toChange(group, total)),
  );
  return LEVELS.flatMap((level) => changes.filter((change) => change.level === level));
}

/** So that the order of a document makes no difference. */
const orderOf = ({ place, before, after }: Finding): string =>
  JSON.stringify([place.use, place.name, place.operation, place.label, before, after]);

/** Findings with the same key are one change. */
function keyOf({ kind, place, before, after }: Finding): string {
  const values = MERGED.includes(kind) ? [] : [before, after];
  return JSON.stringify([kind, place.use, place.name, ...values]);
}

function toChange(findings: readonly Finding[], total: number): Change {
  const [first] = findings;
  if (!first) throw new Error("A change without a finding");
  const { kind, place, before, after } = first;
  const operations = unique(findings.map((finding) => finding.place.operation));
  const labels = unique(findings.map((finding) => finding.place.label));
  const texts = unique(findings.map((finding) => JSON.stringify([finding.before, finding.after])));
  const isSent = place.use === "request";
  const { sent, received, say } = RULES[kind];
  const sentence = say({
    ...{ name: place.name, before, after, isSent },
    what: whatOf(labels, place.use, operations.length === total && total > 1 ? [] : operations),
    isMany: (labels.length || operations.length) > 1,
    changes: texts.map((text): [string, string] => JSON.parse(text)),
  });
  // The package accepts any body of an error.
  const level = place.use === "error" ? "note" : isSent ? sent : received;
  return { level, sentence: `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}` };
}

const unique = (texts: readonly string[]): readonly string[] =>
  [...new Set(texts)].filter((text) => text !== "").sort();

const WHERE: Readonly<Record<Use, string>> = {
  operation: "of",
  request: "in requests of",
  response: "in responses of",
  error: "in errors of",
};

/** `User.status` (in responses of `users_list`); no operations are all of them. */
function whatOf(labels: readonly string[], use: Use, operations: readonly string[]): string {
  const where = operations.length > 0 ? operations.map(code).join(", ") : "every operation";
  return labels.length === 0 ? where : `${labels.map(code).join(", ")} (${WHERE[use]} ${where})`;
}
