import wideWidth from "string-width";
import { type Paint, printable } from "./colour.ts";

const GAP = "  ";
const NARROWEST = 6;

/** Text of which every character takes one column: measuring it needs no look at each. */
const NARROW = /^[ -~\u00a0-\u02ff→…]*$/;

const stringWidth = (text: string): number => (NARROW.test(text) ? text.length : wideWidth(text));

/** Rows below a head and a rule, in aligned columns; cut to fit into a window, if one is given. */
export function tableOf(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  paint: Paint,
  columns = Number.POSITIVE_INFINITY,
): string {
  const shown = rows.map((row) => row.map(printable));
  const widths = narrowed(
    head.map((name, index) =>
      shown.reduce((width, row) => Math.max(width, stringWidth(row[index] ?? "")), name.length),
    ),
    columns,
  );
  const line = (cells: readonly string[]) =>
    cells.map((cell, index) => fitted(cell, widths[index] ?? 0)).join(GAP);
  const rule = "─".repeat(widths.reduce((sum, width) => sum + width + GAP.length, -GAP.length));
  return [paint("bold", line(head).trimEnd()), rule, ...shown.map((row) => line(row).trimEnd())].join("\n");
}

/** The widest columns give way. */
function narrowed(natural: readonly number[], columns: number): number[] {
  const room = columns - GAP.length * (natural.length - 1);
  const widths = [...natural];
  const sum = () => widths.reduce((total, width) => total + width, 0);
  while (sum() > room) {
    const widest = Math.max(...widths);
    if (widest <= NARROWEST) break;
    widths[widths.indexOf(widest)] = widest - 1;
  }
  return widths;
}

/** Exactly so wide: padded, or cut with an ellipsis. */
function fitted(text: string, width: number): string {
  let shown = text;
  if (stringWidth(text) > width) {
    const characters = [...text];
    while (stringWidth(characters.join("")) > width - 1) characters.pop();
    shown = `${characters.join("")}…`;
  }
  return shown + " ".repeat(Math.max(0, width - stringWidth(shown)));
}
