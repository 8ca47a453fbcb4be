#!/usr/bin/env node
/** `ax-users`, the command: its process. */
import { setFlagsFromString } from "node:v8";
import { EXIT, reasonOf } from "./exit.ts";
import type { Io } from "./io/io.ts";
import { run } from "./run.ts";

// The space for new objects would grow to 100 MB on Node 24, and make nothing faster: most objects of a large list stay.
setFlagsFromString("--semi-space-growth-factor=1");

const { stdin, stdout, stderr, env, argv } = process;

/** Writes nothing more to a stream that cannot be written. It is no failure if the reader is gone. */
function writer(stream: NodeJS.WriteStream, onFailure: (error: Error) => void): (text: string) => void {
  let isGone = false;
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (!isGone && error.code !== "EPIPE") onFailure(error);
    isGone = true;
  });
  return (text) => {
    if (!isGone) stream.write(text);
  };
}

const interrupt = new AbortController();
const secondInterrupt = new AbortController();
let isInterrupted = false;
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    if (isInterrupted) {
      secondInterrupt.abort();
      process.exit(EXIT.interrupted);
    }
    isInterrupted = true;
    interrupt.abort(new DOMException("interrupted", "AbortError"));
  });
}

/** A command whose output is lost has failed. It ends as after an interrupt, so that it records what it has sent. */
function failOutput(error: Error): void {
  io.warn(`standard output cannot be written: ${reasonOf(error)}\n`);
  process.on("exit", (code) => {
    if (code === EXIT.done || code === EXIT.interrupted) process.exitCode = EXIT.failed;
  });
  interrupt.abort(error);
}

const io: Io = {
  env,
  stdin,
  write: writer(stdout, failOutput),
  warn: writer(stderr, () => {}),
  isTerminal: { stdin: stdin.isTTY === true, stdout: stdout.isTTY === true, stderr: stderr.isTTY === true },
  columns: stderr.columns || stdout.columns || 80,
  signal: interrupt.signal,
  secondSignal: secondInterrupt.signal,
};

process.exitCode = await run(argv.slice(2), io);
