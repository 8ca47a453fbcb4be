import { UsageError } from "../exit.ts";
import { type Paint, painter, printableLines } from "./colour.ts";
import { csvOf } from "./csv.ts";
import type { SafeIo } from "./safe-io.ts";
import { tableOf } from "./table.ts";

export const FORMATS = ["table", "json", "jsonl", "csv"] as const;

export type Format = (typeof FORMATS)[number];

/** A column of tables and CSV: its head, and the cell of an item. */
export type Column<Item> = readonly [head: string, cell: (item: Item) => string];

/** Writes the output of a command. Standard output gets only results, and with JSON only JSON. */
export class Output {
  readonly format: Format;
  readonly paint: Paint;
  readonly #io: SafeIo;
  readonly #isQuiet: boolean;

  constructor(io: SafeIo, format: Format, isQuiet: boolean) {
    this.format = format;
    this.paint = painter(io.env, io.isTerminal.stdout);
    this.#io = io;
    this.#isQuiet = isQuiet;
  }

  get isJson(): boolean {
    return this.format === "json" || this.format === "jsonl";
  }

  /** Writes several items. */
  list<Item>(items: readonly Item[], columns: readonly Column<Item>[]): void {
    if (this.format === "json") this.json(items);
    else if (this.format === "jsonl") for (const item of items) this.line(item);
    else this.#cells(items, columns);
  }

  /** Writes one item. */
  item<Item>(item: Item, columns: readonly Column<Item>[]): void {
    if (this.format === "json") this.json(item);
    else this.list([item], columns);
  }

  json(value: unknown): void {
    this.#io.write(`${JSON.stringify(value, null, 2)}\n`);
  }

  /** A line of JSON Lines. */
  line(value: unknown): void {
    this.#io.write(`${JSON.stringify(value)}\n`);
  }

  /** Writes a line of text. */
  text(text: string): void {
    this.#io.write(`${text}\n`);
  }

  raw(text: string): void {
    this.#io.write(text);
  }

  /** Writes a note to standard error, unless --quiet is set. */
  info(text: string): void {
    if (!this.#isQuiet) this.problem(text);
  }

  /** Writes lines to standard error. */
  problem(text: string): void {
    this.#io.warn(`${printableLines(text)}\n`);
  }

  #cells<Item>(items: readonly Item[], columns: readonly Column<Item>[]): void {
    const head = columns.map(([name]) => name);
    const rows = items.map((item) => columns.map(([, cell]) => this.#io.hide(cell(item))));
    if (this.format === "csv") this.#io.write(csvOf([head, ...rows]));
    else if (rows.length === 0) this.info("None.");
    else {
      const width = this.#io.isTerminal.stdout ? this.#io.columns : undefined;
      this.#io.write(`${tableOf(head, rows, this.paint, width)}\n`);
    }
  }
}

/** @throws {UsageError} if --json and --output contradict each other. */
export function formatOf(isJson: boolean, output: string | undefined): Format {
  const format = FORMATS.find((name) => name === output);
  if (isJson && format !== undefined && format !== "json" && format !== "jsonl") {
    throw new UsageError(`--json and --output ${output} cannot be combined.`);
  }
  return format ?? (isJson ? "json" : "table");
}
