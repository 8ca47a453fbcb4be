import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const example = (file: string): string =>
  fileURLToPath(new URL(`../../examples/queue/${file}`, import.meta.url));

/** The example's module, and with it its Redis. It reads the address when it is imported. */
export type Example = typeof import("../../examples/queue/run.ts");

/** Processes of worker.ts. Who is killed is replaced, as a supervisor would do it. */
export class Workers {
  readonly #start: () => ChildProcess;
  readonly #alive: ChildProcess[] = [];

  constructor(run: string, count: number, env: NodeJS.ProcessEnv, log: string) {
    this.#start = () => {
      const output = openSync(log, "a");
      const child = spawn(process.execPath, [example("worker.ts"), run], {
        env,
        stdio: ["ignore", output, output],
      });
      closeSync(output);
      return child;
    };
    for (let n = 0; n < count; n += 1) this.#alive.push(this.#start());
  }

  /** `choice` is from 0 to 1. */
  kill(choice: number): void {
    const place = Math.floor(choice * this.#alive.length);
    const [killed] = this.#alive.splice(place, 1, this.#start());
    killed?.kill("SIGKILL");
  }

  /** Those that end by themselves have an error. */
  get failure(): string | undefined {
    const ended = this.#alive.find(({ exitCode }) => exitCode !== null);
    return ended && `A worker ended with ${ended.exitCode}.`;
  }

  /** They wait for what they have sent. */
  async stop(): Promise<void> {
    await Promise.all(
      this.#alive.splice(0).map(async (child) => {
        if (child.exitCode !== null || child.signalCode !== null) return;
        const ended = once(child, "exit");
        child.kill("SIGTERM");
        await ended;
      }),
    );
  }
}
