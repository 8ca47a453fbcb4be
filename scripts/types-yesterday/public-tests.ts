import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, isAbsolute, join } from "node:path";
import ts from "typescript";

interface PublicTests {
  readonly tests: readonly string[];
  /** How many other files there are. */
  readonly leftOut: number;
}

/**
 * The files in `test/` of a folder that use a package, and nothing of it but what it exports; nor does what they
 * import. Those that need another package that is no longer installed are left out, too.
 */
export function publicTestsIn(folder: string, packageName: string): PublicTests {
  const names = readdirSync(join(folder, "test"), { recursive: true, encoding: "utf8" });
  const files = names.filter((name) => name.endsWith(".ts")).map((name) => join(folder, "test", name));
  const imports = new Map(files.map((file) => [file, importsOf(file)]));
  const isPublic = (name: string): boolean => name === packageName || name.startsWith(`${packageName}/`);
  const isThere = (name: string): boolean =>
    isAbsolute(name)
      ? imports.has(name)
      : name.startsWith("node:") || isPublic(name) || isInstalled(name, folder);
  const tests = files.filter((file) => {
    const reached = [...reachedFrom(file, imports)];
    return reached.some(isPublic) && reached.every(isThere);
  });
  return { tests, leftOut: files.length - tests.length };
}

/** A file, the files that it and they import, and the names of the packages. */
function reachedFrom(file: string, imports: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const reached = new Set([file]);
  for (const one of reached) {
    for (const name of imports.get(one) ?? [])
      reached.add(name.startsWith(".") ? join(dirname(one), name) : name);
  }
  return reached;
}

function isInstalled(name: string, folder: string): boolean {
  const [first = "", second = ""] = name.split("/");
  return existsSync(join(folder, "node_modules", first.startsWith("@") ? `${first}/${second}` : first));
}

const importsOf = (file: string): readonly string[] =>
  ts.preProcessFile(readFileSync(file, "utf8"), true, true).importedFiles.map(({ fileName }) => fileName);
