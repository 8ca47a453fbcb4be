/** That commands of workflows are checked, and where what is found is said to be. */
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";

const script = fileURLToPath(new URL("../../scripts/lint-shell.ts", import.meta.url));

async function lint(command: string): Promise<{ exitCode: number | null; stdout: string; stderr: string }> {
  const folder = await mkdtemp(join(tmpdir(), "ax-users-test-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await mkdir(join(folder, ".github/workflows"), { recursive: true });
  const steps = [{ uses: "actions/checkout@v4" }, { run: `cd build\n${command}` }];
  await writeFile(
    join(folder, ".github/workflows/ci.yml"),
    JSON.stringify({ jobs: { called: { uses: "./other.yml" }, check: { steps } } }),
  );
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [script], { cwd: folder }, (_, stdout, stderr) =>
      resolve({ exitCode: child.exitCode, stdout, stderr }),
    );
  });
}

test("a command that the shell reads otherwise than meant fails, by its place", async () => {
  expect(await lint('rm "a" $FILES')).toEqual({
    exitCode: 1,
    stdout: "",
    stderr:
      ".github/workflows/ci.yml, check, step 2, line 2: " +
      "Double quote to prevent globbing and word splitting. (SC2086)\n",
  });
});

test("one that it reads as meant passes", async () => {
  expect(await lint('rm "a" "$FILES"')).toEqual({
    exitCode: 0,
    stdout: "ShellCheck has nothing to say of 1 scripts.\n",
    stderr: "",
  });
});
