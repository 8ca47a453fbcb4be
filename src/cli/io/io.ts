import type { Readable } from "node:stream";

/** What the command takes from the process: tests have another one. */
export interface Io {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: Readable;
  /** Standard output. */
  write(text: string): void;
  /** Standard error. */
  warn(text: string): void;
  readonly isTerminal: { readonly stdin: boolean; readonly stdout: boolean; readonly stderr: boolean };
  /** Of the window. */
  readonly columns: number;
  /** Aborted by the first SIGINT or SIGTERM. */
  readonly signal: AbortSignal;
}
