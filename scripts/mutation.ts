/**
 * Runs Stryker over `src` without the sandbox, one part after the other, and adds the parts up. Fails where fewer than
 * 88 of 100 mutants are noticed, or a part has no report yet.
 *
 *   npm run mutation                     the parts whose files or tests have changed since their last report
 *   npm run mutation -- --fresh          all parts
 *   npm run mutation -- --only throttle  that part (may be repeated), whatever its report
 *   npm run mutation -- --report         none: adds up the reports of earlier runs
 *
 * The reports are in coverage/mutation/, one for each part; --survivors lists the mutants that no test noticed.
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type Part, partsOf } from "./mutation/parts.ts";
import { type Report, score, tally, toTable } from "./mutation/tally.ts";

interface PartReport extends Report {
  /** A digest of the files and tests of the part. */
  readonly inputs: string;
  /** How often the run stood still, as when its processes are stopped: then the time of a mutant may be up too soon. */
  readonly pauses: number;
}

const LEAST = 88;
const PAUSE_MS = 5000;
const CONFIG = [
  "test/stryker.config.json",
  "test/vitest.mutation.config.ts",
  "test/helpers/mutant-pool.ts",
  "test/helpers/mutant-setup.ts",
];
/** Where Stryker writes, as its configuration says. */
const WRITTEN = "coverage/mutation.json";

const root = fileURLToPath(new URL("..", import.meta.url));
process.chdir(root);

const pathOf = ({ name }: Part) => `coverage/mutation/${name.replace("/", "-")}.json`;

const readReport = (part: Part): PartReport | undefined =>
  existsSync(pathOf(part)) ? JSON.parse(readFileSync(pathOf(part), "utf8")) : undefined;

function inputsOf({ files, tests }: Part): string {
  const hash = createHash("sha256");
  for (const file of [...files, ...globSync(tests).sort(), ...CONFIG])
    hash.update(file).update(readFileSync(file));
  return hash.digest("hex");
}

async function run(part: Part): Promise<void> {
  const inputs = inputsOf(part);
  const stryker = ["node_modules/@stryker-mutator/core/bin/stryker.js", "run", "test/stryker.config.json"];
  const env = { ...process.env, AX_MUTATION_TESTS: JSON.stringify(part.tests) };
  const child = spawn(process.execPath, [...stryker, "--mutate", part.files.join(",")], {
    env,
    stdio: "inherit",
  });
  const pauses = countPauses();
  const [code] = await once(child, "exit");
  if (code !== 0) throw new Error(`Stryker ended with ${code} in ${part.name}`);
  mkdirSync("coverage/mutation", { recursive: true });
  const report = { ...JSON.parse(readFileSync(WRITTEN, "utf8")), inputs, pauses: pauses() };
  writeFileSync(pathOf(part), JSON.stringify(report));
}

/** Counts until it is asked. */
function countPauses(): () => number {
  let pauses = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    if (now - last > PAUSE_MS) pauses += 1;
    last = now;
  }, 1000);
  return () => {
    clearInterval(timer);
    return pauses;
  };
}

function listSurvivors(part: Part, { files }: Report): void {
  for (const [file, { mutants }] of Object.entries(files)) {
    for (const { status, location, mutatorName, replacement } of mutants) {
      if (status !== "Survived" && status !== "NoCoverage") continue;
      const text = replacement?.replace(/\s+/g, " ").slice(0, 80);
      console.log(
        `${part.name} ${file}:${location.start.line}:${location.start.column} ${status} ${mutatorName} ${text}`,
      );
    }
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      fresh: { type: "boolean" },
      only: { type: "string", multiple: true },
      report: { type: "boolean" },
      survivors: { type: "boolean" },
    },
  });
  const parts = partsOf(root);
  const unknown = values.only?.find((name) => !parts.some((part) => part.name === name));
  if (unknown !== undefined)
    throw new Error(`no part ${unknown}; there are ${parts.map(({ name }) => name).join(", ")}`);
  const due = (part: Part) =>
    values.only?.includes(part.name) ?? (values.fresh || readReport(part)?.inputs !== inputsOf(part));
  if (!values.report) for (const part of parts.filter(due)) await run(part);
  summarize(parts, values.survivors);
}

function summarize(parts: readonly Part[], survivors: boolean | undefined): void {
  const reports = parts.flatMap((part) => {
    const report = readReport(part);
    return report === undefined ? [] : [{ part, report }];
  });
  if (survivors) for (const { part, report } of reports) listSurvivors(part, report);
  const total = tally(reports.map(({ report }) => report));
  const rows = reports.map(({ part, report }) => [part.name, tally([report])] as const);
  console.log(toTable([...rows, ["all of these", total]]));
  for (const { part, report } of reports.filter(({ report }) => report.pauses > 0)) {
    const doubtful = Math.min(tally([report]).timeout, 2 * report.pauses);
    console.log(
      `The run of ${part.name} stood still ${report.pauses} times: ${doubtful} timeouts may be due to that.`,
    );
  }
  const missing = parts.filter((part) => readReport(part) === undefined).map(({ name }) => name);
  if (missing.length > 0) console.log(`Never run: ${missing.join(", ")}.`);
  const old = reports
    .filter(({ part, report }) => report.inputs !== inputsOf(part))
    .map(({ part }) => part.name);
  if (old.length > 0) console.log(`Changed since their report: ${old.join(", ")}.`);
  if (score(total) < LEAST || missing.length > 0) process.exitCode = 1;
}

await main();
