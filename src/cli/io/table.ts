import Table from "cli-table3";
import { type Paint, printable } from "./colour.ts";

/** Columns apart by spaces, and a rule below the head. */
const LINES = {
  ...{ top: "", "top-mid": "", "top-left": "", "top-right": "" },
  ...{ bottom: "", "bottom-mid": "", "bottom-left": "", "bottom-right": "" },
  ...{ left: "", "left-mid": "", mid: "─", "mid-mid": "──", right: "", "right-mid": "", middle: "  " },
};

const GAP = 2;
const NARROWEST = 6;

/** Rows below a head; cut to fit into a window, if one is given. */
export function tableOf(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  paint: Paint,
  columns = Number.POSITIVE_INFINITY,
): string {
  const shown = rows.map((row) => row.map(printable));
  const widths = narrowed(
    head.map((name, index) =>
      shown.reduce((width, row) => Math.max(width, row[index]?.length ?? 0), name.length),
    ),
    columns,
  );
  const table = new Table({
    head: head.map((name) => paint("bold", name)),
    chars: LINES,
    ...(widths && { colWidths: widths }),
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0, compact: true },
  });
  table.push(...shown.map((row) => [...row]));
  return table
    .toString()
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}

/** The widest columns give way; undefined where nothing has to. */
function narrowed(natural: readonly number[], columns: number): number[] | undefined {
  const room = columns - GAP * (natural.length - 1);
  const widths = [...natural];
  const sum = () => widths.reduce((total, width) => total + width, 0);
  if (sum() <= room) return undefined;
  while (sum() > room) {
    const widest = Math.max(...widths);
    if (widest <= NARROWEST) break;
    widths[widths.indexOf(widest)] = widest - 1;
  }
  return widths;
}
