/** The surroundings of a command, for parts of it. */
import { Readable } from "node:stream";
import type { Context } from "../../src/cli/args/command.ts";
import { GLOBAL_OPTIONS } from "../../src/cli/args/global-options.ts";
import { parse } from "../../src/cli/args/parse.ts";
import { CONFIRM_REMOVALS, YES } from "../../src/cli/confirm.ts";
import type { Io } from "../../src/cli/io/io.ts";
import { formatOf, Output } from "../../src/cli/io/output.ts";

interface Written {
  stdout: string;
  stderr: string;
}

/** The words are options, as on a command line. */
export function openContext(words: readonly string[] = [], more: Partial<Io> = {}) {
  const written: Written = { stdout: "", stderr: "" };
  const io: Io = {
    env: {},
    stdin: Readable.from([]),
    write: (text) => {
      written.stdout += text;
    },
    warn: (text) => {
      written.stderr += text;
    },
    isTerminal: { stdin: false, stdout: false, stderr: false },
    columns: 80,
    signal: new AbortController().signal,
    ...more,
  };
  const args = parse(words, { ...GLOBAL_OPTIONS, "confirm-removals": CONFIRM_REMOVALS, yes: YES }, []);
  const output = new Output(io, formatOf(args.flag("json"), args.text("output")), args.flag("quiet"));
  const context: Context = { args, io, output };
  return { context, io, written };
}

export const TERMINAL = { stdin: true, stdout: true, stderr: true };
