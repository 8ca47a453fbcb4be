/** Running programs. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";

const LONGEST_RUN_MS = 120_000;
const LONGEST_INSTALL_MS = 900_000;

export interface Command {
  file: string;
  args: readonly string[];
  cwd: string;
  /** Added to the environment. */
  env?: Record<string, string>;
}

export interface Printed {
  stdout: string;
  stderr: string;
}

/** This process's environment, without what would change a life. */
export const environment = (added: Record<string, string> = {}): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(ARIZE_.*|DISABLE_PRERELEASE_WARNING|NODE_OPTIONS)$/.test(name),
    ),
  ),
  ...added,
});

/** What a program printed. Rejects with that in the message where it fails, or takes too long. */
export async function run(command: Command, timeout = LONGEST_RUN_MS): Promise<Printed> {
  const { file, args, cwd, env } = command;
  try {
    return await promisify(execFile)(file, args, {
      cwd,
      env: environment(env),
      timeout,
      killSignal: "SIGKILL",
    });
  } catch (error) {
    const {
      killed,
      stdout = "",
      stderr = "",
    } = error as { killed?: boolean; stdout?: string; stderr?: string };
    const why = killed ? `not done within ${timeout} ms` : String(error).split("\n")[0];
    throw new Error([why, stdout, stderr].filter(Boolean).join("\n"), { cause: error });
  }
}

/** The npm that runs this, on whatever system. */
export async function npm(cwd: string, ...args: string[]): Promise<string> {
  const cli = process.env["npm_execpath"];
  const command = cli ? { file: process.execPath, args: [cli, ...args] } : { file: "npm", args };
  return (await run({ ...command, cwd }, LONGEST_INSTALL_MS)).stdout;
}
