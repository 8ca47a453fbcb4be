/** What a change asks of those who use the package: to change their code, nothing, or to know of it. */
export type Level = "breaking" | "addition" | "note";

/** What findings of one kind, that are told together, have in common. */
export interface Group {
  readonly name: string;
  /** Fields and operations, as they are told. */
  readonly what: string;
  readonly isMany: boolean;
  readonly isSent: boolean;
  readonly before: string;
  readonly after: string;
  /** Of all of them. */
  readonly values: readonly { readonly before: string; readonly after: string }[];
}

export interface Rule {
  /** One for what is sent and one for what is received, where those differ. Of headers and errors all are notes. */
  readonly level: Level | { readonly sent: Level; readonly received: Level };
  readonly say: (group: Group) => string;
  /** All findings of one name are one change, whatever they were before and after. */
  readonly isOne?: true;
}

const NARROWED = { sent: "breaking", received: "note" } as const;
const WIDENED = { sent: "addition", received: "breaking" } as const;

/** Text of a spec stands in code only, where Markdown means nothing. */
export function code(text: string): string {
  const line = text.replace(/\s+/g, " ").replaceAll("`", "'");
  return `\`${line.length > 300 ? `${line.slice(0, 300)}…` : line || '""'}\``;
}

const codes = (texts: string): string => texts.split(", ").map(code).join(", ");

const are = ({ isMany }: Group): string => (isMany ? "are" : "is");

function have({ isMany, before, after }: Group): string {
  const verb = isMany ? "have" : "has";
  if (before === "") return `${verb} ${code(after)} now`;
  return after === ""
    ? `${verb} ${code(before)} no more`
    : `${verb} ${code(after)} instead of ${code(before)}`;
}

function says({ before, after }: Group): string {
  if (before === "") return `says ${code(after)} now`;
  return after === ""
    ? `does not say ${code(before)} any more`
    : `says ${code(after)} instead of ${code(before)}`;
}

const turned = ({ values }: Group): string =>
  values.map(({ before, after }) => `${code(before)} is ${code(after)}`).join(", ");

