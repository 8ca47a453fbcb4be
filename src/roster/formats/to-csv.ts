import { ValidationError } from "../../index.ts";
import { shown } from "./problems.ts";
import { COLUMNS, type RosterRow } from "./types.ts";

/**
 * Writes rows as CSV for any spreadsheet. {@link parseRoster} can read it back. If a cell looks like a formula, it gets one
 * `'` in front, which {@link parseRoster} removes.
 *
 * @example
 * import { toCsv } from "ax-users/roster";
 *
 * console.log(toCsv([{ email: "alan@example.com", name: "=Alan" }]));
 */
export function toCsv(rows: readonly RosterRow[]): string {
  if (!Array.isArray(rows as unknown)) {
    const message = `must be a list of rows, received ${shown(rows)}`;
    throw new ValidationError("toCsv", [{ path: "rows", message }]);
  }
  const flat = rows.flatMap(({ organizations, ...row }): RosterRow[] =>
    organizations?.length
      ? organizations.map(({ organization, role }) => ({ ...row, organization, organization_role: role }))
      : [row],
  );
  const lines = [COLUMNS.join(","), ...flat.map((row) => COLUMNS.map((name) => cell(row[name])).join(","))];
  return lines.map((line) => `${line}\r\n`).join("");
}

function cell(value: unknown): string {
  const text = value === undefined || value === null ? "" : String(value);
  const guarded = /^'*[=+\-@]/.test(text) ? `'${text}` : text;
  return /[",;\t\r\n]|^\s|\s$/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
