/** `docs/bench.md`: `document.md` with what was measured in the places that it has for it. */
import type { Subject } from "../bench.ts";
import { PEER_NAMES, peers } from "../clients/peers.ts";
import type { Result, Run } from "../results.ts";
import { checks, figures, times } from "./format.ts";

export function document(
  template: string,
  subjects: readonly Pick<Subject, "name" | "title">[],
  run: Run,
): string {
  const parts: Record<string, string> = {
    run: runLine(run),
    limits: limits(subjects, run.results),
    subjects: subjects.map((subject) => section(subject, resultsOf(subject, run.results))).join("\n\n"),
  };
  return template.replace(/{{(\w+)}}/g, (_, name) => {
    const part = parts[name];
    if (part === undefined) throw new Error(`The template wants {{${name}}}, of which nothing is known.`);
    return part;
  });
}

const runLine = ({ date, machine, node, seconds }: Run): string =>
  `One run of ${Math.round(seconds)} seconds on ${date}, with Node ${node} on ${machine}.`;

const resultsOf = ({ name }: { name: string }, results: readonly Result[]): Result[] =>
  results.filter(({ subject }) => subject === name);

function limits(subjects: readonly Pick<Subject, "name" | "title">[], results: readonly Result[]): string {
  const rows = subjects.flatMap((subject) =>
    resultsOf(subject, results).flatMap((result) =>
      checks(result).map(({ wanted, is, isMet }) => [
        `[${subject.title}](#${anchor(subject.title)})`,
        result.name,
        wanted,
        is,
        isMet ? "met" : "**missed**",
      ]),
    ),
  );
  return markdownTable(["subject", "figure", "limit", "ax-users", ""], rows);
}

function section({ name, title }: Pick<Subject, "name" | "title">, results: readonly Result[]): string {
  const names = PEER_NAMES.filter((peer) => results.some(({ values }) => values[peer]?.length));
  const others = (["fetch", "current"] as const).filter((peer) => names.includes(peer));
  const head = [
    "",
    ...names.map((peer) => peers[peer].title),
    ...others.map((peer) => `× ${peers[peer].title}`),
  ];
  const rows = results.map((result) => [
    result.name,
    ...names.map((peer) => cell(result, peer)),
    ...others.map((peer) => times(result, peer)),
  ]);
  return `### ${title}\n\n![${title}](bench/${name}.svg)\n\n${markdownTable(head, rows)}`;
}

function cell(result: Result, peer: (typeof PEER_NAMES)[number]): string {
  const { median, spread } = figures(result, peer);
  return spread ? `${median}<br><sub>${spread}</sub>` : median;
}

const markdownTable = (head: readonly string[], rows: readonly string[][]): string =>
  [head, head.map((_, place) => (place === 0 ? "---" : "---:")), ...rows]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");

/** As GitHub makes them of headings. */
const anchor = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^\p{L}\p{N} -]/gu, "")
    .replaceAll(" ", "-");
