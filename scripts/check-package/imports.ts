import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

/** The main entry is for any runtime with fetch: what it imported would have to be there, too. */
export function checkImports(folder: string): void {
  const file = join(folder, "node_modules/ax-users/dist/index.js");
  const { importedFiles } = ts.preProcessFile(readFileSync(file, "utf8"));
  if (importedFiles.length === 0) return;
  throw new Error(`${file} imports ${importedFiles.map(({ fileName }) => fileName).join(", ")}`);
}
