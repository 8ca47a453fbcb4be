/** Runs the worker of `life/worker.capnp` in workerd, and asks it once. */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { type Command, environment, type Printed } from "./processes.ts";

const LONGEST_ANSWER_MS = 60_000;
const AT_ONCE = 12;

/** What the worker answered of its life, and what workerd printed. Then it is asked many things at once. */
export async function askWorker({ file, args, cwd, env }: Command): Promise<Printed> {
  // Any port that is free; which one it is comes through descriptor 3.
  const where = ["--socket-addr=http=127.0.0.1:0", "--control-fd=3"];
  const workerd = spawn(file, ["serve", ...where, ...args], {
    cwd,
    env: environment(env),
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  const ended = new Promise((resolve) => workerd.once("close", resolve));
  let printed = "";
  for (const stream of [workerd.stdout, workerd.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
    });
  }
  try {
    const port = await portOf(workerd.stdio[3] as Readable);
    const stdout = await ask(port, "/");
    const atOnce = await Promise.all(Array.from({ length: AT_ONCE }, () => ask(port, "/shared")));
    const others = atOnce.filter((answer) => answer !== '"existing"');
    if (others.length > 0) throw new Error(`With a client for all requests: ${others.join(", ")}`);
    return { stdout, stderr: await untilEnd() };
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : error}\n${await untilEnd()}`, {
      cause: error,
    });
  }

  async function untilEnd(): Promise<string> {
    workerd.kill();
    await ended;
    return printed;
  }
}

async function ask(port: number, path: string): Promise<string> {
  const signal = AbortSignal.timeout(LONGEST_ANSWER_MS);
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { signal });
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return text;
}

async function portOf(control: Readable): Promise<number> {
  for await (const line of createInterface({ input: control })) {
    const message = JSON.parse(line);
    if (message.event === "listen") return message.port;
  }
  throw new Error("workerd did not start.");
}
