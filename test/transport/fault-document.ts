import { ArizeError } from "ax-users";
import { type Kind, operations, type Told } from "./fault-operations.ts";
import type { Cell, Mode } from "./fault-run.ts";
import { EXPLANATION, introduction } from "./fault-text.ts";

const KINDS = {
  read: "reads",
  "safe to repeat": "`update`, `delete`, `updateMany`, `bulkDelete`; organizations by ID",
  "by name": "organizations by name",
  create: "`create`, `email_link` or `none`; `createMany`",
  "create once": "`create`, `temporary_password`; `organizations.create`",
  mail: "`resendInvitation`, `resetPassword`",
} as const satisfies Record<Kind, string>;

/** The document that a run of the matrix gives. */
export function toDocument(cells: readonly Cell[]): string {
  const byFault = groupBy(cells, ({ fault }) => fault.name);
  const byTable = groupBy([...byFault], ([, own]) => tableOf(own));
  const sections = [...byTable].map(([table, alike]) =>
    sectionOf(
      table,
      alike.map(([name]) => name),
    ),
  );
  const longestMs = Math.max(...cells.map(({ elapsedMs }) => elapsedMs));
  return [
    introduction(byFault.size, longestMs),
    overviewOf([...byTable.values()]),
    EXPLANATION,
    "## Details\n",
    ...sections,
  ].join("\n");
}

/** One row for each fault, which leads to its section. */
function overviewOf(sections: readonly (readonly [string, Cell[]])[][]): string {
  const rows = sections.flatMap((alike) => {
    const [first = ["", []]] = alike;
    return alike.map(([name, own]) => {
      const once = own.filter(({ mode }) => mode === "once");
      const ends = Object.keys(KINDS).map((kind) =>
        distinct(once.filter(({ operation }) => operation.kind === kind).map(glance)).join(" or "),
      );
      return [`[${name}](#${slug(first[0])})`, ...ends];
    });
  });
  return table(["Fault", ...Object.values(KINDS)], rows);
}

const glance = ({ told }: Cell): string => ("success" in told ? "✓" : `\`${outcomeOf(told)}\``);

function sectionOf(table: string, [first = "", ...others]: readonly string[]): string {
  const likewise = others.length > 0 ? [`The same table applies to: ${others.join("; ")}.\n`] : [];
  // Without code, which TypeDoc leaves out of the list of a page's headings.
  return [`### ${capital(first).replaceAll("`", "")}\n`, ...likewise, table].join("\n");
}

/** The cells of one fault: a row for all operations that fare alike, one column where the modes do. */
function tableOf(cells: readonly Cell[]): string {
  const inMode = (own: readonly Cell[], mode: Mode) =>
    own.filter((cell) => cell.mode === mode).map(cellText)[0] ?? "";
  const byOperation = [...groupBy(cells, ({ operation }) => operation.name).values()];
  const rows = groupBy(byOperation, (own) => `${inMode(own, "once")} | ${inMode(own, "for ever")}`);
  const isSame = byOperation.every((own) => inMode(own, "once") === inMode(own, "for ever"));
  const head = isSame ? ["Call", "Once, or every time"] : ["Call", "Once", "Every time"];
  return table(
    head,
    [...rows.values()].map((alike) => {
      const [own = []] = alike;
      const texts = [inMode(own, "once"), inMode(own, "for ever")];
      return [namesOf(alike), ...texts.slice(0, head.length - 1)];
    }),
  );
}

/** The operations of a row; where a whole group is in it, by the name of that. */
function namesOf(row: readonly (readonly Cell[])[]): string {
  const alike = row.flatMap(([cell]) => (cell ? [cell.operation] : []));
  const isWhole = (group: string) =>
    operations.every((operation) => operation.group !== group || alike.includes(operation));
  const names = alike.map(({ name, group }) => (group && isWhole(group) ? group : name));
  return distinct(names).join("; ");
}

/** A cell as a table has it. */
export function cellText({ requests, applied, mails, told, elapsedMs, operation }: Cell): string {
  const sent = `${count(requests.length, "request")}${elapsedMs > 50 ? `, ${Math.round(elapsedMs / 100) / 10} s` : ""}`;
  const times = ["not applied", "applied once", "applied twice"][applied] ?? `applied ${applied} times`;
  const effect = mails > 0 ? `${times}, ${count(mails, "email")}` : times;
  return [sent, ...(operation.kind === "read" ? [] : [effect]), toldText(told)].join(" · ");
}

function toldText(told: Told): string {
  if ("success" in told) return told.success === "succeeds" ? told.success : `\`${told.success}\``;
  const { failure, error } = told;
  if (!(error instanceof ArizeError)) return `\`${failure}\`: ${error}`;
  const names = failure === error.name ? [error.name] : [failure, error.name];
  const fields = [
    ...names.map((name) => `\`${name}\``),
    `\`${outcomeOf(told)}\``,
    ...("attempts" in error ? [count(Number(error.attempts), "attempt")] : []),
    ...("retryAfterMs" in error ? [`\`retryAfterMs: ${error.retryAfterMs}\``] : []),
  ];
  return fields.join(", ");
}

/** What an error says of the effect. */
export const outcomeOf = (told: Told): unknown =>
  "error" in told && told.error instanceof Error && "outcome" in told.error ? told.error.outcome : undefined;

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? "" : "s"}`;

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The anchor that GitHub gives a heading. */
const slug = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\w\- ]/g, "")
    .replaceAll(" ", "-");

const distinct = (texts: readonly string[]): string[] => [...new Set(texts)];

function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => "---"), ...rows];
  return lines.map((cells) => `| ${cells.join(" | ")} |\n`).join("");
}
