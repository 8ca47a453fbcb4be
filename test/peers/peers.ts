/** The official SDKs, and how to get and start the driver of each. */
import { cpSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Command, run } from "../runtimes/processes.ts";
import type { Dialect } from "../vendor/clients.ts";

const LONGEST_INSTALL_MS = 900_000;

const DRIVERS = fileURLToPath(new URL("drivers/", import.meta.url));
const CACHE = fileURLToPath(new URL("../../node_modules/.cache/peers/", import.meta.url));

export interface Peer {
  id: "alpha" | "current" | "python" | "go";
  name: string;
  version: string;
  dialect: Dialect;
  /** Installs and builds. Rejects with a `NotHere` where the machine does not have what that takes. */
  prepare(): Promise<Driver>;
}

/** A program that takes the file of the steps as its last argument. */
export type Driver = Command;

/** Why an SDK cannot run on this machine. */
export class NotHere extends Error {}

export const typescript = (whose: "ours" | Dialect): Driver => ({
  file: process.execPath,
  args: [join(DRIVERS, "typescript.ts"), whose],
  cwd: DRIVERS,
});

const official = (dialect: Dialect): Peer => ({
  id: dialect,
  name: "TypeScript `@arizeai/ax-client`",
  version: pinned(
    "../../../package.json",
    new RegExp(`"ax-client-${dialect}": "npm:@arizeai/ax-client@(.+)"`),
  ),
  dialect,
  prepare: async () => typescript(dialect),
});

/** The version that a file asks for. */
function pinned(file: string, pattern: RegExp): string {
  const version = pattern.exec(readFileSync(join(DRIVERS, file), "utf8"))?.[1];
  if (version === undefined) throw new Error(`${file} has no version of the SDK.`);
  return version;
}

async function preparePython(): Promise<Driver> {
  const python = join(CACHE, "python", "bin", "python");
  await get("python3", "-m", "venv", join(CACHE, "python"));
  const requirements = join(DRIVERS, "requirements.txt");
  await get(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", requirements);
  // It would log to where the driver prints.
  const env = { ARIZE_LOG_ENABLE: "false" };
  return { file: python, args: [join(DRIVERS, "python.py")], cwd: DRIVERS, env };
}

/** In a copy, whose go.sum gets the SDK's line once Go has checked it. */
async function prepareGo(): Promise<Driver> {
  const cwd = join(CACHE, "go");
  cpSync(join(DRIVERS, "go"), cwd, { recursive: true });
  await get("go", "-C", cwd, "mod", "download", "github.com/Arize-ai/client-go-v2");
  await run({ file: "go", args: ["build", "-mod=mod", "-o", "driver", "."], cwd }, LONGEST_INSTALL_MS);
  return { file: join(cwd, "driver"), args: [], cwd };
}

/** Runs what needs a program of this machine, or its registry. */
async function get(file: string, ...args: string[]): Promise<void> {
  mkdirSync(CACHE, { recursive: true });
  try {
    await run({ file, args, cwd: CACHE }, LONGEST_INSTALL_MS);
  } catch (error) {
    throw new NotHere(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

export const peers: readonly Peer[] = [
  official("alpha"),
  official("current"),
  {
    id: "python",
    name: "Python `arize`",
    version: pinned("requirements.txt", /^arize==(.+)$/m),
    dialect: "current",
    prepare: preparePython,
  },
  {
    id: "go",
    name: "Go `client-go-v2`",
    version: pinned("go/go.mod", /client-go-v2 v(\S+)$/m),
    dialect: "current",
    prepare: prepareGo,
  },
];
