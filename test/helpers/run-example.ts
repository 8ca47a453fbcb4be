/** Runs and compiles the TypeScript examples of documents as they stand. */
import { stripTypeScriptTypes } from "node:module";
import { fileURLToPath } from "node:url";
import * as main from "ax-users";
import * as testing from "ax-users/testing";
import ts from "typescript";

const root = fileURLToPath(new URL("../..", import.meta.url));
const modules: Record<string, unknown> = { "ax-users": main, "ax-users/testing": testing };

/** The examples of a document in Markdown, each named by its heading and its place under it. */
export const examplesIn = (markdown: string): (readonly [name: string, code: string])[] =>
  markdown.split(/^## /m).flatMap((section) => {
    const [heading = ""] = section.split("\n");
    const blocks = [...section.matchAll(/^```ts\n([\s\S]*?)^```/gm)];
    return blocks.map(([, code = ""], index) => [`${heading}, ${index + 1}`, code] as const);
  });

type Run = (modules: unknown, client: main.ArizeClient) => Promise<void>;

/** Runs an example as it stands, with its imports taken from this checkout and the quick start's client. */
export async function runExample(code: string, client: main.ArizeClient): Promise<void> {
  const body = stripTypeScriptTypes(code).replace(
    /^import \{ (.*) \} from "(.*)";$/gm,
    (_, names: string, from: string) =>
      `const { ${names.replaceAll(" as ", ": ")} } = modules["${from}"] ?? process.getBuiltinModule("${from}");`,
  );
  const AsyncFunction = (async () => {}).constructor as new (...source: string[]) => Run;
  // A block of its own, so that an example may declare a `client`, too.
  await new AsyncFunction("modules", "client", `{ ${body} }`)(modules, client);
}

/** What the compiler has against examples that go on with a `client`; nothing, as it should be. */
export function compileExamples(examples: readonly (readonly [name: string, code: string])[]): string[] {
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile).config,
    ts.sys,
    root,
  );
  const files = new Map(
    examples.map(([name, code], index) => {
      const declared = /^const client = /m.test(code)
        ? ""
        : 'declare const client: import("ax-users").ArizeClient;';
      return [`${root}test/example-${index}.ts`, { name, text: `${declared}\n${code}\nexport {};\n` }];
    }),
  );
  const host = ts.createCompilerHost(options);
  const { getSourceFile } = host;
  host.getSourceFile = (file, language) => {
    const source = files.get(file);
    return source ? ts.createSourceFile(file, source.text, language) : getSourceFile(file, language);
  };
  // Not every example uses the client, and `process.env.NAME` is how people write it.
  const loose = { ...options, noUnusedLocals: false, noPropertyAccessFromIndexSignature: false };
  const program = ts.createProgram([...files.keys()], loose, host);
  return [...files].flatMap(([file, { name }]) => {
    const source = program.getSourceFile(file);
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    return found.map(({ messageText }) => `${name}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`);
  });
}
