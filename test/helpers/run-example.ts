import { stripTypeScriptTypes } from "node:module";

type Run = (modules: unknown, scope: unknown) => Promise<void>;

/** Runs an example as it stands: what it imports is taken from `modules`, and what `scope` has is there already. */
export async function runExample(
  code: string,
  modules: Readonly<Record<string, unknown>>,
  scope: Readonly<Record<string, unknown>>,
): Promise<void> {
  const body = stripTypeScriptTypes(code).replace(
    /^import \{ (.*) \} from "(.*)";$/gm,
    (_, names, from) => `const { ${names} } = modules["${from}"];`,
  );
  const AsyncFunction = (async () => {}).constructor as new (...source: string[]) => Run;
  // A block of its own, so that an example may declare what is there already, too.
  const source = `const { ${Object.keys(scope).join(", ")} } = scope; { ${body}\n}`;
  await new AsyncFunction("modules", "scope", source)(modules, scope);
}
