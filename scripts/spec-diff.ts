/**
 * Prints what changes for users of the package between two versions of the spec, as Markdown for a pull request, and
 * which version step that needs.
 *
 *   node scripts/spec-diff.ts OLD NEW        two files
 *   node scripts/spec-diff.ts --since REF    the spec of the current folder, and its version where this branch left REF
 *     --require-changeset                    fails if a change is breaking and no changeset asks for its step;
 *                                            with --since, only changesets that are new since then count
 *
 * package.json and .changeset/ are those of the current folder.
 */
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { proposedStep } from "./changesets/proposed.ts";
import { changesetsAt, forkFrom, git } from "./changesets/since.ts";
import { isAtLeast, type Step, stepFor } from "./changesets/step.ts";
import { type Change, changesBetween } from "./spec-diff/changes.ts";
import type { Json } from "./spec-diff/document.ts";
import { toMarkdown } from "./spec-diff/report.ts";
import { readDocument } from "./upstream/document.ts";

const SPEC = "openapi/arize-users.yaml";

interface Versions {
  readonly before: Json;
  readonly after: Json;
  /** The files of the changesets that the old version had. */
  readonly changesets: readonly string[];
}

const readFrom = async (file: string): Promise<Json> => readDocument(await readFile(file, "utf8"), file);

async function readVersions(files: readonly string[], since: string | undefined): Promise<Versions> {
  const [before, after, ...others] = files;
  if (since !== undefined && before === undefined) {
    const base = forkFrom(since);
    const old = readDocument(git("show", `${base}:${SPEC}`), `${SPEC} of ${since}`);
    return { before: old, after: await readFrom(SPEC), changesets: changesetsAt(base) };
  }
  if (since !== undefined || !before || !after || others.length > 0) {
    throw new Error("Give two files, the old spec and the new one, or --since and a branch.");
  }
  return { before: await readFrom(before), after: await readFrom(after), changesets: [] };
}

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
    "require-changeset": { type: "boolean", default: false },
  },
});
const { name, version }: { name: string; version: string } = JSON.parse(
  await readFile("package.json", "utf8"),
);
const { before, after, changesets } = await readVersions(positionals, values.since);
const changes = changesBetween(before, after);
const step = stepFor(
  changes.map(({ level }) => level),
  version,
);
process.stdout.write(toMarkdown(changes, step));
if (values["require-changeset"]) await requireChangeset(changes, step, changesets);
