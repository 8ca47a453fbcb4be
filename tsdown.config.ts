import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { defineConfig, type UserConfig } from "tsdown";
import { plainDeclarations } from "./scripts/declarations/plain.ts";
import { leanSourceMap } from "./scripts/source-map.ts";

const shared: UserConfig = {
  format: "esm",
  // What Node 20, the oldest one supported, understands.
  target: "es2023",
  fixedExtension: false,
  dts: { sourcemap: false },
  // The docs are in the declarations.
  outputOptions: { comments: { jsdoc: false } },
  hooks: {
    "build:done": async ({ options: { entry, outDir, sourcemap } }) => {
      for (const name of Object.keys(entry)) {
        const file = join(outDir, `${name}.d.ts`);
        await writeFile(file, plainDeclarations(file));
        const map = join(outDir, `${name}.js.map`);
        if (sourcemap) await writeFile(map, leanSourceMap(await readFile(map, "utf8")));
      }
    },
  },
};

export default defineConfig([
  {
    ...shared,
    entry: { index: "src/index.ts" },
    // Any runtime with fetch: nothing of Node's may be imported here.
    platform: "neutral",
    // Whatever else got in would be a dependency that nobody meant.
    deps: { onlyBundle: ["leven"] },
    sourcemap: true,
  },
  // Without a map: what it is built to is readable as it stands.
  { ...shared, entry: { testing: "src/testing/index.ts" }, platform: "node" },
]);
