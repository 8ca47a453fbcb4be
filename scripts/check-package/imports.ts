import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

/** What each file of the main entry may import: it is for any runtime with fetch, and has nothing of the rosters. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = { "index.js": ["./client.js"], "client.js": [] };

export function checkImports(folder: string): void {
  for (const [name, allowed] of Object.entries(ALLOWED)) {
    const file = join(folder, "node_modules/ax-users/dist", name);
    const { importedFiles } = ts.preProcessFile(readFileSync(file, "utf8"));
    const others = importedFiles.map(({ fileName }) => fileName).filter((one) => !allowed.includes(one));
    if (others.length > 0) throw new Error(`${file} imports ${others.join(", ")}`);
  }
}
