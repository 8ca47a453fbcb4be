import { execFileSync } from "node:child_process";
import { symlinkSync } from "node:fs";
import { join, resolve } from "node:path";

/** Puts the tests of a commit into a folder, with the packages that are installed today. */
export function takeOut(commit: string, folder: string): void {
  const archive = execFileSync("git", ["archive", "--format=tar", commit, "test"], { maxBuffer: 2 ** 28 });
  execFileSync("tar", ["--extract", "--directory", folder], { input: archive });
  symlinkSync(resolve("node_modules"), join(folder, "node_modules"));
}
