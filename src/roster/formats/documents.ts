/** JSON, JSON Lines and YAML. */
import { parseAllDocuments } from "yaml";
import { type Problems, shown } from "./problems.ts";
import { readList, toRow } from "./rows.ts";
import type { RawRow, RawRows } from "./types.ts";

/** The default of the parser, for short texts. */
const MIN_ALIASES = 100;

/** @throws {ValidationError} if it is not JSON, or not a list of rows. */
export function readJson(text: string, problems: Problems): RawRows {
  if (text.trim() === "") problems.fail("", "is empty; an empty roster is []");
  return readList(parseJson(text, "", problems), problems);
}

/** @throws {ValidationError} if a line is not JSON, or not a row. */
export function readJsonLines(text: string, problems: Problems): RawRows {
  // An export that failed leaves such a file.
  if (text.trim() === "") problems.fail("", "is empty; an empty roster is []");
  const lines = text.split(/\r\n|\r|\n/);
  // The text after the last line break is not a line.
  if (lines.at(-1)?.trim() === "") lines.pop();
  const rows: RawRow[] = [];
  let blankRows = 0;
  for (const [index, line] of lines.entries()) {
    const at = `row ${index + 1}`;
    const row = line.trim() === "" ? undefined : toRow(parseJson(line, at, problems), at, problems);
    if (row) rows.push(row);
    else blankRows += 1;
  }
  problems.throwIfAny();
  return { rows, blankRows };
}

/** @throws {ValidationError} if it is not YAML, or not a list of rows. */
export function readYaml(text: string, problems: Problems): RawRows {
  return readList(parseYaml(text, "", problems), problems);
}

function parseJson(text: string, at: string, problems: Problems): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return problems.fail(at, `is not valid JSON: ${error instanceof Error ? error.message : error}`);
  }
  const twice = keyNamedTwice(text);
  if (twice) problems.add(at || `row ${twice.row}`, `has the column ${shown(twice.key)} twice`);
  return value;
}

/** Finds a duplicate name, which JSON.parse does not report: it keeps the last value. Expects valid JSON. */
function keyNamedTwice(text: string): { row: number; key: string } | undefined {
  const open: (Set<string> | undefined)[] = [];
  let row = 1;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"(?:\s*:)?|[{}[\],]/g)) {
    const isInList = open.length === 1 && open[0] === undefined;
    if (token === "," && isInList) row += 1;
    if (token.endsWith(":")) {
      const key = String(JSON.parse(token.slice(0, -1)));
      const keys = open.at(-1);
      if (keys?.has(key)) return { row, key };
      keys?.add(key);
    } else nest(open, token);
  }
  return undefined;
}

function nest(open: (Set<string> | undefined)[], token: string): void {
  if (token === "{") open.push(new Set());
  else if (token === "[") open.push(undefined);
  else if (token === "}" || token === "]") open.pop();
}

function parseYaml(text: string, at: string, problems: Problems): unknown {
  const documents = parseAllDocuments(text, { stringKeys: true });
  if ("empty" in documents) return problems.fail(at, "is empty; an empty roster is []");
  if (documents.length > 1) return problems.fail(at, "must be one document, received several");
  const [document] = documents;
  const [error] = document?.errors ?? [];
  const line = error?.linePos?.[0].line;
  const place = at || (line === undefined ? "" : `line ${line}`);
  if (error) return problems.fail(place, `is not valid: ${error.message.split("\n")[0]}`);
  try {
    // A roster may use an anchor in each row. The limit is for aliases of aliases, which grow faster than the text.
    return document?.toJS({ maxAliasCount: Math.max(MIN_ALIASES, text.length) });
  } catch (cause) {
    return problems.fail(at, `is not valid: ${cause instanceof Error ? cause.message : cause}`);
  }
}
