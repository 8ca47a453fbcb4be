/** What the demo shows things on: colour and motion for a terminal, plain lines for anything else. */
import { Writable } from "node:stream";
import { styleText } from "node:util";
import { SingleBar } from "cli-progress";
import Table from "cli-table3";

export interface ScreenOptions {
  write: (text: string) => void;
  isTTY: boolean;
}

export interface Progress {
  /** `note` is shown beside the bar. */
  update(done: number, total: number, note: string): void;
  stop(): void;
}

const WIDTH = 96;
const INDENT = "   ";
/** Columns apart by blanks, and a rule below the head. */
const LINES = {
  ...{ top: "", "top-mid": "", "top-left": "", "top-right": "" },
  ...{ bottom: "", "bottom-mid": "", "bottom-left": "", "bottom-right": "" },
  ...{ left: "", "left-mid": "", mid: "─", "mid-mid": "──", right: "", "right-mid": "", middle: "  " },
};

const STYLE = { head: [], border: [], "padding-left": 0, "padding-right": 0, compact: true };

export class Screen {
  readonly #write: (text: string) => void;
  readonly #isTTY: boolean;

  constructor({ write, isTTY }: ScreenOptions) {
    this.#write = write;
    this.#isTTY = isTTY;
  }

  title(text: string): void {
    this.#write(`${this.#paint("bold", text)}\n`);
  }

  /** The beginning of a step. */
  heading(text: string): void {
    this.#write(`\n${this.#paint(["bold", "cyan"], text)}\n`);
  }

  /** The call that is made, as code. */
  call(code: string): void {
    this.#lines(`> ${code}`, "cyan");
  }

  /** What came of it. */
  text(text: string): void {
    this.#lines(text);
  }

  /** What was checked. */
  fact(text: string): void {
    this.#lines(`${this.#paint("green", "✓")} ${text}`);
  }

  warning(text: string): void {
    this.#lines(`! ${text}`, "yellow");
  }

  table(head: string[], rows: string[][]): void {
    const table = new Table({
      head: head.map((name) => this.#paint("bold", name)),
      chars: LINES,
      style: STYLE,
    });
    table.push(...rows);
    this.#lines(table.toString());
  }

  /** A label, and beside it a text that is broken into lines between words. */
  item(label: string, text: string): void {
    const room = WIDTH - INDENT.length - label.length - 1;
    const chars = { ...LINES, middle: " " };
    const table = new Table({ chars, style: STYLE, colWidths: [label.length, room], wordWrap: true });
    table.push([this.#paint("bold", label), text]);
    this.#lines(table.toString());
  }

  /** A bar on a terminal; elsewhere a line for each quarter of the way. */
  progress(): Progress {
    return this.#isTTY ? this.#bar() : this.#quarters();
  }

  #bar(): Progress {
    const write = this.#write;
    const stream = new Writable({
      decodeStrings: false,
      write(chunk, _encoding, written) {
        write(String(chunk));
        written();
      },
    });
    const bar = new SingleBar({
      stream: Object.assign(stream, { isTTY: true, columns: WIDTH }),
      format: `${INDENT}${this.#paint("green", "{bar}")} {value}/{total}  {note}`,
      barCompleteChar: "█",
      barIncompleteChar: "░",
      barsize: 24,
      fps: 30,
      linewrap: true,
    });
    return {
      update: (done, total, note) => {
        if (!bar.isActive) bar.start(total, 0, { note: "" });
        bar.update(done, { note });
      },
      stop: () => bar.stop(),
    };
  }

  #quarters(): Progress {
    let shown = 0;
    return {
      update: (done, total, note) => {
        const quarters = Math.floor((done / total) * 4);
        if (quarters > shown)
          this.#lines(`${String(quarters * 25).padStart(3)} %  ${done}/${total}  ${note}`);
        shown = quarters;
      },
      stop: () => {},
    };
  }

  #lines(text: string, format?: Format): void {
    for (const line of text.split("\n")) {
      this.#write(`${INDENT}${format ? this.#paint(format, line) : line}`.trimEnd().concat("\n"));
    }
  }

  #paint(format: Format, text: string): string {
    if (!this.#isTTY || process.env["NO_COLOR"]) return text;
    return styleText(format, text, { validateStream: false });
  }
}

type Format = Parameters<typeof styleText>[0];
