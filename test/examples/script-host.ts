import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { endOf, type Order } from "./order.ts";
import { type Finished, type ScriptOptions, startNode, urlOf } from "./run-script.ts";

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

function start() {
  const child = startNode([fileURLToPath(new URL("./host-process.ts", import.meta.url))]);
  child.stdout.setEncoding("utf8");
  child.stderr.setEncoding("utf8");
  return child;
}

/** What a script writes until both streams have its end, or until it takes the process with it. */
function finish(child: ReturnType<typeof start>, number: number): Promise<Finished> {
  const ending = new RegExp(`${endOf(number, "(\\d+)")}$`);
  const output = { stdout: "", stderr: "" };
  return new Promise((resolve) => {
    const settle = (code: number | null) => {
      child.stdout.off("data", onStdout);
      child.stderr.off("data", onStderr);
      child.off("close", settle);
      resolve({ ...output, code });
    };
    const look = () => {
      const ends = [output.stdout.match(ending), output.stderr.match(ending)];
      if (!ends[0] || !ends[1]) return;
      output.stdout = output.stdout.replace(ending, "");
      output.stderr = output.stderr.replace(ending, "");
      settle(Number(ends[0][1]));
    };
    const onStdout = (text: string) => {
      output.stdout += text;
      look();
    };
    const onStderr = (text: string) => {
      output.stderr += text;
      look();
    };
    child.stdout.on("data", onStdout);
    child.stderr.on("data", onStderr);
    child.on("close", settle);
  });
}
