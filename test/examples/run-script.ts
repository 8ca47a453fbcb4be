import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** A script that ran to its end, or was ended. */
export interface Finished {
  stdout: string;
  stderr: string;
  /** Null where a signal ended it. */
  code: number | null;
}

export interface ScriptOptions {
  args?: readonly string[];
  env?: Readonly<Record<string, string>>;
  /** Other modules for some imports, by their names. */
  modules?: Readonly<Record<string, string>>;
}

const root = new URL("../../", import.meta.url);

/** The URL of a script of this repository. */
export const urlOf = (path: string): string => new URL(path, root).href;

/** The package's own modules, so that no build is needed: by its name, Node would find `dist/`. */
export const SOURCES = {
  "ax-users": urlOf("src/index.ts"),
  "ax-users/roster": urlOf("src/roster/index.ts"),
  "ax-users/testing": urlOf("src/testing/index.ts"),
};

/** What the environment of whoever runs the tests must not bring along; undefined is not set. */
const CLEAN = {
  ARIZE_API_KEY: undefined,
  ARIZE_BASE_URL: undefined,
  ARIZE_LOG: undefined,
  ARIZE_REGION: undefined,
  DISABLE_PRERELEASE_WARNING: undefined,
  FORCE_COLOR: undefined,
  NO_COLOR: undefined,
  NODE_OPTIONS: undefined,
  npm_command: undefined,
};

/** Where Node keeps what it has compiled; it halves the time of each script. */
const COMPILE_CACHE = fileURLToPath(new URL("node_modules/.cache/node", root));

/** What a script's environment is: nothing of it is this package's but what `env` says. */
export const environment = (env: Readonly<Record<string, string>>): NodeJS.ProcessEnv => ({
  ...process.env,
  ...CLEAN,
  NODE_COMPILE_CACHE: COMPILE_CACHE,
  ...env,
});

/** The arguments of a Node process that runs a script of this repository. */
export const nodeArguments = (path: string, { args = [], modules }: ScriptOptions = {}): string[] => [
  `--import=${resolver({ ...SOURCES, ...modules })}`,
  fileURLToPath(urlOf(path)),
  ...args,
];

/** Starts a script of this repository as its users do, in a Node process of its own whose output is a pipe. */
export const startScript = (path: string, options: ScriptOptions = {}) =>
  spawn(process.execPath, nodeArguments(path, options), { env: environment(options.env ?? {}) });

/** Runs a script to its end. */
export const runScript = (path: string, options: ScriptOptions = {}): Promise<Finished> =>
  finished(startScript(path, options));

/** What a process has printed when it ends. */
export async function finished(child: ChildProcessWithoutNullStreams): Promise<Finished> {
  const output = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => {
      output[name] += text;
    });
  }
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ ...output, code }));
  });
}

/** A module to preload, which has Node import these modules by these names. */
function resolver(modules: Readonly<Record<string, string>>): string {
  const source = `
    import { registerHooks } from "node:module";
    const modules = ${JSON.stringify(modules)};
    registerHooks({
      resolve: (specifier, context, next) => next(modules[specifier] ?? specifier, context),
    });`;
  return toModule(source);
}

/** A module of this source, as something to import. */
export const toModule = (source: string): string => `data:text/javascript,${encodeURIComponent(source)}`;
