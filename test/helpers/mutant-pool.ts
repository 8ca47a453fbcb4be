/** A pool for Vitest whose worker outlives a run. To start a worker and load the modules takes longer than most mutants. */
import { EventEmitter } from "node:events";
import {
  type PoolOptions,
  type PoolWorker,
  ThreadsPoolWorker,
  type VitestPluginContext,
  type WorkerRequest,
} from "vitest/node";

declare module "vitest" {
  /** What Stryker's runner tells the tests. */
  interface ProvidedContext {
    readonly mode?: "dry-run" | "mutant";
    readonly mutantActivation?: "static" | "runtime";
    readonly activeMutant?: string;
  }
}

/** Vitest leaves listeners in the worker with each run. */
const MOST_RUNS = 50;
const NAME = "mutants";

let kept: { readonly worker: ThreadsPoolWorker; runs: number } | undefined;

/** Code that runs while a module loads is mutated only where the modules are loaded anew. */
function needsNewModules({ project }: PoolOptions): boolean {
  const { mode, mutantActivation } = project.getProvidedContext();
  return mode !== "mutant" || mutantActivation === "static";
}

async function endKept(): Promise<void> {
  const ended = kept;
  kept = undefined;
  await ended?.worker.stop();
}

class KeptWorker implements PoolWorker {
  readonly name = NAME;
  readonly #options: PoolOptions;
  readonly #listeners = new EventEmitter();
  readonly #endsWithRun: boolean;
  #isAskedToStop = false;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#endsWithRun = needsNewModules(options);
  }

  async start(): Promise<void> {
    if (kept !== undefined && (this.#endsWithRun || kept.runs === MOST_RUNS)) await endKept();
    if (kept === undefined) {
      const worker = new ThreadsPoolWorker(this.#options);
      await worker.start();
      worker.on("exit", () => {
        if (kept?.worker === worker) kept = undefined;
      });
      kept = { worker, runs: 0 };
    }
    kept.runs += 1;
  }

  on(event: string, listener: () => void): void {
    this.#listeners.on(event, listener);
    kept?.worker.on(event, listener);
  }

  off(event: string, listener: () => void): void {
    this.#listeners.off(event, listener);
    kept?.worker.off(event, listener);
  }

  send(message: WorkerRequest): void {
    if (message.type !== "stop") kept?.worker.send(message);
    else {
      // A worker that failed is not asked.
      this.#isAskedToStop = true;
      this.#listeners.emit("message", { type: "stopped", __vitest_worker_response__: true });
    }
  }

  deserialize(data: unknown): unknown {
    return data;
  }

  async stop(): Promise<void> {
    for (const listener of this.#listeners.listeners("message"))
      kept?.worker.off("message", listener as () => void);
    if (this.#endsWithRun || !this.#isAskedToStop) await endKept();
  }
}

/** Stryker only knows the names of Vitest's own pools, and so cannot be given this one. */
export const mutantPool = {
  name: NAME,
  configureVitest({ project }: VitestPluginContext): void {
    const poolRunner = { name: NAME, createPoolWorker: (options: PoolOptions) => new KeptWorker(options) };
    Object.assign(project.config, { pool: NAME, poolRunner });
  },
};
