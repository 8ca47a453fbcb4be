import { defineConfig, type UserConfig } from "tsdown";

const shared: UserConfig = {
  format: "esm",
  // What Node 20, the oldest one supported, understands.
  target: "es2023",
  fixedExtension: false,
  dts: { sourcemap: false },
  // The docs are in the declarations.
  outputOptions: { comments: { jsdoc: false } },
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

export default defineConfig([
  {
    ...shared,
    entry: { index: "src/index.ts" },
    // Any runtime with fetch: nothing of Node's may be imported here.
    platform: "neutral",
    // Whatever else got in would be a dependency that nobody meant.
    deps: { onlyBundle: ["valibot"] },
  },
  {
    ...shared,
    entry: { roster: "src/roster/index.ts" },
    // What needs Node's files imports them when it is called.
    platform: "neutral",
    deps: { onlyBundle: ["@noble/hashes", "csv-parse", "yaml"], neverBundle: [/^node:/] },
    // Most of it is parsers.
    minify: true,
    plugins: [entriesOutside],
    outputOptions: { ...shared.outputOptions, chunkFileNames: "roster-[name].js" },
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
  { ...shared, entry: { testing: "src/testing/index.ts" }, platform: "node" },
]);
