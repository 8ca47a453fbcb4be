import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { endOf, type Order } from "./order.ts";
import { environment, type Finished, type ScriptOptions, urlOf } from "./run-script.ts";

interface HostedOptions extends Pick<ScriptOptions, "args" | "env"> {
  /** Aborted, the script gets SIGINT, as from Ctrl+C. */
  interrupt?: AbortSignal;
}

/** Runs scripts of this repository one after the other in one process, since starting Node takes longer than they do. */
export class ScriptHost {
  #child = start();
  #number = 0;
  /** A script that hung, or ended the process, leaves a process that is of no use. */
  #isSpoilt = false;

  async run(path: string, { args = [], env = {}, interrupt }: HostedOptions = {}): Promise<Finished> {
    if (this.#isSpoilt) this.#restart();
    this.#isSpoilt = true;
    const order: Order = { url: urlOf(path), args, env, number: ++this.#number };
    const child = this.#child;
    const finished = finish(child, order.number);
    const stop = () => void child.kill("SIGINT");
    interrupt?.addEventListener("abort", stop);
    child.send(order);
    const result = await finished;
    interrupt?.removeEventListener("abort", stop);
    this.#isSpoilt = child.exitCode !== null || child.signalCode !== null;
    return result;
  }

  /** Lets the process end, and gives its exit code: it only ends where no script has left anything open. */
  async end(): Promise<number | null> {
    const exited = once(this.#child, "exit");
    this.#child.disconnect();
    const [code] = await exited;
    return code;
  }

  kill(): void {
    this.#child.kill("SIGKILL");
  }

  #restart(): void {
    this.kill();
    this.#child = start();
  }
}

function start(): ChildProcess {
  const host = fileURLToPath(new URL("./host-process.ts", import.meta.url));
  const child = fork(host, { env: environment({}), silent: true });
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding("utf8");
  return child;
}

/** What a script writes until both streams have its end, or until it takes the process with it. */
function finish(child: ChildProcess, number: number): Promise<Finished> {
  const ending = new RegExp(`${endOf(number, "(\\d+)")}$`);
  const output = { stdout: "", stderr: "" };
  return new Promise((resolve) => {
    const settle = (code: number | null) => {
      child.stdout?.removeAllListeners("data");
      child.stderr?.removeAllListeners("data");
      child.off("close", settle);
      resolve({ stdout: output.stdout.replace(ending, ""), stderr: output.stderr.replace(ending, ""), code });
    };
    for (const name of ["stdout", "stderr"] as const) {
      child[name]?.on("data", (text: string) => {
        output[name] += text;
        const [, code] = output.stdout.match(ending) ?? [];
        if (code && ending.test(output.stderr)) settle(Number(code));
      });
    }
    child.once("close", settle);
  });
}
