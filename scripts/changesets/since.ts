import { execFileSync } from "node:child_process";
import { basename } from "node:path";

export const git = (...args: readonly string[]): string =>
  execFileSync("git", args, { encoding: "utf8", maxBuffer: 2 ** 26 });

/** The commit where this branch left another one. */
export const forkFrom = (branch: string): string => git("merge-base", branch, "HEAD").trim();

/** The files of the changesets that a commit has. */
export const changesetsAt = (commit: string): readonly string[] =>
  git("ls-tree", "--name-only", commit, ".changeset/")
    .split("\n")
    .map((name) => basename(name));
