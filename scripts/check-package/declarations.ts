import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { root } from "./run.ts";

/** That each file of declarations declares just what it exports, with docs, and that the type test knows all of it. */
export function checkDeclarations(folder: string): void {
  const tested = ["consumer", "roster"]
    .map((name) => readFileSync(join(root, `test/types/${name}.ts`), "utf8"))
    .join("\n");
  for (const entry of ["index", "roster", "testing"]) {
    const path = join(folder, `node_modules/ax-users/dist/${entry}.d.ts`);
    const file = ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest, true);
    const exported = exportsOf(file);
    const declared = declaredIn(file);
    const names = [...declared.keys()];
    refuse(
      entry,
      "declares what it does not export",
      names.filter((name) => !exported.has(name)),
    );
    refuse(
      entry,
      "exports without a docstring",
      names.filter((name) => !declared.get(name)),
    );
    const types = [...exported].filter(([, isType]) => isType).map(([name]) => name);
    refuse(
      entry,
      "exports types that test/types does not have",
      types.filter((name) => !new RegExp(`\\b${name}\\b`).test(tested)),
    );
    console.log(`dist/${entry}.d.ts: ${exported.size} names, each declared with a docstring, and no others`);
  }
}

function refuse(entry: string, what: string, names: readonly string[]): void {
  if (names.length > 0) throw new Error(`dist/${entry}.d.ts ${what}: ${names.join(", ")}`);
}

const isDeclaration = (statement: ts.Statement): boolean =>
  !ts.isExportDeclaration(statement) && !ts.isImportDeclaration(statement);

/** The declared names, and whether one of their declarations has a docstring. */
function declaredIn({ statements }: ts.SourceFile): ReadonlyMap<string, boolean> {
  const declared = new Map<string, boolean>();
  for (const statement of statements.filter(isDeclaration)) {
    const isTold = ts.getJSDocCommentsAndTags(statement).length > 0;
    for (const name of namesOf(statement)) declared.set(name, isTold || declared.get(name) === true);
  }
  return declared;
}

/** The names that a file of declarations exports, and whether they are of types only. */
function exportsOf({ fileName, statements }: ts.SourceFile): ReadonlyMap<string, boolean> {
  const specifiers = statements
    .filter(ts.isExportDeclaration)
    .flatMap(({ exportClause }) =>
      exportClause && ts.isNamedExports(exportClause) ? exportClause.elements : [],
    );
  const renamed = specifiers.find(({ propertyName }) => propertyName);
  if (renamed)
    throw new Error(`${fileName} exports ${renamed.getText()}: it has to be declared by that name`);
  return new Map(specifiers.map(({ name, isTypeOnly }) => [name.text, isTypeOnly]));
}

/** The names that a statement declares. */
function namesOf(statement: ts.Statement): readonly string[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.map(({ name }) => name.getText());
  if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement))
    return [statement.name.text];
  if (ts.isClassDeclaration(statement) || ts.isFunctionDeclaration(statement))
    return statement.name ? [statement.name.text] : [];
  throw new Error(`What to make of ${statement.getText()}?`);
}
