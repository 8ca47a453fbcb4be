/**
 * Checks yesterday's tests against today's types: the tests of where this branch left another, as far as they use
 * nothing but the public API, against the declarations in dist/. An error is a change of types that breaks users;
 * it is accepted where a changeset that is new since then says so.
 *
 *   node scripts/types-yesterday.ts [--since REF]     REF is origin/main if not given; the tag of a release, say
 *
 * The package, its dist/ and its .changeset/ are those of the current folder.
 */
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { proposedStep } from "./changesets/proposed.ts";
import { changesetsAt, forkFrom } from "./changesets/since.ts";
import { isAtLeast, stepOf } from "./changesets/step.ts";
import { publicTestsIn } from "./types-yesterday/public-tests.ts";
import { takeOut } from "./types-yesterday/take-out.ts";
import { type Manifest, typeErrors } from "./types-yesterday/type-errors.ts";

const { values } = parseArgs({ options: { since: { type: "string", default: "origin/main" } } });
const manifest: Manifest = JSON.parse(await readFile("package.json", "utf8"));
const base = forkFrom(values.since);
const folder = realpathSync(mkdtempSync(join(tmpdir(), "ax-users-yesterday-")));
try {
  takeOut(base, folder);
  const { tests, leftOut } = publicTestsIn(folder, manifest.name);
  console.log(
    `${tests.length} files of ${base.slice(0, 7)}, without ${leftOut} that import what is not public`,
  );
  const errors = typeErrors(tests, folder, manifest);
  if (errors !== "") await refuse(errors);
} finally {
  rmSync(folder, { recursive: true });
}

/** Fails where no changeset says that users break. */
async function refuse(errors: string): Promise<void> {
  const step = stepOf("breaking", manifest.version);
  const proposed = await proposedStep(".", manifest.name, changesetsAt(base));
  console.error(`${errors}\nWhat compiled at ${values.since} does not with today's types.`);
  if (isAtLeast(proposed, step)) return console.error(`A changeset says so: ${proposed}.`);
  console.error(
    `That needs a file in .changeset/ that says "${manifest.name}": ${step}; found: ${proposed}.`,
  );
  process.exitCode = 1;
}
