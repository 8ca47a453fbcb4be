import type { Io } from "../io/io.ts";
import type { Output } from "../io/output.ts";
import type { Option } from "./option.ts";
import type { Args } from "./parse.ts";

/** What a command takes from its surroundings. */
export interface Context {
  readonly args: Args;
  readonly io: Io;
  readonly output: Output;
}

/** A command of `ax-users`. */
export interface Command {
  /** One word, or two: `orgs add-user`. */
  readonly name: string;
  readonly summary: string;
  /** Names of the arguments: `USER...` for one or more, `[SHELL]` for one that may be left out. */
  readonly arguments: readonly string[];
  readonly options: Readonly<Record<string, Option>>;
  /** Two command lines. */
  readonly examples: readonly [string, string];
  /** Gives the exit code. */
  run(context: Context): Promise<number>;
}
