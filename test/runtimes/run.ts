/**
 * `npm run test:runtimes`: packs the package, installs the tarball, and leads a whole life with it in every runtime and
 * through every bundler of `targets.ts`. `--only deno --only bun` takes those whose name has it; `--no-install`, what
 * was installed before.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import Table from "cli-table3";
import { ACCOUNT, checkAccount, checkWarnings, scriptFaults } from "./account.ts";
import { type Consumer, makeConsumer } from "./consumer.ts";
import type { Report } from "./life/life.ts";
import { npm } from "./processes.ts";
import { type Target, targets } from "./targets.ts";

interface Result {
  target: Target;
  version: string;
  /** What went wrong, if anything. */
  failure?: string;
  checks: number;
  seconds: string;
}

const { values } = parseArgs({
  allowNegative: true,
  options: { only: { type: "string", multiple: true }, install: { type: "boolean", default: true } },
});

const secondsSince = (startedAt: number): string =>
  `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;

const chosen = targets.filter(({ name }) => values.only?.some((part) => name.includes(part)) ?? true);
if (chosen.length === 0)
  throw new Error(`--only names none of: ${targets.map(({ name }) => name).join("; ")}`);

const installedAt = performance.now();
if (values.install) await npm(fileURLToPath(new URL(".", import.meta.url)), "ci");
console.log(`runtimes ${values.install ? "installed" : "taken as they are"}: ${secondsSince(installedAt)}`);

const folder = mkdtempSync(join(tmpdir(), "ax-users-runtimes-"));
try {
  const packedAt = performance.now();
  const consumer = await makeConsumer(folder);
  console.log(`package packed and installed: ${secondsSince(packedAt)}`);
  const results: Result[] = [];
  for (const target of chosen) results.push(await lead(target, consumer));
  show(results);
  if (results.some(({ failure }) => failure !== undefined)) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true });
}

async function lead(target: Target, consumer: Consumer): Promise<Result> {
  const startedAt = performance.now();
  const sandbox = await consumer.startSandbox(ACCOUNT);
  scriptFaults(sandbox);
  let [version, checks] = ["", 0];
  let failure: string | undefined;
  try {
    version = await target.version();
    const { baseUrl, apiKey } = sandbox;
    const { stdout, stderr } = await target.lead({ ...consumer, baseUrl, apiKey });
    checks = readReport(stdout).checks;
    checkWarnings(stdout + stderr);
    checkAccount(sandbox);
  } catch (error) {
    failure = legible(error instanceof Error ? error.message : String(error));
    console.error(`\n${target.name}: ${failure}\n`);
  } finally {
    await sandbox.close();
  }
  const seconds = secondsSince(startedAt);
  return { target, version, checks, seconds, ...(failure !== undefined && { failure }) };
}

/** Without the lines of a bundle, which a stack shows whole. */
function legible(text: string): string {
  return text.replace(/^(.{200}).{200,}$/gm, "$1…");
}

/** The last line of what was printed. */
function readReport(printed: string): Report {
  const { checks } = JSON.parse(printed.trim().split("\n").at(-1) ?? "");
  if (typeof checks !== "number") throw new Error(`No report, but:\n${printed}`);
  return { checks };
}

function show(results: Result[]): void {
  const table = new Table({
    head: ["where", "version", "result", "time"],
    style: { head: [], border: [], compact: true },
    colAligns: ["left", "left", "left", "right"],
  });
  for (const { target, version, failure, checks, seconds } of results) {
    table.push([
      target.name,
      version,
      failure === undefined ? `passed, ${checks} checks` : "FAILED",
      seconds,
    ]);
  }
  const passed = results.filter(({ failure }) => failure === undefined).length;
  console.log(`${table.toString()}\n${passed} of ${results.length} passed`);
}
