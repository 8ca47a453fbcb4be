/** A process that does as it is asked, over the channel that `fork` opens. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";

type Handlers = Record<string, (...args: never[]) => unknown>;

interface Question {
  readonly id: number;
  readonly name: string;
  readonly args: never[];
}

interface Answer {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: string;
}

/** In the process: answers what it is asked. */
export function serve(handlers: Handlers): void {
  process.on("message", async ({ id, name, args }: Question) => {
    process.send?.(await answer(id, () => handlers[name]?.(...args)));
  });
}

async function answer(id: number, handle: () => unknown): Promise<Answer> {
  try {
    return { id, value: await handle() };
  } catch (error) {
    return { id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

/** Beside the process: asks it. */
export class Remote {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #asked = 0;

  constructor(file: URL, args: readonly string[] = []) {
    this.#child = fork(file, args, {
      execArgv: ["--expose-gc"],
      env: { ...process.env, DISABLE_PRERELEASE_WARNING: "true" },
    });
    this.#child.on("message", (answer: Answer) => this.#settle(answer));
    this.#child.on("exit", (code, signal) => {
      const error = `The process ended (${signal ?? code}).`;
      for (const id of [...this.#waiting.keys()]) this.#settle({ id, error });
    });
  }

  async ask<Value>(name: string, ...args: unknown[]): Promise<Value> {
    const id = this.#asked++;
    const answered = new Promise<Answer>((resolve) => this.#waiting.set(id, resolve));
    this.#child.send({ id, name, args });
    const { value, error } = await answered;
    if (error !== undefined) throw new Error(error);
    return value as Value;
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, "exit");
    this.#child.kill();
    await ended;
  }

  #settle(answer: Answer): void {
    this.#waiting.get(answer.id)?.(answer);
    this.#waiting.delete(answer.id);
  }
}
