import { execFile, execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

interface Result {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A git repository in a folder of its own, for as long as the test runs: on `change`, which leaves `main` here. */
export async function repository(files: Readonly<Record<string, string>>) {
  const folder = await mkdtemp(join(tmpdir(), "ax-users-test-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const git = (...args: readonly string[]) => execFileSync("git", args, { cwd: folder, stdio: "pipe" });

  async function write(path: string, text: string): Promise<void> {
    await mkdir(join(folder, dirname(path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }

  function commit(): void {
    git("add", "--all");
    git("-c", "user.name=test", "-c", "user.email=test@example.com", "commit", "--quiet", "--message=x");
  }

  for (const [path, text] of Object.entries(files)) await write(path, text);
  git("init", "--quiet", "--initial-branch=main");
  commit();
  git("switch", "--quiet", "--create=change");
  return {
    write,
    commit,
    git,
    addChangeset: (step: string, name = "wise-owls") =>
      write(`.changeset/${name}.md`, `---\n"ax-users": ${step}\n---\n\nWhat is different.\n`),
    /** Runs a script of the project here. */
    run: (script: string, ...args: readonly string[]): Promise<Result> =>
      new Promise((resolve) => {
        const file = fileURLToPath(new URL(`../../scripts/${script}`, import.meta.url));
        const child = execFile(process.execPath, [file, ...args], { cwd: folder }, (_, stdout, stderr) =>
          resolve({ exitCode: child.exitCode, stdout, stderr }),
        );
      }),
  };
}
