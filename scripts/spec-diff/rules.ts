import type { Level } from "../changesets/step.ts";

/** Equal findings, reported together. */
interface Group {
  readonly name: string;
  /** The fields and the operations. */
  readonly what: string;
  readonly isMany: boolean;
  readonly isSent: boolean;
  readonly before: string;
  readonly after: string;
  readonly changes: readonly (readonly [before: string, after: string])[];
}

type Say = (group: Group) => string;

export interface Rule {
  /** The level for what users send, and for what they receive. */
  readonly sent: Level;
  readonly received: Level;
  readonly say: Say;
}

const rule = (sent: Level, received: Level, say: Say): Rule => ({ sent, received, say });
const breaking = (say: Say): Rule => rule("breaking", "breaking", say);
const addition = (say: Say): Rule => rule("addition", "addition", say);
const note = (say: Say): Rule => rule("note", "note", say);
const narrowed = (say: Say): Rule => rule("breaking", "note", say);
const widened = (say: Say): Rule => rule("addition", "breaking", say);

/** Text of a spec as code, so that none of it acts as Markdown. */
export function code(text: string): string {
  const line = text.replace(/\s+/g, " ").replaceAll("`", "'");
  return `\`${line.length > 300 ? `${line.slice(0, 300)}…` : line || '""'}\``;
}

const codes = (texts: string): string => texts.split(", ").map(code).join(", ");

const was = ({ isMany }: Group): string => (isMany ? "were" : "was");
const needed = ({ isSent }: Group): string => (isSent ? "required" : "always present");
const is = ({ isMany }: Group): string => (isMany ? "are" : "is");

function instead(verb: string, { before, after }: Group): string {
  if (before === "") return `now ${verb} ${code(after)}`;
  return after === ""
    ? `no longer ${verb} ${code(before)}`
    : `${verb} ${code(after)} instead of ${code(before)}`;
}

const has = (of: Group): string => `${of.what} ${instead(of.isMany ? "have" : "has", of)}.`;
const returns = (of: Group): string => `${of.what} ${instead(of.isMany ? "return" : "returns", of)}.`;
const changed = (of: Group): string =>
  `${of.what} changed from ${code(of.before || "none")} to ${code(of.after || "none")}.`;
const inEarlierVersions = ({ isSent }: Group): string =>
  isSent ? "" : "; earlier versions of the package return it in lower case";
const more = ({ changes }: Group): string =>
  changes.length > 1 ? `, and ${changes.length - 1} more differ` : "";
const renames = ({ changes }: Group): string =>
  changes.map(([before, after]) => `${code(before)} is now ${code(after)}`).join(", ");

const SPELLINGS =
  "The package understands both from servers, and gives its users the spelling of its spec, which must not change.";

/** The levels and the sentence of each kind of difference, in the order of the report. */
const rules = {
  "operation-removed": breaking((of) => `${of.what} (${code(of.before)}) was removed.`),
  "operation-added": addition((of) => `${of.what} (${code(of.after)}) is new.`),
  "stage-back": breaking((of) => `The release stage of ${changed(of)}`),
  "field-removed": breaking((of) => `${of.what} ${was(of)} removed.`),
  "required-added": rule("breaking", "addition", (of) => `${of.what} ${is(of)} new and ${needed(of)}.`),
  "optional-added": addition((of) => `${of.what} ${is(of)} new and optional.`),
  "field-required": narrowed((of) => `${of.what} ${is(of)} now ${needed(of)}.`),
  "field-optional": widened((of) => `${of.what} ${is(of)} now optional.`),
  "type-changed": breaking(changed),
  "type-narrowed": narrowed(changed),
  "type-widened": widened(changed),
  "null-removed": narrowed((of) => `${of.what} can no longer be null.`),
  "null-added": widened((of) => `${of.what} can now be null.`),
  "enum-replaced": breaking((of) => `${of.what} can be ${codes(of.after)} instead of ${codes(of.before)}.`),
  "enum-removed": narrowed((of) => `${of.what} can no longer be ${codes(of.before)}.`),
  "enum-added": addition((of) => `${of.what} can now also be ${codes(of.after)}${inEarlierVersions(of)}.`),
  "enum-closed": narrowed((of) => `${of.what} can now only be ${codes(of.after)}.`),
  "enum-opened": widened((of) => `${of.what} can now be other values than ${codes(of.before)}.`),
  tightened: narrowed(has),
  loosened: rule("addition", "note", has),
  unknown: breaking((of) => `${has(of)} Treated as breaking: \`spec-diff\` does not know this keyword.`),
  success: breaking(returns),
  "stage-forward": note((of) => `The release stage of ${changed(of)}`),
  respelled: note((of) => `Enum values have another spelling: ${renames(of)}. ${SPELLINGS}`),
  renamed: note((of) => `Operations have new names, without effect: ${renames(of)}.`),
  moved: note((of) => `${of.what} moved from ${code(of.before)} to ${code(of.after)}.`),
  status: note(returns),
  noted: note(has),
  documentation: note((of) => `The documentation of ${of.what} ${instead("says", of)}.`),
  example: note((of) => `An example of ${code(of.name)} (${of.what}) ${instead("says", of)}${more(of)}.`),
};

export type Kind = keyof typeof rules;
export const RULES: Readonly<Record<Kind, Rule>> = rules;

/** Reported together for one name, whatever their values. */
export const MERGED: readonly Kind[] = ["respelled", "renamed", "example"];
