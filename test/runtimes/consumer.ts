/** A package that uses ours as it is packed, in a folder of its own, with the life in it as ES modules and as CommonJS. */
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import ts from "typescript";
import { npm } from "./processes.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const life = fileURLToPath(new URL("life", import.meta.url));

export interface Consumer {
  folder: string;
  /** The folders of the life. */
  esm: string;
  cjs: string;
  startSandbox: typeof import("ax-users/testing").startSandbox;
}

/** Makes it in an empty folder. */
export async function makeConsumer(folder: string): Promise<Consumer> {
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "consumer", private: true }));
  const [packed] = JSON.parse(await npm(root, "pack", "--json", "--pack-destination", folder));
  await npm(folder, "install", "--offline", "--no-audit", "--no-fund", join(folder, packed.filename));
  const { resolve } = createRequire(join(folder, "package.json"));
  const { startSandbox } = await import(pathToFileURL(resolve("ax-users/testing")).href);
  return {
    folder,
    esm: transpile(join(folder, "esm"), "module", ts.ModuleKind.ESNext),
    cjs: transpile(join(folder, "cjs"), "commonjs", ts.ModuleKind.CommonJS),
    startSandbox,
  };
}

/** Writes the life as JavaScript that the oldest runtime understands. */
function transpile(folder: string, type: "module" | "commonjs", module: ts.ModuleKind): string {
  mkdirSync(folder);
  const dependencies = { "ax-users": "*" };
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type, dependencies }));
  const compilerOptions = { module, target: ts.ScriptTarget.ES2023, rewriteRelativeImportExtensions: true };
  for (const name of readdirSync(life)) {
    const from = join(life, name);
    if (!name.endsWith(".ts")) cpSync(from, join(folder, name));
    else {
      const { outputText } = ts.transpileModule(readFileSync(from, "utf8"), { compilerOptions });
      writeFileSync(join(folder, name.replace(/\.ts$/, ".js")), outputText);
    }
  }
  return folder;
}
