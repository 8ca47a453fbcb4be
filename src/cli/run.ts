import packageJson from "../../package.json" with { type: "json" };
import type { Command } from "./args/command.ts";
import { GLOBAL_OPTIONS } from "./args/global-options.ts";
import { commandHelp, overview, usageOf } from "./args/help.ts";
import { type Args, hintFor, parse } from "./args/parse.ts";
import { COMMANDS } from "./commands.ts";
import { EXIT, errorDocument, exitCodeOf, messageOf, UsageError } from "./exit.ts";
import type { Io } from "./io/io.ts";
import { formatOf, Output } from "./io/output.ts";

/** Runs a command line. Returns the exit code, and never rejects. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  let format = argv.includes("--json") ? ("json" as const) : undefined;
  try {
    const [first] = argv;
    if (first === undefined || first === "--help" || first === "-h" || first === "help")
      return help(argv, io);
    if (first === "--version") {
      io.write(`${packageJson.version}\n`);
      return EXIT.done;
    }
    const group = COMMANDS.filter(({ name }) => name.startsWith(`${first} `));
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
    const output = outputOf(args, io);
    if (output.isJson) format = "json";
    return await command.run({ args, io, output });
  } catch (error) {
    return fail(error, io, format === "json");
  }
}

function parseFor(command: Command, words: readonly string[]): Args {
  try {
    return parse(words, { ...command.options, ...GLOBAL_OPTIONS }, command.arguments);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(`${error.message}\nUsage: ${usageOf(command)}`);
  }
}

function help(argv: readonly string[], io: Io): number {
  const words = argv.filter((word) => !word.startsWith("-")).slice(1);
  io.write(words.length > 0 ? commandHelp(commandIn(words).command) : overview(COMMANDS));
  return EXIT.done;
}

const outputOf = (args: Args, io: Io): Output =>
  new Output(io, formatOf(args.flag("json"), args.text("output")), args.flag("quiet"));

/** The command that the first words name, and the words after its name. */
function commandIn(argv: readonly string[]): { command: Command; rest: readonly string[] } {
  const [first = "", second = ""] = argv;
  for (const command of COMMANDS) {
    if (command.name === first) return { command, rest: argv.slice(1) };
    if (command.name === `${first} ${second}`) return { command, rest: argv.slice(2) };
  }
  const own = COMMANDS.map(({ name }) => name).filter((name) => name.startsWith(`${first} `));
  if (own.length > 0)
    throw new UsageError(`${first} is not a complete command: use one of ${own.join(", ")}.`);
  const hint = hintFor(
    first,
    COMMANDS.map(({ name }) => name),
  );
  const named = first.startsWith("-")
    ? `Write the command first, before ${first.split("=")[0]}`
    : `Unknown command ${JSON.stringify(first)}`;
  throw new UsageError(`${named}${hint} ax-users --help lists the commands.`);
}

function fail(error: unknown, io: Io, isJson: boolean): number {
  const code = exitCodeOf(error, io.signal);
  if (isJson) io.write(`${JSON.stringify(errorDocument(error))}\n`);
  const isInterrupt = code === EXIT.interrupted && error === io.signal.reason;
  io.warn(isInterrupt ? "Interrupted.\n" : `${messageOf(error)}\n`);
  return code;
}
