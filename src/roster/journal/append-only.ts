import type { FileHandle } from "node:fs/promises";

interface Waiting {
  readonly text: string;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * A file that is only appended to, and flushed after each write. It is created at the first write, and only its owner can
 * read it. Writes during a flush share the next flush.
 */
export class AppendOnlyFile {
  readonly #path: string;
  readonly #length: number;
  #file: FileHandle | undefined;
  #waiting: Waiting[] = [];
  #writing: Promise<void> | undefined;
  #broken: { readonly error: unknown } | undefined;

  /** Drops everything after the first `length` bytes before it appends. */
  constructor(path: string, length: number) {
    this.#path = path;
    this.#length = length;
  }

  /** Resolves when the text is on disk. After a failure, it writes nothing more, since half a line may have been written. */
  append(text: string): Promise<void> {
    if (this.#broken) return Promise.reject(this.#broken.error);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ text, resolve, reject });
      this.#writing ??= this.#writeAll();
    });
  }

  async close(): Promise<void> {
    await this.#writing;
    await this.#file?.close();
    this.#file = undefined;
  }

  async #writeAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0);
      try {
        if (this.#broken) throw this.#broken.error;
        this.#file ??= await openForAppend(this.#path, this.#length);
        await this.#file.appendFile(batch.map(({ text }) => text).join(""));
        await this.#file.datasync();
        for (const { resolve } of batch) resolve();
      } catch (error) {
        this.#broken ??= { error };
        for (const { reject } of batch) reject(error);
      }
    }
    this.#writing = undefined;
  }
}

async function openForAppend(path: string, length: number): Promise<FileHandle> {
  const { open } = await import("node:fs/promises");
  const { dirname } = await import("node:path");
  const file = await open(path, "a", 0o600);
  try {
    // The mode above applies only to a new file.
    await file.chmod(0o600);
    await file.truncate(length);
    await flushFolder(dirname(path));
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** Makes the name of a new file durable, if the system supports it. */
async function flushFolder(path: string): Promise<void> {
  const { open } = await import("node:fs/promises");
  try {
    const folder = await open(path, "r");
    await folder.sync().finally(() => folder.close());
  } catch {
    // Windows does not support it.
  }
}
