import { resolve } from "node:path";
import ts from "typescript";

export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly exports: Readonly<Record<string, string | { readonly types: string }>>;
}

/** That something compiles which did not is no error. */
const UNUSED_EXPECTATION = 2578;

/** What the compiler has against files of a folder, with the options and the declarations of the current folder. */
export function typeErrors(files: readonly string[], folder: string, manifest: Manifest): string {
  const { config, error } = ts.readConfigFile("tsconfig.json", ts.sys.readFile);
  if (error) throw new Error(ts.flattenDiagnosticMessageText(error.messageText, "\n"));
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, process.cwd());
  const typeRoots = [resolve("node_modules/@types")];
  const program = ts.createProgram(files, { ...options, paths: pathsOf(manifest), typeRoots });
  const errors = ts.getPreEmitDiagnostics(program).filter(({ code }) => code !== UNUSED_EXPECTATION);
  return ts.formatDiagnostics(errors, {
    getCurrentDirectory: () => folder,
    getCanonicalFileName: (name) => name,
    getNewLine: () => "\n",
  });
}

/** Where the declarations of each entry of the package are. */
const pathsOf = ({ name, exports }: Manifest): ts.MapLike<string[]> =>
  Object.fromEntries(
    Object.entries(exports).flatMap(([entry, target]) =>
      typeof target === "string" ? [] : [[name + entry.slice(1), [resolve(target.types)]]],
    ),
  );
