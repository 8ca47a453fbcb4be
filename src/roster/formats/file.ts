import { ValidationError } from "../../index.ts";
import { checkOptions } from "./options.ts";
import { parseRoster } from "./parse.ts";
import type { Roster, RosterFormat } from "./types.ts";

/**
 * Options of {@link readRosterFile}.
 *
 * @example
 * import { type ReadRosterFileOptions, readRosterFile } from "ax-users/roster";
 *
 * const options: ReadRosterFileOptions = { format: "csv" };
 * await readRosterFile("people.txt", options).catch((error) => console.log(error.message));
 */
export interface ReadRosterFileOptions {
  /** Default: the format of the file's extension. For standard input, as {@link parseRoster}. */
  format?: RosterFormat | undefined;
}

const FORMAT_OF: Readonly<Record<string, RosterFormat>> = {
  csv: "csv",
  tsv: "tsv",
  tab: "tsv",
  json: "json",
  jsonl: "jsonl",
  ndjson: "jsonl",
  yaml: "yaml",
  yml: "yaml",
};

/**
 * Reads a roster from a file. The file's extension determines the format; `-` is standard input. Works in Node and in
 * runtimes with Node's file system.
 *
 * @throws a {@link ValidationError} as {@link parseRoster} does, and if the extension is unknown.
 * @throws the system's own error if the file cannot be read.
 * @example
 * import { writeFile } from "node:fs/promises";
 * import { readRosterFile } from "ax-users/roster";
 *
 * await writeFile("people.csv", "email,name\nalan@example.com,Alan Turing\n");
 * console.log((await readRosterFile("people.csv")).people.length); // 1
 */
export async function readRosterFile(path: string, options: ReadRosterFileOptions = {}): Promise<Roster> {
  checkOptions("readRosterFile", options, ["format"]);
  if (path === "-") return parseRoster(await readStdin(), { ...options, source: "standard input" });
  const extension = /\.([^./\\]+)$/.exec(path)?.[1]?.toLowerCase() ?? "";
  const format = options.format ?? FORMAT_OF[extension];
  if (!format) {
    const known = Object.keys(FORMAT_OF).map((name) => `.${name}`);
    const message = `has an unknown extension; expected ${known.join(", ")}, or pass format`;
    throw new ValidationError(path, [{ path: "", message }]);
  }
  const { readFile } = await import("node:fs/promises");
  return parseRoster(await readFile(path), { format, source: path });
}

async function readStdin(): Promise<Uint8Array> {
  const { stdin } = await import("node:process");
  const { buffer } = await import("node:stream/consumers");
  return buffer(stdin);
}
