import { fileURLToPath } from "node:url";
import ts from "typescript";

export const root = fileURLToPath(new URL("../..", import.meta.url));

/** Kept, since most of what two programs read is the same. */
const parsed = new Map<string, ts.SourceFile | undefined>();

/** A program of files of this checkout, by the checkout's own settings, and of files that are nowhere but in memory. */
export function openProgram(
  files: readonly string[],
  inMemory: ReadonlyMap<string, string> = new Map(),
): ts.Program {
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile).config,
    ts.sys,
    root,
  );
  // Not every example uses all that it declares, and `process.env.NAME` is how people write it.
  options.noUnusedLocals = false;
  options.noPropertyAccessFromIndexSignature = false;
  const host = ts.createCompilerHost(options, true);
  const { getSourceFile } = host;
  host.getSourceFile = (name, language) => {
    const source = inMemory.get(name);
    if (source !== undefined) return ts.createSourceFile(name, source, language, true);
    if (!parsed.has(name)) parsed.set(name, getSourceFile(name, language));
    return parsed.get(name);
  };
  return ts.createProgram([...files, ...inMemory.keys()], options, host);
}

/** What is wrong with a file, a line for each thing. */
export function complaintsAbout(program: ts.Program, name: string): string[] {
  const file = program.getSourceFile(name);
  return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
    ({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"),
  );
}
