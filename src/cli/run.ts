import packageJson from "../../package.json" with { type: "json" };
import type { Command } from "./args/command.ts";
import { optionsOf } from "./args/global-options.ts";
import { commandHelp, overview, usageOf } from "./args/help.ts";
import { type Args, hintFor, parse } from "./args/parse.ts";
import { nameTypedOptions } from "./args/typed-options.ts";
import { keyInEnvironment, readKey } from "./client.ts";
import { COMMANDS } from "./commands.ts";
import { EXIT, errorDocument, exitCodeOf, messageOf, UsageError } from "./exit.ts";
import { printableLines } from "./io/colour.ts";
import { explainInterrupt } from "./io/interrupt.ts";
import type { Io } from "./io/io.ts";
import { formatOf, Output } from "./io/output.ts";
import { type SafeIo, safeIo } from "./io/safe-io.ts";

/** Runs a command line. Returns the exit code, and never rejects. */
export async function run(argv: readonly string[], process: Io): Promise<number> {
  const io = safeIo(process);
  io.hideKey(keyInEnvironment(io));
  let isJson = asksForJson(argv);
  try {
    const [first] = argv;
    if (first === undefined || first === "--help" || first === "-h" || first === "help")
      return help(argv, io);
    if (first === "--version") {
      io.write(`${packageJson.version}\n`);
      return EXIT.done;
    }
    const group = groupOf(first);
    if (group.length > 0 && (argv[1] === "--help" || argv[1] === "-h")) {
      io.write(overview(group));
      return EXIT.done;
    }
    const { command, rest } = commandIn(argv);
    const args = parseFor(command, rest);
    if (args.flag("help")) {
      io.write(commandHelp(command));
      return EXIT.done;
    }
    // The sandbox prints its key, which may be the one in the environment.
    const own = command.isLocal ? safeIo(process) : io;
    const output = outputOf(args, own);
    isJson = output.isJson;
    return await runCommand(command, args, own, output);
  } catch (error) {
    return fail(error, io, isJson);
  }
}

async function runCommand(command: Command, args: Args, io: SafeIo, output: Output): Promise<number> {
  const apiKey = command.isLocal ? undefined : await readKey(args, io);
  io.hideKey(apiKey);
  const ended = command.isWriter ? explainInterrupt(io, output) : () => {};
  try {
    return await command.run({ args, io, output, apiKey });
  } catch (error) {
    throw nameTypedOptions(error, args);
  } finally {
    ended();
  }
}

function parseFor(command: Command, words: readonly string[]): Args {
  try {
    return parse(words, optionsOf(command), command.arguments);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(`${error.message}\nUsage: ${usageOf(command)}`);
  }
}

function help(argv: readonly string[], io: Io): number {
  const words = argv.filter((word) => !word.startsWith("-")).slice(1);
  const shown = words.length > 1 ? [] : groupOf(words[0]);
  if (words.length === 0) io.write(overview(COMMANDS));
  else io.write(shown.length > 0 ? overview(shown) : commandHelp(commandIn(words).command));
  return EXIT.done;
}

/** The commands whose first of two words this is. */
const groupOf = (first = ""): readonly Command[] =>
  COMMANDS.filter(({ name }) => name.startsWith(`${first} `));

/** Whether an error is also a document. The words may be invalid. */
const asksForJson = (argv: readonly string[]): boolean =>
  argv.some((word, index) => {
    const [name, value = argv[index + 1] ?? ""] = word.split("=", 2);
    return word === "--json" || (name === "--output" && /^jsonl?$/i.test(value));
  });

const outputOf = (args: Args, io: SafeIo): Output =>
  new Output(io, formatOf(args.flag("json"), args.text("output")), args.flag("quiet"));

/** The command that the first words name, and the words after its name. */
function commandIn(argv: readonly string[]): { command: Command; rest: readonly string[] } {
  const [first = "", second = ""] = argv;
  for (const command of COMMANDS) {
    if (command.name === first) return { command, rest: argv.slice(1) };
    if (command.name === `${first} ${second}`) return { command, rest: argv.slice(2) };
  }
  const own = groupOf(first).map(({ name }) => name);
  if (own.length > 0)
    throw new UsageError(`${first} is not a complete command: use one of ${own.join(", ")}.`);
  const hint = hintFor(
    first,
    COMMANDS.map(({ name }) => name),
  );
  throw new UsageError(`${problemOf(first)}${hint} ax-users --help lists the commands.`);
}

/** What is wrong with a first word. It is only repeated if it cannot be a key. */
function problemOf(first: string): string {
  const [option = ""] = first.split("=");
  if (first.startsWith("-")) {
    const isSafe = /^-\w$|^--[a-z][a-z-]{0,19}$/.test(option);
    return `Write the command first, before ${isSafe ? option : "the options"}`;
  }
  return /^[a-z-]{1,20}$/i.test(first) ? `Unknown command ${JSON.stringify(first)}` : "Unknown command";
}

function fail(error: unknown, io: Io, isJson: boolean): number {
  const code = exitCodeOf(error, io.signal);
  if (isJson) io.write(`${JSON.stringify(errorDocument(error))}\n`);
  const isInterrupt = code === EXIT.interrupted && error === io.signal.reason;
  io.warn(isInterrupt ? "Interrupted.\n" : `${printableLines(messageOf(error))}\n`);
  return code;
}
