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

/** The client and its errors are those of the main entry: a second copy would be other classes. */
const mainEntryOutside = {
  name: "main-entry-outside",
  resolveId: (source: string) =>
    source === "../../index.ts" ? { id: "./index.js", external: "absolute" as const } : null,
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
    plugins: [mainEntryOutside],
    outputOptions: { ...shared.outputOptions, chunkFileNames: "roster-[name].js" },
  },
  { ...shared, entry: { testing: "src/testing/index.ts" }, platform: "node" },
]);
