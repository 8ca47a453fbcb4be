/** What the demo shows things on: colour and motion for a terminal, plain lines for anything else. */
import { Writable } from "node:stream";
import { SingleBar } from "cli-progress";
import { type Format, type Paint, painter } from "../io/colour.ts";
import { tableOf } from "../io/table.ts";

export interface ScreenOptions {
  write: (text: string) => void;
  isTTY: boolean;
  env: Readonly<Record<string, string | undefined>>;
}

export interface Progress {
  /** `note` is shown beside the bar. */
  update(done: number, total: number, note: string): void;
  stop(): void;
}

const WIDTH = 96;
const INDENT = "   ";
export class Screen {
  readonly #write: (text: string) => void;
  readonly #isTTY: boolean;
  readonly #paint: Paint;

  constructor({ write, isTTY, env }: ScreenOptions) {
    this.#write = write;
    this.#isTTY = isTTY;
    this.#paint = painter(env, isTTY);
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

  /** The result. */
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
    this.#lines(tableOf(head, rows, this.#paint));
  }

  /** A label, and next to it a text that is wrapped between words. */
  item(label: string, text: string): void {
    const room = WIDTH - INDENT.length - label.length - 1;
    const lines = text.split("\n").flatMap((paragraph) => wrap(paragraph, room));
    this.#lines(`${this.#paint("bold", label)} ${lines.join(`\n${" ".repeat(label.length + 1)}`)}`);
  }

  /** A progress bar on a terminal. Elsewhere, a line for each quarter. */
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
}

function wrap(text: string, width: number): string[] {
  const [first = "", ...words] = text.split(" ");
  const lines: string[] = [];
  let line = first;
  for (const word of words) {
    if (line.length + 1 + word.length <= width) line += ` ${word}`;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}
