import { FORMATS } from "../io/output.ts";
import type { Command } from "./command.ts";
import type { Option } from "./option.ts";

/** Options of all commands, except those that print text. */
export const GLOBAL_OPTIONS: Readonly<Record<string, Option>> = {
  "key-file": { value: "FILE", isFile: true, help: "read the API key from a file; default: ARIZE_API_KEY" },
  "key-stdin": { help: "read the API key from standard input" },
  "base-url": { value: "URL", help: "address of the API; default: ARIZE_BASE_URL" },
  "allow-http": { help: "allow http to another machine, which sends the key unencrypted" },
  region: { value: "REGION", help: "region of the account, instead of --base-url; default: ARIZE_REGION" },
  json: { help: "print JSON to standard output, and everything else to standard error" },
  output: { value: "FORMAT", choices: FORMATS, help: "table (default), json, jsonl or csv" },
  "no-input": { help: "never ask, not even on a terminal" },
  quiet: { help: "print only results and errors" },
  verbose: { help: "print each request to standard error" },
  help: { short: "h", help: "show this help" },
};

/** The options of a command: its own, and the global ones. */
export const optionsOf = (command: Command): Readonly<Record<string, Option>> => ({
  ...command.options,
  ...globalOptionsOf(command),
});

/** The global options that a command has. */
export function globalOptionsOf({ isText }: Command): Readonly<Record<string, Option>> {
  if (!isText) return GLOBAL_OPTIONS;
  const { json, output, ...others } = GLOBAL_OPTIONS;
  return others;
}
