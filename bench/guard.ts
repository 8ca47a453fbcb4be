/**
 * Fails where a figure that is the same on any machine is more than 5 % worse than in baseline.json; times are only
 * printed. `npm run bench:guard -- --update` writes the baseline anew.
 */
import { readFile, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import Table from "cli-table3";
import { Bench } from "./bench.ts";
import { type Comparison, compare, type Figures, isFailure, stableFigures } from "./compare.ts";
import { terminalTable } from "./report/terminal.ts";
import type { Result } from "./results.ts";
import { setUp } from "./set-up.ts";
import { guarded } from "./subjects/index.ts";

const TOLERANCE = 0.05;
const BASELINE = new URL("baseline.json", import.meta.url);

async function measure(): Promise<Result[]> {
  const bench = new Bench(true);
  try {
    const results: Result[] = [];
    for (const subject of guarded) results.push(...(await subject.run(bench)));
    return results;
  } finally {
    await bench.stop();
  }
}

function table(comparisons: readonly Comparison[]): string {
  const rows = new Table({
    head: ["", "baseline", "now", "change", ""],
    style: { head: ["bold"], border: [] },
  });
  const round = (figure = Number.NaN) => (Number.isNaN(figure) ? "" : Number(figure.toFixed(3)));
  for (const { name, before, now, verdict } of comparisons) {
    const change = before && now ? `${(100 * (now / before - 1)).toFixed(1)} %` : "";
    rows.push([name, round(before), round(now), change, verdict]);
  }
  return rows.toString();
}

const { values } = parseArgs({ options: { update: { type: "boolean", default: false } } });
await setUp();
const results = await measure();
const figures = stableFigures(results);
console.log(terminalTable(guarded, results));
if (values.update) {
  const rounded = Object.entries(figures).map(([name, figure]) => [name, Number(figure.toFixed(3))]);
  await writeFile(BASELINE, `${JSON.stringify(Object.fromEntries(rounded), undefined, 2)}\n`);
} else {
  const baseline: Figures = JSON.parse(await readFile(BASELINE, "utf8"));
  const comparisons = compare(baseline, figures, TOLERANCE);
  console.log(table(comparisons));
  if (comparisons.some(isFailure)) {
    console.error(
      `Worse by more than ${100 * TOLERANCE} %, or only in one of the two. If that is meant: npm run bench:guard -- --update`,
    );
    process.exitCode = 1;
  }
}
