/**
 * Fails where the public API in api/ is another one than where this branch left another, and no changeset came with
 * that. The package and its .changeset/ are those of the current folder.
 *
 *   node scripts/api-changeset.ts [--since REF]     REF is origin/main if not given
 */
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { proposedStep } from "./changesets/proposed.ts";
import { changesetsAt, forkFrom, git } from "./changesets/since.ts";

const { values } = parseArgs({ options: { since: { type: "string", default: "origin/main" } } });
const { name }: { name: string } = JSON.parse(await readFile("package.json", "utf8"));
const base = forkFrom(values.since);
const changed = git("diff", "--name-only", base, "--", "api").trim();
if (changed === "") {
  console.log(`The public API is what it was at ${values.since}.`);
} else {
  const proposed = await proposedStep(".", name, changesetsAt(base));
  console.log(`${changed}\nchanged since ${values.since}; changesets of "${name}" since then: ${proposed}.`);
  if (proposed === "none") {
    console.error("A change of the public API needs a changeset: npx changeset.");
    process.exitCode = 1;
  }
}
