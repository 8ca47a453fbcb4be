import { ArizeError } from "ax-users";
import { type Kind, operations, type Told } from "./fault-operations.ts";
import type { Cell, Mode } from "./fault-run.ts";

const INTRODUCTION = `---
title: The fault matrix
group: When things go wrong
---
# The fault matrix

What a call does when the network or the server fails: how many requests it sends, what the server has done in the
end, and what the caller is told. Every method that sends requests goes through every fault.

Nothing here is written by hand. \`npm run fault-matrix\` runs the client against a server of raw sockets, which plays
a fault on a request and counts what took effect, and writes what came of it to this file; a test fails where a run
gives anything else. The sockets are real. Time is not: a clock that stands still goes on as soon as the client waits
for nothing else. All settings are the defaults (\`timeoutMs\` 30 s, \`maxRetries\` 3, \`maxRetryAfterMs\` 60 s), but waits
between attempts are without their jitter, at their shortest (0), so that only time-outs and \`Retry-After\` take time.

## How to read it

- **It happens once**: the first request meets the fault, and after that the server is in order.
- **It goes on**: every request meets the fault.

A cell has up to three parts:

> 4 requests, 120 s · applied once, 1 mail · \`TimeoutError\`, \`unknown\`, 4 attempts

1. The requests that were sent, and how long the call took if it took any time. A \`create\` that is told of a conflict
   looks up who has the address, which is one request more. So is the one by which a bulk call or \`findByEmails\` finds out
   whether a first 404 is the API's.
2. What the server did in the end (not for reads, which change nothing): how often a request took effect, and how
   many mails went out.
3. What the caller is told: success, or an error with its \`outcome\` and \`attempts\`. \`created\`, \`recovered\`, \`deleted\`
   and \`failed\` are what the results of \`create\` and of bulk calls say, as are \`updated\`, \`added\` and \`removed\`. \`recovered\` means that the user is there,
   made by an earlier attempt of this call or just before it. With \`failed\` come the name and the figures of its
   \`cause\`.

\`not_applied\` is a promise: nothing has changed. \`unknown\` says that nobody can tell: look before you repeat it. A
fault before the effect and the same one after it look alike to a client, so that both must be told as \`unknown\`.

Where the right answer has no body (204), it is cut or stalled in the middle of its head, its \`Content-Length\` is one
that it should not have, and broken JSON comes with a 200.

The servers speak plain HTTP. What TLS adds (a certificate, the end of a handshake, records that are damaged after the effect) is
in \`test/transport/rejections.test.ts\`, with certificates and a \`fetch\` built on \`node:https\`.

Methods of \`client.users\` go by their own names, those of \`client.organizations\` have \`organizations.\` before them.

- **Reads** are \`list\` and \`organizations.list\` (the first page), \`get\` and \`organizations.get\` by ID, \`get\` by email,
  \`organizations.get\` by name, \`findByEmail\` and \`findByEmails\` (three addresses).
- **organizations by ID** are \`organizations.update\`, \`delete\`, \`addUser\` and \`removeUser\`.
- **organizations by name** are the same, given a name and for a member an email. These are looked up, with one request
  for each, before anything is changed, and it is the first look-up that meets the fault. \`organizations.addUsers\` and
  \`removeUsers\` look up the organization in any case; they are given its name, and one member by ID.
- \`bulkDelete\` is given one ID, \`createMany\` and \`updateMany\` one user. All bulk calls wait once more than others where a
  server goes on asking for fewer requests: such waits do not use up \`maxRetries\`.
`;

const OVERVIEW = `## At a glance

Each fault happens once. ✓: the call succeeds all the same; otherwise, the \`outcome\` of the error.
`;

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
  return [INTRODUCTION, OVERVIEW, overviewOf([...byTable.values()]), "## Cell by cell\n", ...sections].join(
    "\n",
  );
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
  const likewise = others.length > 0 ? [`And the same: ${others.join("; ")}.\n`] : [];
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
  const head = isSame ? ["Call", "It happens once, or goes on"] : ["Call", "It happens once", "It goes on"];
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
  const effect = mails > 0 ? `${times}, ${count(mails, "mail")}` : times;
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
