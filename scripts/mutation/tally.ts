/** What Stryker's report in JSON has of a mutant, as far as it is read here. */
interface Mutant {
  readonly status: string;
  readonly mutatorName: string;
  readonly replacement?: string;
  readonly location: { readonly start: { readonly line: number; readonly column: number } };
}

export interface Report {
  readonly files: Readonly<Record<string, { readonly mutants: readonly Mutant[] }>>;
}

/** How many mutants there are of each kind. */
export interface Tally {
  readonly killed: number;
  readonly timeout: number;
  readonly survived: number;
  readonly noCoverage: number;
}

/** Counts the mutants that were run, and those that no test reaches. */
export function tally(reports: readonly Report[]): Tally {
  const all = reports.flatMap(({ files }) => Object.values(files)).flatMap(({ mutants }) => mutants);
  const count = (status: string) => all.filter((mutant) => mutant.status === status).length;
  return {
    killed: count("Killed"),
    timeout: count("Timeout"),
    survived: count("Survived"),
    noCoverage: count("NoCoverage"),
  };
}

const detected = ({ killed, timeout }: Tally) => killed + timeout;
const mutants = (of: Tally) => detected(of) + of.survived + of.noCoverage;

/** How many of a hundred mutants a test noticed. Of none, all are. */
export const score = (of: Tally): number => (mutants(of) === 0 ? 100 : (100 * detected(of)) / mutants(of));

/** The parts and their sum, as a table of Markdown. */
export function toTable(rows: readonly (readonly [part: string, Tally])[]): string {
  const cells = rows.map(([part, of]) =>
    [part, mutants(of), of.killed, of.timeout, of.survived, of.noCoverage, `${score(of).toFixed(1)} %`].join(
      " | ",
    ),
  );
  return [
    "| part | mutants | killed | timed out | survived | not covered | score |",
    "|---|---|---|---|---|---|---|",
    ...cells.map((row) => `| ${row} |`),
  ].join("\n");
}
