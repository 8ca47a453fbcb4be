/** Everything that the package has to run in, and how. */
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Consumer } from "./consumer.ts";
import { type Command, type Printed, run } from "./processes.ts";
import { askWorker } from "./worker-host.ts";

/** Where the life is led. */
interface Place extends Consumer {
  baseUrl: string;
  apiKey: string;
}

export interface Target {
  name: string;
  version(): Promise<string>;
  lead(place: Place): Promise<Printed>;
}

const here = fileURLToPath(new URL(".", import.meta.url));
const binary = (name: string): string => join(here, "node_modules/.bin", name);
const node = (major: number): string => join(here, `node_modules/node-${major}/bin/node`);

/** The account is told by arguments, or by the environment. */
const byArguments = ({ baseUrl, apiKey }: Place): string[] => [baseUrl, apiKey];
const byEnvironment = ({ baseUrl, apiKey }: Place) => ({ ARIZE_BASE_URL: baseUrl, ARIZE_API_KEY: apiKey });

async function versionOf(file: string): Promise<string> {
  const { stdout } = await run({ file, args: ["--version"], cwd: here });
  return /\d[\w.-]*/.exec(stdout)?.[0] ?? stdout.trim();
}

function runtime(name: string, file: string, lead: (place: Place) => Omit<Command, "file">): Target {
  return { name, version: () => versionOf(file), lead: (place) => run({ file, ...lead(place) }) };
}

const nodes = [20, 22, 24, 26].flatMap((major) => [
  runtime(`node ${major}, import`, node(major), (place) => ({
    args: ["script.js", ...byArguments(place)],
    cwd: place.esm,
  })),
  runtime(`node ${major}, require`, node(major), (place) => ({
    args: ["script.js"],
    cwd: place.cjs,
    env: byEnvironment(place),
  })),
]);

const others = [
  runtime("deno, --allow-net", binary("deno"), (place) => ({
    args: ["run", "--no-prompt", "--allow-net", "script.js", ...byArguments(place)],
    cwd: place.esm,
    // There is an environment, but it may not be read.
    env: { ...byEnvironment(place), ARIZE_API_KEY: "not-to-be-read", DENO_DIR: join(place.folder, "deno") },
  })),
  runtime("deno, --allow-net --allow-env", binary("deno"), (place) => ({
    args: ["run", "--no-prompt", "--allow-net", "--allow-env", "script.js"],
    cwd: place.esm,
    env: { ...byEnvironment(place), DENO_DIR: join(place.folder, "deno") },
  })),
  runtime("bun", binary("bun"), (place) => ({
    args: ["--no-install", "script.js", ...byArguments(place)],
    cwd: place.esm,
  })),
];

function worker(name: string, config: string, env: (place: Place) => Record<string, string>): Target {
  const file = binary("workerd");
  return {
    name,
    version: () => versionOf(file),
    lead: (place) => askWorker({ file, args: ["worker.capnp", config], cwd: place.esm, env: env(place) }),
  };
}

const workers = [
  worker("workerd, no process", "standard", ({ baseUrl, apiKey }) => ({
    BASE_URL: baseUrl,
    API_KEY: apiKey,
  })),
  worker("workerd, nodejs_compat", "nodejsCompat", byEnvironment),
];

/** A script that is bundled for Node runs in the oldest one. */
const FOR_NODE = (file: string, place: Place): Command => ({
  ...{ file: node(20), args: [file, ...byArguments(place)], cwd: place.folder },
});

/** One for a browser runs with what a page has, and `process` as `shim`, where there is one. */
const FOR_BROWSER =
  (...shim: string[]) =>
  (file: string, place: Place): Command => ({
    ...{ file: process.execPath, cwd: place.folder },
    args: [join(here, "page-host.ts"), file, ...byArguments(place), ...shim],
  });

function bundle(bundler: string, platform: string, note: string, then: typeof FOR_NODE): Target {
  return {
    name: `${bundler}, ${platform}${note}`,
    version: async () => createRequire(join(here, "package.json"))(`${bundler}/package.json`).version,
    async lead(place) {
      const extension = platform === "node" && bundler === "webpack" ? "cjs" : "mjs";
      const file = join(place.folder, "bundles", `${bundler}-${platform}.${extension}`);
      const args = [join(here, "bundle.js"), bundler, platform, file];
      await run({ file: process.execPath, args, cwd: place.esm });
      return run(then(file, place));
    },
  };
}

const bundles = ["esbuild", "vite", "webpack"].flatMap((bundler) => [
  bundle(bundler, "node", "", FOR_NODE),
  bundle(bundler, "browser", "", FOR_BROWSER()),
  bundle(bundler, "browser", " with process.env", FOR_BROWSER('{"env":{}}')),
]);

export const targets: readonly Target[] = [...nodes, ...others, ...workers, ...bundles];
