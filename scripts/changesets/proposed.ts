import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { readChangesets } from "@changesets/read";
import { largest, type Step } from "./step.ts";

/** The largest step that the changesets of a folder propose for a package; without those whose files are in `old`. */
export async function proposedStep(
  root: string,
  packageName: string,
  old: readonly string[] = [],
): Promise<Step> {
  const oldIds = old.map((file) => basename(file, ".md"));
  const all = existsSync(join(root, ".changeset")) ? await readChangesets(root) : [];
  const changesets = all.filter(({ id }) => !oldIds.includes(id));
  const releases = changesets.flatMap((changeset) => changeset.releases);
  return largest(releases.filter(({ name }) => name === packageName).map(({ type }) => type));
}
