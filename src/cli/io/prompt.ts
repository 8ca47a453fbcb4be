import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import type { Io } from "./io.ts";

/** Asks on standard error, and returns the typed line. Returns "" if the input ends or the command is interrupted. */
export function ask(io: Io, question: string): Promise<string> {
  io.warn(question);
  // The terminal itself echoes the input, and turns Ctrl-C into a signal.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: io.stdin, output: nowhere, terminal: false });
  return new Promise((resolve) => {
    const end = (line: string) => {
      io.signal.removeEventListener("abort", abort);
      lines.removeAllListeners();
      lines.close();
      io.stdin.pause();
      resolve(line.trim());
    };
    const abort = () => end("");
    io.signal.addEventListener("abort", abort, { once: true });
    if (io.signal.aborted) abort();
    lines.once("line", end);
    lines.once("close", () => end(""));
  });
}
