/**
 * Bundles an entry of the folder that it runs in. Arguments: the bundler, `node` or `browser`, and the file to write.
 * What is not there for a browser is an error, as is every warning.
 */
import { basename, dirname, resolve } from "node:path";
import { promisify } from "node:util";

const [, , bundler, platform, file] = process.argv;
const entry = resolve(platform === "node" ? "script.js" : "page.js");

const BUNDLERS = {
  async esbuild() {
    const { build } = await import("esbuild");
    const format = platform === "node" ? "esm" : "iife";
    const { warnings } = await build({
      ...{ entryPoints: [entry], outfile: file, platform, format },
      ...{ bundle: true, minify: true, logLevel: "warning" },
    });
    return warnings;
  },

  async vite() {
    const { build, createLogger } = await import("vite");
    const warnings = [];
    const customLogger = createLogger("silent");
    customLogger.warn = (text) => warnings.push(text);
    const format = platform === "node" ? "es" : "iife";
    await build({
      ...{ configFile: false, customLogger },
      ssr: { noExternal: true },
      build: {
        ...{ outDir: dirname(file), emptyOutDir: false, ssr: platform === "node" },
        rolldownOptions: { input: entry, output: { format, entryFileNames: basename(file) } },
      },
    });
    return warnings;
  },

  async webpack() {
    const { default: webpack } = await import("webpack");
    const stats = await promisify(webpack)({
      ...{ mode: "production", target: platform === "node" ? "node20" : "web", entry },
      output: { path: dirname(file), filename: basename(file) },
    });
    const { errors, warnings } = stats.toJson({ all: false, errors: true, warnings: true });
    return [...errors, ...warnings].map(({ message }) => message);
  },
};

const complaints = await BUNDLERS[bundler]();
if (complaints.length > 0) throw new Error(complaints.join("\n"));
