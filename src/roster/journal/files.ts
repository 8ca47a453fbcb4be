/** What a journal and a file for passwords need of the file system. */
import { JournalError } from "./types.ts";

/** Rejects with an error that says that the file cannot be read. */
export const cannotRead = (path: string) => failing(path, "read");

/** Rejects with an error that says that the file cannot be written. */
export const cannotWrite = (path: string) => failing(path, "written");

const failing =
  (path: string, how: "read" | "written") =>
  (cause: unknown): never => {
    // The error of a lock that another run holds names the file already.
    if (cause instanceof JournalError) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new JournalError(`${path} cannot be ${how}: ${why}`, { cause });
  };

/** Reads a file. Undefined if it does not exist. */
export async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  const { readFile } = await import("node:fs/promises");
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

/** Bytes that are not UTF-8 become replacement characters; a mark at the start is dropped. */
export const decode = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);

/**
 * Resolves a path now, so that it still names the same file after the current folder changes, or in another process. Also
 * loads in runtimes without a file system, where it returns the path itself.
 */
export const absolutePath = (path: string): string =>
  globalThis.process?.getBuiltinModule?.("node:path")?.resolve(path) ?? path;
