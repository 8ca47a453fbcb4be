import type { Io } from "../io/io.ts";
import type { Output } from "../io/output.ts";
import type { Option } from "./option.ts";
import type { Args } from "./parse.ts";

/** The surroundings of a command. */
export interface Context {
  readonly args: Args;
  readonly io: Io;
  readonly output: Output;
  /** The API key, if there is one. */
  readonly apiKey: string | undefined;
}

/** A command of `ax-users`. */
export interface Command {
  /** One word, or two: `orgs add-user`. */
  readonly name: string;
  readonly summary: string;
  /** Names of the arguments: `USER...` means one or more, `[SHELL]` is optional. */
  readonly arguments: readonly string[];
  readonly options: Readonly<Record<string, Option>>;
  /** Whether it prints text, and so has no `--json` and no `--output`. */
  readonly isText?: true;
  /** Whether it works without an account, and so without an API key. */
  readonly isLocal?: true;
  /** Whether it sends requests that change something. An interrupt waits for them. */
  readonly isWriter?: true;
  /** Two command lines. */
  readonly examples: readonly [string, string];
  /** Returns the exit code. */
  run(context: Context): Promise<number>;
}
