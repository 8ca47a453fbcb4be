import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { specFile } from "./spec.ts";

/** A Prism in a process of its own. Disposing of it ends the process, and resolves when that has ended. */
export interface Prism extends AsyncDisposable {
  readonly baseUrl: string;
}

/** Far beyond the second that it takes; what does not answer by then never will. */
const START_LIMIT_MS = 25_000;

/** Answers from the examples of the spec, and refuses requests that break it. */
export const startMock = (): Promise<Prism> => startPrism("mock", specFile);

/**
 * Hands requests on as they are, and answers 500 in the place of an answer that breaks the spec.
 *
 * Requests are not held against the spec, so that the server's own refusals can be had.
 */
export const startProxy = (upstream: string): Promise<Prism> =>
  startPrism("proxy", specFile, upstream, "--errors", "--validate-request=false");

async function startPrism(...args: string[]): Promise<Prism> {
  // Port 0 takes any that is free, without a moment in which another may take it.
  const own = ["--host=127.0.0.1", "--port=0", "--multiprocess=false"];
  const child = spawn(process.execPath, [await entry(), ...args, ...own], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill();
    await once(child, "exit");
  };
  const overdue = setTimeout(() => child.kill(), START_LIMIT_MS);
  try {
    const baseUrl = await addressIn(child.stdout);
    // Any answer will do, and this one never reaches an upstream: no path of the spec begins like it.
    await fetch(`${baseUrl}/health`);
    return { baseUrl, [Symbol.asyncDispose]: stop };
  } catch (error) {
    await stop();
    throw error;
  } finally {
    clearTimeout(overdue);
  }
}

/** The script behind the `prism` command. */
async function entry(): Promise<string> {
  const manifest = createRequire(import.meta.url).resolve("@stoplight/prism-cli/package.json");
  const { bin }: { bin: { prism: string } } = JSON.parse(await readFile(manifest, "utf8"));
  return join(dirname(manifest), bin.prism);
}

/** The address that Prism prints as soon as it listens. What it prints after that is read and dropped. */
async function addressIn(output: Readable): Promise<string> {
  const lines: string[] = [];
  try {
    for await (const line of createInterface({ input: output })) {
      const address = /listening on (http:\/\/[\d.]+:\d+)/.exec(line)?.[1];
      if (address) return address;
      lines.push(line);
    }
  } finally {
    output.resume();
  }
  throw new Error(`Prism ended before it listened:\n${lines.join("\n")}`);
}
