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

export default defineConfig([
  {
    ...shared,
    entry: { index: "src/index.ts" },
    // Any runtime with fetch: nothing of Node's may be imported here.
    platform: "neutral",
    // Whatever else got in would be a dependency that nobody meant.
    deps: { onlyBundle: ["valibot"] },
  },
  { ...shared, entry: { testing: "src/testing/index.ts" }, platform: "node" },
]);
