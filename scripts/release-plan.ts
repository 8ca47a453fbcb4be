/**
 * Says for `.github/workflows/release.yml` what is to be released of the package in the current folder, one
 * `name=value` a line:
 *
 *   version=0.1.0
 *   action=version    changesets ask for another version
 *   action=publish    none do, and npm does not have this one
 *   action=none
 *
 * Fails where the package would be published by a repository that `package.json` does not name, since npm would
 * refuse its provenance.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readChangesets } from "@changesets/read";

interface Manifest {
  readonly version: string;
  readonly repository?: { readonly url?: string };
}

interface PublishPlan {
  readonly plan: readonly (readonly { readonly kind: string }[])[];
}

const asksForVersion = async (): Promise<boolean> =>
  (await readChangesets(".")).some(({ releases }) => releases.some(({ type }) => type !== "none"));

/** Whether npm lacks the version, as changesets finds out. */
function isUnpublished(): boolean {
  const changeset = createRequire(import.meta.url).resolve("@changesets/cli/bin.js");
  const folder = mkdtempSync(join(tmpdir(), "ax-users-release-"));
  try {
    const file = join(folder, "plan.json");
    execFileSync(process.execPath, [changeset, "publish-plan", "--output", file], {
      stdio: ["ignore", 2, 2],
    });
    const { plan }: PublishPlan = JSON.parse(readFileSync(file, "utf8"));
    return plan.flat().some(({ kind }) => kind === "publish");
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function requireRepository({ repository }: Manifest): void {
  const url = `git+https://github.com/${process.env["GITHUB_REPOSITORY"]}.git`;
  if (repository?.url === url) return;
  console.error(
    `npm takes provenance only from the repository that package.json names. It names ${repository?.url ?? "none"}: ` +
      `run \`npm pkg set repository.type=git repository.url=${url}\` and commit that (docs/releasing.md).`,
  );
  process.exit(1);
}

const manifest: Manifest = JSON.parse(readFileSync("package.json", "utf8"));
const action = (await asksForVersion()) ? "version" : isUnpublished() ? "publish" : "none";
if (action === "publish") requireRepository(manifest);
console.log(`version=${manifest.version}\naction=${action}`);
