/**
 * Measures all subjects, or those named: `npm run bench`, `npm run bench -- --only get --only list`.
 *
 * A whole run writes results.json, and of it docs/bench.md with its charts; a part of one only prints.
 */
import { writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { Bench, type Subject } from "./bench.ts";
import { terminalTable } from "./report/terminal.ts";
import type { Result, Run } from "./results.ts";
import { setUp } from "./set-up.ts";
import { subjects } from "./subjects/index.ts";

function chosen(names: readonly string[]): Subject[] {
  const unknown = names.filter((wanted) => !subjects.some(({ name }) => name === wanted));
  if (unknown.length > 0) {
    console.error(
      `No such subject: ${unknown.join(", ")}. There are ${subjects.map(({ name }) => name).join(", ")}.`,
    );
    process.exit(1);
  }
  return names.length === 0 ? subjects : subjects.filter(({ name }) => names.includes(name));
}

async function measureAll(all: readonly Subject[]): Promise<Result[]> {
  const bench = new Bench();
  try {
    const results: Result[] = [];
    for (const subject of all) {
      const startedAt = performance.now();
      results.push(...(await subject.run(bench)));
      console.error(`${subject.title}: ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
    }
    return results;
  } finally {
    await bench.stop();
  }
}

const { values } = parseArgs({ options: { only: { type: "string", multiple: true, default: [] } } });
const wanted = chosen(values.only);
await setUp();
const startedAt = performance.now();
const results = await measureAll(wanted);
console.log(terminalTable(wanted, results));
if (wanted === subjects) {
  const run: Run = {
    date: new Date().toISOString().slice(0, 10),
    machine: `${cpus().length} × ${cpus()[0]?.model.trim()}`,
    node: process.version.slice(1),
    seconds: (performance.now() - startedAt) / 1000,
    results,
  };
  await writeFile(new URL("results.json", import.meta.url), `${JSON.stringify(run, undefined, 1)}\n`);
  await import("./report/write.ts");
}
