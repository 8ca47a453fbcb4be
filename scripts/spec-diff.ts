/**
 * Tells what is different between two versions of the spec for those who use the package, as the text of a pull
 * request, and what step of the package's version that asks for.
 *
 *   node scripts/spec-diff.ts OLD NEW        two files
 *   node scripts/spec-diff.ts --since REF    the spec here, and as it was where this branch left REF
 *     --json                                 as JSON
 *     --require-changeset                    fails on a breaking change without a changeset for that step;
 *                                            with --since, without one that is new since then
 *
 * The package and its .changeset/ are those of the current folder.
 */
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { type Change, changesBetween } from "./spec-diff/changes.ts";
import { proposedStep } from "./spec-diff/changesets.ts";
import { readDocument } from "./spec-diff/document.ts";
import type { Both } from "./spec-diff/findings.ts";
import type { Json } from "./spec-diff/json.ts";
import { toMarkdown } from "./spec-diff/report.ts";
import { changesetsAt, forkFrom, git } from "./spec-diff/since.ts";
import { isAtLeast, type Step, stepFor } from "./spec-diff/step.ts";

const SPEC = "openapi/arize-users.yaml";

interface Versions extends Both<Json> {
  /** The changesets of the old version. */
  readonly changesets: readonly string[];
}

const readFrom = async (file: string): Promise<Json> => readDocument(await readFile(file, "utf8"), file);

async function readSince(branch: string): Promise<Versions> {
  const base = forkFrom(branch);
  return {
    before: readDocument(git("show", `${base}:${SPEC}`), `${SPEC} of ${branch}`),
    after: await readFrom(SPEC),
    changesets: changesetsAt(base),
  };
}

async function readVersions(files: readonly string[], since: string | undefined): Promise<Versions> {
  const [before, after, ...others] = files;
  if (since !== undefined && before === undefined) return readSince(since);
  if (since !== undefined || !before || !after || others.length > 0) {
    throw new Error("Give two files, the old spec and the new one, or --since and a branch.");
  }
  return { before: await readFrom(before), after: await readFrom(after), changesets: [] };
}

/** Fails where a change is breaking and no changeset besides those of the old version says so. */
async function requireChangeset(
  changes: readonly Change[],
  step: Step,
  old: readonly string[],
): Promise<void> {
  if (!changes.some(({ level }) => level === "breaking")) return;
  const proposed = await proposedStep(".", name, old);
  if (isAtLeast(proposed, step)) return;
  console.error(
    `A breaking change of the spec needs a file in .changeset/ that says "${name}": ${step}; found: ${proposed}.`,
  );
  process.exitCode = 1;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    since: { type: "string" },
    json: { type: "boolean", default: false },
    "require-changeset": { type: "boolean", default: false },
  },
});
const { name, version }: { name: string; version: string } = JSON.parse(
  await readFile("package.json", "utf8"),
);
const { changesets, ...documents } = await readVersions(positionals, values.since);
const changes = changesBetween(documents);
const step = stepFor(changes, version);
process.stdout.write(
  values.json ? `${JSON.stringify({ step, changes }, null, 2)}\n` : toMarkdown(changes, step),
);
if (values["require-changeset"]) await requireChangeset(changes, step, changesets);
