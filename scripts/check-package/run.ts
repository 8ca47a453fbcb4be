import { execFile, execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

export const root = fileURLToPath(new URL("../..", import.meta.url));

/** What a command prints. It tells its errors itself. */
export function run(command: string, args: readonly string[], cwd: string): string {
  return execFileSync(command, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
}

/** What a script prints, run by this Node, whatever its exit code. */
export async function outputOf(script: string, args: readonly string[], cwd: string): Promise<string> {
  const ended = promisify(execFile)(process.execPath, [script, ...args], { cwd });
  const { stdout, stderr } = await ended.catch((error: { stdout: string; stderr: string }) => error);
  return stdout + stderr;
}