/** How each kind of finding is classed and told. The order is that of the report. */
export const RULES = {
  "operation-removed": { level: "breaking", say: ({ what, before }) => `${what} (${code(before)}) is gone.` },
  "operation-added": { level: "addition", say: ({ what, after }) => `${what} (${code(after)}) is new.` },
  "stage-removed": {
    level: "breaking",
    say: ({ what, isMany, before }) =>
      `${what} ${isMany ? "have" : "has"} no \`x-release-stage\` any more, and had ${code(before)}: nothing is promised.`,
  },
  "stage-added": {
    level: "note",
    say: (of) => `${of.what} ${are(of)} ${code(of.after)}, and had no \`x-release-stage\`.`,
  },
  "stage-back": {
    level: "breaking",
    say: (of) => `${of.what} ${are(of)} ${code(of.after)} instead of ${code(of.before)}: less is promised.`,
  },
  "stage-forward": {
    level: "note",
    say: (of) => `${of.what} ${are(of)} ${code(of.after)} instead of ${code(of.before)}.`,
  },
  security: { level: "breaking", say: ({ what }) => `Other credentials are needed for ${what}.` },
  "field-removed": { level: "breaking", say: (of) => `${of.what} ${are(of)} gone.` },
  "required-field-added": {
    level: { sent: "breaking", received: "addition" },
    say: (of) => `${of.what} ${are(of)} new${of.isSent ? " and required" : ""}.`,
  },
  "field-added": { level: "addition", say: (of) => `${of.what} ${are(of)} new and optional.` },
  "field-required": {
    level: NARROWED,
    say: (of) => `${of.what} ${are(of)} ${of.isSent ? "required now" : "never missing any more"}.`,
  },
  "field-optional": {
    level: WIDENED,
    say: ({ what, isSent }) => `${what} ${isSent ? "can be left out" : "may be missing"} now.`,
  },
  "type-changed": {
    level: "breaking",
    say: (of) => `${of.what} ${are(of)} ${code(of.after)} instead of ${code(of.before)}.`,
  },
  "type-narrowed": {
    level: NARROWED,
    say: (of) => `${of.what} ${are(of)} ${code(of.after)} only, instead of ${code(of.before)}.`,
  },
  "type-widened": {
    level: WIDENED,
    say: ({ what, isSent, before, after }) =>
      `${what} ${isSent ? "can" : "may"} be ${code(after)} now, instead of ${code(before)}.`,
  },
  "null-removed": {
    level: NARROWED,
    say: ({ what, isSent }) => `${what} ${isSent ? "must" : "will"} not be null any more.`,
  },
  "null-added": {
    level: WIDENED,
    say: ({ what, isSent }) => `${what} ${isSent ? "can" : "may"} be null now.`,
  },
  "enum-replaced": {
    level: "breaking",
    say: ({ what, isSent, before, after }) =>
      `${what} ${isSent ? "can" : "may"} be ${codes(after)} instead of ${codes(before)}.`,
  },
  "enum-removed": {
    level: NARROWED,
    say: ({ what, before, isSent }) =>
      `${what} ${isSent ? "must" : "will"} not be ${codes(before)} any more.`,
  },
  "enum-added": {
    level: "addition",
    say: ({ what, after, isSent }) =>
      isSent
        ? `${what} can be ${codes(after)} as well.`
        : `${what} may be ${codes(after)} as well, which earlier versions of the package give in lower case.`,
  },
  "enum-closed": { level: NARROWED, say: (of) => `${of.what} ${are(of)} one of ${codes(of.after)} only.` },
  "enum-opened": {
    level: WIDENED,
    say: ({ what, before, isSent }) => `${what} ${isSent ? "can" : "may"} be other than ${codes(before)}.`,
  },
  "constraint-tightened": { level: NARROWED, say: (of) => `${of.what} ${have(of)}.` },
  "constraint-loosened": {
    level: { sent: "addition", received: "note" },
    say: (of) => `${of.what} ${have(of)}.`,
  },
  "default-changed": { level: NARROWED, say: (of) => `${of.what} ${have(of)}.` },
  unsendable: { level: "breaking", say: (of) => `${of.what} ${have(of)}, which the package cannot send.` },
  unknown: {
    level: "breaking",
    say: (of) => `${of.what} ${have(of)}: what that means is not known here, so it is taken for breaking.`,
  },
  "answer-removed": {
    level: "breaking",
    say: ({ what, before }) => `${what} will not answer ${code(before)} with its body any more.`,
  },
  "answer-added": {
    level: "breaking",
    say: ({ what, after }) => `${what} may answer ${code(after)}, with another body or none.`,
  },
  "enum-respelled": {
    level: "note",
    isOne: true,
    say: (of) =>
      `Enum values are spelled otherwise: ${turned(of)}. The package speaks both to servers, and its users get the ` +
      "spelling of the spec that it is generated from, which has to stay the old one.",
  },
  renamed: {
    level: "note",
    isOne: true,
    say: (of) => `${of.name} have other names, and nothing else is different by that: ${turned(of)}.`,
  },
  "operation-moved": {
    level: "note",
    say: (of) => `${of.what} ${are(of)} at ${code(of.after)} instead of ${code(of.before)}.`,
  },
  "status-replaced": {
    level: "note",
    say: ({ what, isMany, before, after }) =>
      `${what} ${isMany ? "answer" : "answers"} ${code(after)} instead of ${code(before)}.`,
  },
  "status-added": { level: "note", say: ({ what, after }) => `${what} may answer ${code(after)}.` },
  "status-removed": {
    level: "note",
    say: ({ what, before }) => `${what} will not answer ${code(before)} any more.`,
  },
  noted: { level: "note", say: (of) => `${of.what} ${have(of)}.` },
  documentation: { level: "note", say: (of) => `The documentation of ${of.what} ${says(of)}.` },
  example: {
    level: "note",
    isOne: true,
    say: (of) => {
      const others = of.values.length > 1 ? `, and ${of.values.length - 1} more are different` : "";
      return `An example of ${code(of.name)} (${of.what}) ${says(of)}${others}.`;
    },
  },
} as const satisfies Readonly<Record<string, Rule>>;

export type Kind = keyof typeof RULES;
