#!/usr/bin/env node
/** `ax-users`, the command: its process. */
import { setFlagsFromString } from "node:v8";
import { EXIT } from "./exit.ts";
import type { Io } from "./io/io.ts";
import { run } from "./run.ts";

// The space for new objects would grow to 100 MB on Node 24, and make nothing faster: most objects of a large list stay.
setFlagsFromString("--semi-space-growth-factor=1");

const { stdin, stdout, stderr, env, argv } = process;

/** A stream whose reader may be gone, which is no failure: the rest is not written. */
function writer(stream: NodeJS.WriteStream): (text: string) => void {
  let isGone = false;
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    isGone = true;
  });
  return (text) => {
    if (!isGone) stream.write(text);
  };
}

const interrupt = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    if (interrupt.signal.aborted) process.exit(EXIT.interrupted);
    interrupt.abort(new DOMException("interrupted", "AbortError"));
  });
}

const io: Io = {
  env,
  stdin,
  write: writer(stdout),
  warn: writer(stderr),
  isTerminal: { stdin: stdin.isTTY === true, stdout: stdout.isTTY === true, stderr: stderr.isTTY === true },
  columns: stderr.columns || stdout.columns || 80,
  signal: interrupt.signal,
};

process.exitCode = await run(argv.slice(2), io);
