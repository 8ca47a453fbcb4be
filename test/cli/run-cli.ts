import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import type { Sandbox, SandboxOptions } from "ax-users/testing";
import { onTestFinished } from "vitest";
import type { Io } from "../../src/cli/io/io.ts";
import { run } from "../../src/cli/run.ts";
import { openSandbox } from "../helpers/sandbox.ts";

/** What a command did. */
export interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Surroundings {
  readonly stdin?: string | Readable;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** All three streams, or each. Default: none is. */
  readonly isTerminal?: boolean | Io["isTerminal"];
  readonly columns?: number;
  readonly signal?: AbortSignal;
  readonly secondSignal?: AbortSignal;
  /** Called with each piece of output, as it comes. */
  readonly onWrite?: (text: string) => unknown;
}

/** What a command sees of its process, and what it has written. */
export function openIo(surroundings: Surroundings = {}) {
  const { stdin = "", env = {}, isTerminal = false, columns = 80, onWrite } = surroundings;
  const written = { stdout: "", stderr: "" };
  const writer = (name: keyof typeof written) => (text: string) => {
    written[name] += text;
    onWrite?.(text);
  };
  const io: Io = {
    env,
    stdin: typeof stdin === "string" ? Readable.from([Buffer.from(stdin)]) : stdin,
    write: writer("stdout"),
    warn: writer("stderr"),
    isTerminal:
      typeof isTerminal === "object"
        ? isTerminal
        : { stdin: isTerminal, stdout: isTerminal, stderr: isTerminal },
    columns,
    signal: surroundings.signal ?? new AbortController().signal,
    secondSignal: surroundings.secondSignal ?? new AbortController().signal,
  };
  return { io, written };
}

/** Runs a command line in this process. */
export async function cli(argv: readonly string[], surroundings: Surroundings = {}): Promise<Finished> {
  const { io, written } = openIo(surroundings);
  const code = await run(argv, io);
  return { code, ...written };
}

/** An account, a folder for files, and the command for both. */
export async function openCli(options?: SandboxOptions) {
  const sandbox = await openSandbox(options);
  const folder = mkdtempSync(join(tmpdir(), "ax-users-cli-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const env = { ARIZE_API_KEY: sandbox.apiKey, ARIZE_BASE_URL: sandbox.baseUrl };
  return {
    sandbox,
    env,
    file: (name: string) => join(folder, name),
    run: (argv: readonly string[], surroundings: Surroundings = {}) =>
      cli(argv, { ...surroundings, env: { ...env, ...surroundings.env } }),
    writes: () => writesOf(sandbox),
  };
}

/** The requests that were no reads. */
const writesOf = (sandbox: Sandbox): string[] =>
  sandbox.requests.filter(({ method }) => method !== "GET").map(({ method, path }) => `${method} ${path}`);

/** JSON Lines. */
export const linesOf = (text: string): Record<string, unknown>[] =>
  text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
