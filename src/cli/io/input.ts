import { addAbortSignal } from "node:stream";
import { buffer } from "node:stream/consumers";
import type { Io } from "./io.ts";

/** Reads standard input to its end. An interrupt ends the wait for it. */
export async function readInput({ stdin, signal }: Io): Promise<Buffer> {
  try {
    return await buffer(addAbortSignal(signal, stdin));
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}
