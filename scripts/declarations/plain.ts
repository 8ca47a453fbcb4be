/**
 * Makes built declarations plain: whatever they do not export goes, and where it was named there stands what it says.
 * So users meet public names only, in hovers, in messages of the compiler and where go-to-definition lands, and a
 * change of the wire's types is a change of the public ones in `api/`.
 */
import ts from "typescript";
import { exportsOf, namesOf } from "./names.ts";
import { Speaker } from "./say.ts";

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  lib: ["lib.es2023.d.ts", "lib.esnext.disposable.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
  module: ts.ModuleKind.NodeNext,
  strict: true,
  exactOptionalPropertyTypes: true,
  skipDefaultLibCheck: true,
  types: [],
};

/** The text of a file of declarations with nothing in it but what it exports. */
export function plainDeclarations(path: string): string {
  const program = ts.createProgram([path], OPTIONS);
  const file = program.getSourceFile(path);
  if (!file) throw new Error(`There is no ${path}`);
  const [broken] = ts.getPreEmitDiagnostics(program);
  if (broken) throw new Error(`${path}: ${ts.flattenDiagnosticMessageText(broken.messageText, "\n")}`);
  const isPublic = new Set(exportsOf(file).keys());
  const speak = new Speaker(program.getTypeChecker(), file, isPublic);
  const edits = file.statements.flatMap((statement) =>
    ts.isExportDeclaration(statement) || namesOf(statement).some((name) => isPublic.has(name))
      ? editsIn(statement, speak)
      : [{ start: statement.getFullStart(), end: statement.end, text: "" }],
  );
  const text = applied(file.text, edits).replace(/^\/\/# sourceMappingURL=.*$/m, "");
  return `${text.trim()}\n`;
}

function editsIn(node: ts.Node, speak: Speaker): readonly Edit[] {
  if (ts.isInterfaceDeclaration(node)) return interfaceEdits(node, speak);
  if (ts.isTypeNode(node) && speak.isInternal(node)) {
    const whole = operandOf(node);
    return [{ start: whole.getStart(), end: whole.end, text: speak.type(whole) }];
  }
  return childrenOf(node).flatMap((child) => editsIn(child, speak));
}

function childrenOf(node: ts.Node): readonly ts.Node[] {
  const children: ts.Node[] = [];
  ts.forEachChild(node, (child) => {
    children.push(child);
  });
  return children;
}

/** `T["a"]`, `keyof T` and the like say something else than the `T` in them. */
function operandOf(node: ts.TypeNode): ts.TypeNode {
  const { parent } = node;
  const isOperator =
    ts.isTypeOperatorNode(parent) ||
    ts.isParenthesizedTypeNode(parent) ||
    (ts.isIndexedAccessTypeNode(parent) && parent.objectType === node);
  return isOperator ? operandOf(parent) : node;
}

/** What an interface has from one that is not public becomes its own. */
function interfaceEdits(node: ts.InterfaceDeclaration, speak: Speaker): readonly Edit[] {
  const bases = node.heritageClauses?.flatMap(({ types }) => types) ?? [];
  const internal = bases.filter((base) => speak.hasInternal(base));
  const open = bases.filter((base) => !internal.includes(base));
  const members = node.members.flatMap((member) => editsIn(member, speak));
  const [clause] = node.heritageClauses ?? [];
  if (!clause || internal.length === 0) return members;
  const extended = open.length > 0 ? `extends ${open.map((base) => base.getText()).join(", ")} ` : "";
  const own = new Set(node.members.map(({ name }) => name?.getText()));
  const inherited = internal.flatMap((base) => speak.members(base).filter(({ name }) => !own.has(name)));
  const text = inherited.map((member) => member.text).join("");
  const isBare = node.members.length === 0;
  return [
    { start: clause.getStart(), end: clause.end + 1, text: extended },
    { start: node.members.pos, end: node.members.pos, text: text && `\n${isBare ? text : text.trimEnd()}` },
    ...members,
  ];
}

/** A text with edits that do not overlap. */
function applied(text: string, edits: readonly Edit[]): string {
  const fromTheEnd = edits.toSorted((a, b) => b.start - a.start);
  return fromTheEnd.reduce(
    (told, { start, end, text }) => told.slice(0, start) + text + told.slice(end),
    text,
  );
}
