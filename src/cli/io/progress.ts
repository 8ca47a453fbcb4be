import { Writable } from "node:stream";
import { SingleBar } from "cli-progress";
import { painter } from "./colour.ts";
import type { Io } from "./io.ts";

export interface Progress {
  update(done: number, total: number, note: string): void;
  stop(): void;
}

const NONE: Progress = { update: () => {}, stop: () => {} };

/** A progress bar on standard error, if that is a terminal. */
export function progressOf(io: Io, isQuiet: boolean): Progress {
  if (isQuiet || !io.isTerminal.stderr) return NONE;
  const paint = painter(io.env, true);
  const stream = new Writable({
    decodeStrings: false,
    write(chunk, _encoding, written) {
      io.warn(String(chunk));
      written();
    },
  });
  const bar = new SingleBar({
    stream: Object.assign(stream, { isTTY: true, columns: io.columns }),
    format: `${paint("green", "{bar}")} {value}/{total}  {note}`,
    barCompleteChar: "█",
    barIncompleteChar: "░",
    barsize: Math.max(8, Math.min(24, io.columns - 40)),
    fps: 20,
  });
  return {
    update: (done, total, note) => {
      if (!bar.isActive) bar.start(total, 0, { note: "" });
      bar.update(done, { note });
    },
    stop: () => bar.stop(),
  };
}
