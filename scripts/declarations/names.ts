import ts from "typescript";

/** The names that a file of declarations exports, and whether they are of types only. */
export function exportsOf({ fileName, statements }: ts.SourceFile): ReadonlyMap<string, boolean> {
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
export function namesOf(statement: ts.Statement): readonly string[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.map(({ name }) => name.getText());
  if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement))
    return [statement.name.text];
  if (ts.isClassDeclaration(statement) || ts.isFunctionDeclaration(statement))
    return statement.name ? [statement.name.text] : [];
  throw new Error(`What to make of ${statement.getText()}?`);
}
