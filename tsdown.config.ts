import { readFile, writeFile } from "node:fs/promises";
import { defineConfig, type UserConfig } from "tsdown";

const shared: UserConfig = {
  format: "esm",
  // What Node 20, the oldest one supported, understands.
  target: "es2023",
  fixedExtension: false,
  dts: true,
  sourcemap: true,
};

/** Leaves the source of inlined libraries out of a source map, of which it is more than half; ours stays readable. */
async function dropLibrarySources(file: string): Promise<void> {
  const map: { sources: string[]; sourcesContent: (string | null)[] } = JSON.parse(
    await readFile(file, "utf8"),
  );
  const isLibrary = map.sources.map((source) => source.includes("node_modules"));
  map.sourcesContent = map.sourcesContent.map((content, index) => (isLibrary[index] ? null : content));
  await writeFile(file, JSON.stringify(map));
}

export default defineConfig([
  {
    ...shared,
    entry: { index: "src/index.ts" },
    // Any runtime with fetch: nothing of Node's may be imported here.
    platform: "neutral",
    // Inlined on purpose; whatever else got in would be a dependency that nobody meant.
    deps: { onlyBundle: ["valibot"] },
    hooks: { "build:done": () => dropLibrarySources("dist/index.js.map") },
  },
  { ...shared, entry: { testing: "src/testing/index.ts" }, platform: "node" },
]);
