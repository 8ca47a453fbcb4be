/** Exit codes, and which error gives which code. */
import { ArizeError, AuthenticationError, ValidationError } from "ax-users";
import { JournalError, PlanRefusedError } from "ax-users/roster";
import { withFlags } from "./args/flags.ts";

export const EXIT = {
  done: 0,
  failed: 1,
  usage: 2,
  unknown: 3,
  authentication: 4,
  refused: 5,
  changes: 10,
  interrupted: 130,
} as const;

/** The command line, or a file that it names, is invalid. Nothing was sent. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Returns the exit code of a command that ended with an error. */
export function exitCodeOf(error: unknown, signal: AbortSignal): number {
  if (signal.aborted) return EXIT.interrupted;
  if (error instanceof AuthenticationError || isAboutKey(error)) return EXIT.authentication;
  if (error instanceof PlanRefusedError) return EXIT.refused;
  if (error instanceof ArizeError && error.outcome === "unknown") return EXIT.unknown;
  const isUsage =
    error instanceof UsageError ||
    error instanceof ValidationError ||
    error instanceof JournalError ||
    isFileError(error);
  return isUsage ? EXIT.usage : EXIT.failed;
}

/** The key is missing, or cannot be sent. */
const isAboutKey = (error: unknown): boolean =>
  error instanceof ValidationError && error.issues.some(({ path }) => path === "apiKey");

/** A file that the command line names cannot be read or written. */
const isFileError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && "syscall" in error && "code" in error;

/** An error in JSON output. */
export const errorDocument = (error: unknown) => ({
  error: {
    name: error instanceof Error ? error.name : "Error",
    message: messageOf(error),
    outcome: error instanceof ArizeError ? error.outcome : "not_applied",
  },
});

/** Returns the message of an error, in terms of the command line. */
export function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (isAboutKey(error)) {
    return "There is no valid API key: set ARIZE_API_KEY, or pass --key-file FILE or --key-stdin.";
  }
  if (isFileError(error)) return `${error.path ?? "a file"}: ${reasonOf(error)}`;
  return error instanceof PlanRefusedError || error instanceof ValidationError ? withFlags(message) : message;
}

/** Why a file cannot be read or written: `no such file or directory (ENOENT)`. */
export function reasonOf(error: unknown): string {
  if (!isFileError(error)) return error instanceof Error ? error.message : String(error);
  const { code, message } = error;
  return `${message.replace(`${code}: `, "").replace(/, \w+( '.*')?$/s, "")} (${code})`;
}
