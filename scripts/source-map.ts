/**
 * Makes the source map small, as it is most of what users install: it leads to lines, not to columns, of what is written by
 * hand, and of that it holds what a stack or a debugger can lead to. Lines keep their numbers; docstrings, imports and
 * types, whose place is the declarations, are left blank.
 */
import { decode, encode, type SourceMapSegment } from "@jridgewell/sourcemap-codec";
import ts from "typescript";

interface SourceMap {
  readonly sources: readonly string[];
  readonly sourcesContent: readonly string[];
  readonly mappings: string;
}

export function leanSourceMap(text: string): string {
  const map: SourceMap = JSON.parse(text);
  const written = map.sources.flatMap((source, index) => (source.includes("/generated/") ? [] : [index]));
  const lineOf = (segments: SourceMapSegment[]): SourceMapSegment[] => {
    const [column = 0, source, line] = segments.find(({ length }) => length > 1) ?? [];
    if (source === undefined || line === undefined) return [];
    const index = written.indexOf(source);
    // What is generated leads to what is built of it, and not to the line above.
    return [index < 0 ? [0] : [column, index, line, 0]];
  };
  return JSON.stringify({
    ...map,
    sources: written.map((index) => map.sources[index]),
    sourcesContent: written.map((index) => withoutTypes(map.sourcesContent[index] ?? "")),
    names: [],
    mappings: encode(decode(map.mappings).map(lineOf)),
  });
}

/** Of a file in TypeScript, what runs, and the comments in it. */
function withoutTypes(text: string): string {
  const file = ts.createSourceFile("file.ts", text, ts.ScriptTarget.Latest, true);
  const types = file.statements.filter(
    (statement) =>
      ts.isImportDeclaration(statement) ||
      ts.isInterfaceDeclaration(statement) ||
      ts.isTypeAliasDeclaration(statement),
  );
  const blank = (part: string) => part.replace(/[^\n]/g, "");
  const pieces = types.toReversed().reduce((rest, statement) => {
    const start = statement.getFullStart();
    return rest.slice(0, start) + blank(rest.slice(start, statement.end)) + rest.slice(statement.end);
  }, text);
  return pieces.replace(/^[ \t]*\/\*\*.*?\*\//gms, blank).trimEnd();
}
