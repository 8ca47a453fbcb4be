import { ValidationError } from "../../index.ts";
import { isRecord } from "../../util/members.ts";
import { decode } from "./decode.ts";
import { checkOptions } from "./options.ts";
import { toRoster } from "./people.ts";
import { Problems, shown } from "./problems.ts";
import { readList } from "./rows.ts";
import type { RawRows, Roster, RosterFormat, RosterRow } from "./types.ts";

/**
 * Options of {@link parseRoster}.
 *
 * @example
 * import { type ParseRosterOptions, parseRoster } from "ax-users/roster";
 *
 * const options: ParseRosterOptions = { format: "csv", source: "people.csv" };
 * console.log((await parseRoster("email\nada@example.com", options)).people.length);
 */
export interface ParseRosterOptions {
  /** Default: JSON if the first character is `[` or `{`, otherwise CSV. */
  format?: RosterFormat | undefined;
  /** The name of the file, for messages. Default: `roster`. */
  source?: string | undefined;
}

const FORMATS = ["csv", "tsv", "json", "jsonl", "yaml"];

/**
 * Parses a roster from text or bytes: CSV (with `,`, `;` or tab), TSV, JSON, JSON Lines or YAML, in UTF-8 or UTF-16. The same
 * people give the same roster in each format. Sends no request.
 * @throws a {@link ValidationError} with all problems, of which it names 20, each with its line or row, and its column: an invalid
 * value, an unknown column, a row of the wrong length, or two rows that disagree about one person.
 * @example
 * import { parseRoster } from "ax-users/roster";
 *
 * const { people } = await parseRoster("email;name\nalan@example.com;Alan Turing\n", { format: "csv" });
 * console.log(people[0]?.name); // Alan Turing
 */
export async function parseRoster(
  data: string | Uint8Array,
  options: ParseRosterOptions = {},
): Promise<Roster> {
  checkOptions("parseRoster", options, ["format", "source"]);
  const { source = "roster", format } = options;
  if (format !== undefined && !FORMATS.includes(format)) {
    throw new ValidationError("parseRoster", [
      { path: "format", message: `must be one of ${FORMATS.join(", ")}, received ${shown(format)}` },
    ]);
  }
  if (typeof data !== "string" && !ArrayBuffer.isView(data)) {
    const message = `must be a string or a Uint8Array, received ${shown(data)}`;
    throw new ValidationError("parseRoster", [{ path: "data", message }]);
  }
  const problems = new Problems(source);
  const text = decode(data, problems);
  return toRoster(await readRows(text, format ?? formatOf(text), problems), source);
}

/**
 * Converts an array of rows to a roster.
 *
 * @throws {ValidationError} with everything that is wrong, by row and column.
 */
export function rosterOf(roster: Roster | readonly RosterRow[]): Roster {
  if (isRecord(roster) && "people" in roster) {
    if (Array.isArray(roster.people)) return roster as unknown as Roster;
    const message = `must have people, received ${shown(roster)}`;
    throw new ValidationError("planRoster", [{ path: "roster", message }]);
  }
  return toRoster(readList(roster, new Problems("roster")), "roster");
}

const formatOf = (text: string): RosterFormat => (/^\s*[[{]/.test(text) ? "json" : "csv");

/** Loads each parser on first use: it is larger than the rest of the roster library. */
async function readRows(text: string, format: RosterFormat, problems: Problems): Promise<RawRows> {
  if (format === "csv" || format === "tsv") {
    const { readTable } = await import("./table.ts");
    return readTable(text, format === "tsv" ? "\t" : undefined, problems);
  }
  const { readJson, readJsonLines, readYaml } = await import("./documents.ts");
  const read = { json: readJson, jsonl: readJsonLines, yaml: readYaml }[format];
  return read(text, problems);
}
