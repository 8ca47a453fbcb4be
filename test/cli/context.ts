/** The surroundings of a command, for parts of it. */
import type { Context } from "../../src/cli/args/command.ts";
import { GLOBAL_OPTIONS } from "../../src/cli/args/global-options.ts";
import { parse } from "../../src/cli/args/parse.ts";
import { CONFIRM_REMOVALS, YES } from "../../src/cli/confirm.ts";
import { formatOf, Output } from "../../src/cli/io/output.ts";
import { safeIo } from "../../src/cli/io/safe-io.ts";
import { openIo, type Surroundings } from "./run-cli.ts";

/** The words are options, as on a command line. */
export function openContext(words: readonly string[] = [], surroundings: Surroundings = {}) {
  const { io: process, written } = openIo(surroundings);
  const io = safeIo(process);
  const args = parse(words, { ...GLOBAL_OPTIONS, "confirm-removals": CONFIRM_REMOVALS, yes: YES }, []);
  const output = new Output(io, formatOf(args.flag("json"), args.text("output")), args.flag("quiet"));
  const context: Context = { args, io, output, apiKey: undefined };
  return { context, io, written };
}

export const TERMINAL = { stdin: true, stdout: true, stderr: true };
