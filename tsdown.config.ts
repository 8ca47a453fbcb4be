import { minifySync } from "rolldown/utils";
import { defineConfig, type UserConfig } from "tsdown";

const shared: UserConfig = {
  format: "esm",
  // What Node 20, the oldest one supported, understands.
  target: "es2023",
  fixedExtension: false,
  dts: { sourcemap: false },
  // The docs are in the declarations.
  outputOptions: { comments: { jsdoc: false } },
  // No comment with the name of each source file: a package of at most 200 kB has no room for them.
  inputOptions: { experimental: { attachDebugInfo: "none" } },
};

const FILES: Readonly<Record<string, string>> = {
  "../../index.ts": "./index.js",
  "ax-users": "./index.js",
  "ax-users/roster": "./roster.js",
  "ax-users/testing": "./testing.js",
};

/** Of each entry there is one file: a second copy of the client would have other classes. */
const entriesOutside = {
  name: "entries-outside",
  resolveId: (source: string) =>
    FILES[source] ? { id: FILES[source], external: "absolute" as const } : null,
};

/** Most of the roster entry is parsers of CSV and YAML. At the end, since chunks are printed once more after they are rendered. */
const minifyRoster = {
  name: "minify-roster",
  generateBundle(_: unknown, bundle: Readonly<Record<string, { type: string; code?: string }>>) {
    for (const [fileName, chunk] of Object.entries(bundle))
      if (chunk.code !== undefined && fileName.startsWith("roster"))
        chunk.code = minifySync(fileName, chunk.code, { module: true }).code;
  },
};

/** The chunks of `ax-users` and `ax-users/roster`. rolldown calls the one that both use `src`. */
const chunkFileNames = ({ name }: { name: string }) => (name === "src" ? "client.js" : `roster-${name}.js`);

export default defineConfig([
  {
    ...shared,
    // One build: both use the same classes, and the main entry has nothing that only rosters need.
    entry: { index: "src/index.ts", roster: "src/roster/index.ts" },
    // Any runtime with fetch. What needs Node's files imports them when it is called.
    platform: "neutral",
    // Whatever else got in would be a dependency that nobody meant.
    deps: { onlyBundle: ["valibot", "@noble/hashes", "csv-parse", "yaml"], neverBundle: [/^node:/] },
    dts: false,
    plugins: [minifyRoster],
    outputOptions: { ...shared.outputOptions, chunkFileNames, minifyInternalExports: false },
  },
  // A file of types for each entry.
  { ...shared, entry: { index: "src/index.ts" }, dts: { emitDtsOnly: true } },
  {
    ...shared,
    entry: { roster: "src/roster/index.ts" },
    dts: { emitDtsOnly: true },
    plugins: [entriesOutside],
  },
  {
    ...shared,
    entry: { cli: "src/cli/main.ts" },
    platform: "node",
    dts: false,
    minify: true,
    deps: {
      onlyBundle: [
        ...["cli-progress", "string-width", "strip-ansi", "ansi-regex", "emoji-regex"],
        ...["is-fullwidth-code-point", "get-east-asian-width"],
      ],
    },
    plugins: [entriesOutside],
    outputOptions: { ...shared.outputOptions, chunkFileNames: "cli-[name].js" },
  },
  { ...shared, entry: { testing: "src/testing/index.ts" }, platform: "node", minify: true },
]);
