/** Runs TypeScript examples, of documents and docstrings, as they stand. */
import { stripTypeScriptTypes } from "node:module";
import * as main from "ax-users";
import * as roster from "ax-users/roster";
import * as testing from "ax-users/testing";

/** The examples of a document in Markdown, each named by its heading and its place under it. */
export const examplesIn = (markdown: string): (readonly [name: string, code: string])[] =>
  markdown.split(/^## /m).flatMap((section) => {
    const [heading = ""] = section.split("\n");
    const blocks = [...section.matchAll(/^```ts\n([\s\S]*?)^```/gm)];
    return blocks.map(([, code = ""], index) => [`${heading}, ${index + 1}`, code] as const);
  });

const MODULES = { "ax-users": main, "ax-users/roster": roster, "ax-users/testing": testing };

type Run = (modules: unknown, scope: unknown) => Promise<void>;

/**
 * Runs an example as it stands: what `scope` has is there already, and what it imports is taken from `modules`, this
 * checkout's if not given, or is Node's.
 */
export async function runExample(
  code: string,
  scope: Readonly<Record<string, unknown>>,
  modules: Readonly<Record<string, unknown>> = MODULES,
): Promise<void> {
  const body = stripTypeScriptTypes(code).replace(
    /^import \{ (.*) \} from "(.*)";$/gm,
    (_, names: string, from: string) =>
      `const { ${names.replaceAll(" as ", ": ")} } = modules["${from}"] ?? process.getBuiltinModule("${from}");`,
  );
  const AsyncFunction = (async () => {}).constructor as new (...source: string[]) => Run;
  // A block of its own, so that an example may declare what is there already, too.
  const source = `const { ${Object.keys(scope).join(", ")} } = scope; { ${body}\n}`;
  await new AsyncFunction("modules", "scope", source)(modules, scope);
}
