/**
 * Brings `openapi/upstream.yaml` up to date with the vendor's document, and all that is made of it: the spec and
 * `generated/`. Prints what that changes for users.
 *
 *   node scripts/upstream/main.ts FILE_OR_URL
 *     --take "POST /v2/users/{user_id}/suspend"   takes an operation that upstream.yaml does not have
 *
 * Where anything fails, all files stay as they were.
 */
import { execFileSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { buildSpec } from "./build-spec.ts";
import { OVERLAY, read, root, SPEC, UPSTREAM } from "./files.ts";
import { readSource } from "./read.ts";
import { take } from "./take.ts";

interface Files {
  readonly upstream: string;
  readonly spec: string;
}

const npmRun = (script: string, ...args: readonly string[]): void => {
  execFileSync("npm", ["run", "--silent", script, "--", ...args], { cwd: root, stdio: "inherit" });
};

async function write({ upstream, spec }: Files): Promise<void> {
  await writeFile(UPSTREAM, upstream);
  await writeFile(SPEC, spec);
  npmRun("generate");
}

async function update(source: string, added: readonly string[]): Promise<void> {
  const before: Files = { upstream: await read(UPSTREAM), spec: await read(SPEC) };
  const { text: upstream, left } = take({ text: await readSource(source), source }, before.upstream, added);
  const after: Files = { upstream, spec: await buildSpec(upstream, await read(OVERLAY)) };
  for (const operation of left) console.log(`Not taken: ${operation}. To take it: --take "${operation}"`);
  if (after.upstream === before.upstream && after.spec === before.spec) {
    console.log("openapi/ is up to date.");
    return;
  }
  try {
    await write(after);
  } catch (cause) {
    await write(before);
    throw new Error("Nothing can be generated from the new document; all files are as they were.", { cause });
  }
  tellChanges();
}

/** It fails where a breaking change has no changeset yet, and says so. */
function tellChanges(): void {
  try {
    npmRun("spec-diff", "--since", "HEAD");
  } catch {
    console.error("npm run spec-diff failed; see above.");
  }
}

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { take: { type: "string", multiple: true, default: [] } },
  });
  const [source, ...others] = positionals;
  if (source === undefined || others.length > 0) {
    throw new Error("Give one file or https: address: that of the vendor's document.");
  }
  await update(source, values.take);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
