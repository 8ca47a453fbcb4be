/** CSV and TSV, as spreadsheets write them. */
import { CsvError, parse } from "csv-parse/browser/esm/sync";
import { isBlank } from "./fields.ts";
import type { Problems } from "./problems.ts";
import { shown } from "./problems.ts";
import { COLUMNS, type RawRow, type RawRows } from "./types.ts";

/** @throws {ValidationError} if it is not a table, or if a row or a column is invalid. */
export function readTable(text: string, separator: string | undefined, problems: Problems): RawRows {
  // Use one kind of line break: then the parser counts lines correctly, and a quoted line break is the same in each file.
  const unified = text.replace(/\r\n?/g, "\n");
  const records = parseCells(unified, separator ?? separatorOf(unified), problems);
  const head = records.findIndex(({ cells }) => !cells.every(isBlank));
  const header = records[head];
  if (!header) return problems.fail("", `has no header; expected columns: ${COLUMNS.join(", ")}`);
  const columns = readHeader(header.cells, header.at, problems);
  const body = records.slice(head + 1);
  const filled = body.filter(({ cells }) => !cells.every(isBlank));
  for (const { at, cells } of filled) {
    if (cells.length !== columns.length)
      problems.add(at, `has ${cells.length} cells, the header has ${columns.length}`);
  }
  problems.throwIfAny();
  const places = new Map(columns.map((column, index) => [column, index]));
  const rows = filled.map(({ at, cells }): RawRow => ({ at, values: valuesOf(places, cells) }));
  return { rows, blankRows: body.length - rows.length };
}

/** A row of cells, and the line on which it begins. */
interface Cells {
  readonly at: string;
  readonly cells: readonly string[];
}

function parseCells(text: string, delimiter: string, problems: Problems): Cells[] {
  try {
    // The parser reports the line on which a row ends.
    let before = 0;
    const cells: Cells[] = [];
    parse(text, {
      delimiter,
      relax_column_count: true,
      record_delimiter: "\n",
      on_record: (record: string[], { lines }) => {
        cells.push({ at: `line ${before + 1}`, cells: record });
        before = lines;
        return null;
      },
    });
    return cells;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = "lines" in error ? `line ${error["lines"]}` : "";
    return problems.fail(line, `is not valid CSV: ${error.message}`);
  }
}

/** The most frequent separator in the header, outside quotes. */
function separatorOf(text: string): string {
  const header =
    text
      .trimStart()
      .split("\n", 1)[0]
      ?.replace(/"[^"]*"/g, "") ?? "";
  const counts = [",", ";", "\t"].map((separator) => [separator, header.split(separator).length] as const);
  return counts.reduce((best, one) => (one[1] > best[1] ? one : best))[0];
}

function readHeader(cells: readonly string[], at: string, problems: Problems): string[] {
  const known: readonly string[] = COLUMNS;
  const columns = cells.map((cell) => cell.trim().toLowerCase());
  for (const [index, column] of columns.entries()) {
    if (!known.includes(column)) {
      const named =
        column === "" ? `column ${index + 1} has no name` : `unknown column ${shown(cells[index])}`;
      problems.add(at, `${named}; expected ${known.join(", ")}`);
    } else if (columns.indexOf(column) < index) problems.add(at, `has the column ${shown(column)} twice`);
  }
  if (!columns.includes("email")) problems.add(at, "has no column email");
  problems.throwIfAny();
  return columns;
}

/** Does not create a map per row: there may be many rows. */
const valuesOf = (places: ReadonlyMap<string, number>, cells: readonly string[]): RawRow["values"] => ({
  get: (column) => {
    const place = places.get(column);
    return place === undefined ? undefined : withoutGuard(cells[place] ?? "");
  },
});

/** Removes the quote with which `toCsv` protects a cell that looks like a formula. */
const withoutGuard = (cell: string): string => (/^'+[=+\-@]/.test(cell) ? cell.slice(1) : cell);
