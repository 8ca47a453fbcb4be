/** What the docstrings of the public names say, read from the sources by the compiler. */
import { fileURLToPath } from "node:url";
import ts from "typescript";

const root = fileURLToPath(new URL("../..", import.meta.url));

interface Docstring {
  /** `User`, `Users.get`, `User.email`. */
  name: string;
  /** What is said besides tags; one that is inherited counts. */
  summary: string;
  examples: string[];
  /** Whether it can be called or made, so that an example shows more than its type does. */
  isCallable: boolean;
  /** The names that are linked to. */
  links: string[];
}

interface PublicDocs {
  /** Of what an entry exports, and of the methods of its classes. */
  names: Docstring[];
  /** Of whatever else a user meets in types: properties, options, accessors, members of types that are not exported. */
  members: Docstring[];
}

/** The docstrings of each entry, a path from the root of this checkout. */
export function readDocs(entries: readonly string[]): PublicDocs[] {
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile).config,
    ts.sys,
    root,
  );
  // Nothing is checked here, and no docstring comes from the types of browsers and Node, which take most of the time.
  const lib = (options.lib ?? []).filter((name) => !name.startsWith("lib.dom"));
  const files = entries.map((entry) => root + entry);
  const program = ts.createProgram(files, { ...options, lib, types: [] });
  return files.map((file) => {
    const reader = new Reader(program.getTypeChecker());
    reader.readEntry(program.getSourceFile(file));
    return reader;
  });
}

class Reader implements PublicDocs {
  readonly names: Docstring[] = [];
  readonly members: Docstring[] = [];
  readonly #checker: ts.TypeChecker;
  readonly #visited = new Set<ts.Symbol>();

  constructor(checker: ts.TypeChecker) {
    this.#checker = checker;
  }

  readEntry(file: ts.SourceFile | undefined): void {
    const module = file && this.#checker.getSymbolAtLocation(file);
    const symbols = module
      ? this.#checker.getExportsOfModule(module).map((each) => this.#resolved(each))
      : [];
    for (const symbol of symbols) this.#visited.add(symbol);
    for (const symbol of symbols) {
      this.names.push(this.#read(symbol, symbol.name, this.#isCallable(symbol)));
      this.#readMembersOf(symbol);
    }
  }

  #resolved(symbol: ts.Symbol): ts.Symbol {
    return symbol.flags & ts.SymbolFlags.Alias ? this.#checker.getAliasedSymbol(symbol) : symbol;
  }

  #isCallable(symbol: ts.Symbol): boolean {
    if (!(symbol.flags & ts.SymbolFlags.Value)) return false;
    const type = this.#checker.getTypeOfSymbol(symbol);
    return type.getCallSignatures().length + type.getConstructSignatures().length > 0;
  }

  #read(symbol: ts.Symbol, name: string, isCallable: boolean): Docstring {
    const texts = (symbol.declarations ?? []).flatMap((declaration) =>
      ts.getJSDocCommentsAndTags(declaration).map((doc) => doc.getText()),
    );
    return {
      name,
      isCallable,
      summary: ts.displayPartsToString(symbol.getDocumentationComment(this.#checker)),
      examples: symbol
        .getJsDocTags(this.#checker)
        .flatMap((tag) => (tag.name === "example" ? ts.displayPartsToString(tag.text) : [])),
      links: texts.flatMap((text) => [...text.matchAll(/\{@link ([^}|]*)/g)].map(([, to = ""]) => to.trim())),
    };
  }

  #readMembersOf(symbol: ts.Symbol): void {
    for (const declaration of symbol.declarations ?? []) this.#visit(declaration, symbol.name);
  }

  /** Bodies and constructors are nobody's to read; private members and those that are internal, nobody's to use. */
  #visit(node: ts.Node, owner: string): void {
    ts.forEachChild(node, (child) => {
      if (ts.isBlock(child) || ts.isConstructorDeclaration(child) || isHidden(child)) return;
      if (ts.isTypeReferenceNode(child)) this.#follow(child.typeName);
      if (ts.isExpressionWithTypeArguments(child)) this.#follow(child.expression);
      this.#visit(child, this.#readMember(child, owner));
    });
  }

  /** Gives the name that goes before those of its own members. */
  #readMember(node: ts.Node, owner: string): string {
    const symbol = isMember(node) && this.#checker.getSymbolAtLocation(node.name);
    if (!symbol) return owner;
    const name = `${owner}.${node.name.getText()}`;
    const isMethod = ts.isMethodDeclaration(node) && ts.isIdentifier(node.name) && !isOverride(node);
    this[isMethod ? "names" : "members"].push(this.#read(symbol, name, isMethod));
    return name;
  }

  /** A type of ours that is not exported shows in those that are; what is generated has the spec's own words. */
  #follow(name: ts.Node): void {
    const found = this.#checker.getSymbolAtLocation(name);
    const symbol = found && this.#resolved(found);
    if (!symbol || this.#visited.has(symbol)) return;
    this.#visited.add(symbol);
    const isOurs = symbol.declarations?.some((each) =>
      each.getSourceFile().fileName.startsWith(`${root}src/`),
    );
    if (isOurs) this.#readMembersOf(symbol);
  }
}

type Member =
  | ts.PropertySignature
  | ts.MethodSignature
  | ts.PropertyDeclaration
  | ts.MethodDeclaration
  | ts.GetAccessorDeclaration;

const isMember = (node: ts.Node): node is Member =>
  ts.isPropertySignature(node) ||
  ts.isMethodSignature(node) ||
  ts.isPropertyDeclaration(node) ||
  ts.isMethodDeclaration(node) ||
  ts.isGetAccessorDeclaration(node);

const isOverride = (node: ts.MethodDeclaration): boolean =>
  (node.modifiers ?? []).some(({ kind }) => kind === ts.SyntaxKind.OverrideKeyword);

const isHidden = (node: ts.Node): boolean =>
  (isMember(node) && ts.isPrivateIdentifier(node.name)) ||
  ts.getJSDocTags(node).some(({ tagName }) => tagName.text === "internal");
