import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { GENERATED_BUNDLE } from "./clients/peers.ts";

/** Builds the generated client as somebody would who has nothing else. */
export async function setUp(): Promise<void> {
  await build({
    stdin: {
      contents: `
        export * from "./generated/index.ts";
        export { createClient } from "./generated/client/index.ts";`,
      resolveDir: fileURLToPath(new URL("..", import.meta.url)),
      loader: "ts",
    },
    outfile: fileURLToPath(GENERATED_BUNDLE),
    bundle: true,
    format: "esm",
    platform: "neutral",
    target: "es2023",
  });
}
