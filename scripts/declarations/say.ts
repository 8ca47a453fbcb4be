import ts from "typescript";

interface Member {
  readonly name: string;
  readonly text: string;
}

/** How deep types may be in each other: one that is in itself would have no end. */
const MAX_DEPTH = 12;

const MAX_LINE = 110;

/** Says the types of a file in its public names. */
export class Speaker {
  readonly #checker: ts.TypeChecker;
  readonly #file: ts.SourceFile;
  readonly #isPublic: ReadonlySet<string>;
  readonly #publicUnions: readonly { name: string; types: readonly ts.Type[] }[];

  constructor(checker: ts.TypeChecker, file: ts.SourceFile, isPublic: ReadonlySet<string>) {
    this.#checker = checker;
    this.#file = file;
    this.#isPublic = isPublic;
    const aliases = file.statements.filter(ts.isTypeAliasDeclaration);
    this.#publicUnions = aliases.flatMap(({ name: { text: name }, type, typeParameters }) => {
      const said = checker.getTypeFromTypeNode(type);
      return isPublic.has(name) && !typeParameters && said.isUnion() ? [{ name, types: said.types }] : [];
    });
  }

  /** Whether a type is a reference to a declaration of the file that is not public. */
  isInternal(node: ts.Node): boolean {
    const isInternalName = (name: ts.Node): boolean => {
      const [declaration] = this.#checker.getSymbolAtLocation(name)?.declarations ?? [];
      return declaration !== undefined && this.#isOwn(declaration) && !this.#isPublic.has(name.getText());
    };
    return (
      (ts.isTypeReferenceNode(node) && isInternalName(node.typeName)) ||
      (ts.isTypeQueryNode(node) && isInternalName(node.exprName)) ||
      (ts.isExpressionWithTypeArguments(node) && isInternalName(node.expression))
    );
  }

  /** Whether there is such a reference anywhere in a node. */
  hasInternal(node: ts.Node): boolean {
    return this.isInternal(node) || ts.forEachChild(node, (child) => this.hasInternal(child)) === true;
  }

  type(node: ts.TypeNode): string {
    const type = this.#checker.getTypeFromTypeNode(node);
    const indent = indentOf(node);
    if (isOperand(node)) return this.#sayEnclosed(type, indent);
    // A union here is what a public name is about to stand for.
    const isNamed = ts.isTypeAliasDeclaration(node.parent) && type.isUnion();
    return isNamed ? this.#sayParts(type.types, indent) : this.#say(type, indent);
  }

  /** The members of a type, as those of an interface. */
  members(node: ts.TypeNode): readonly Member[] {
    return this.#membersOf(this.#checker.getTypeFromTypeNode(node), "  ");
  }

  /** Whether it is the file that declares it, for all of the file. */
  #isOwn({ parent }: ts.Node): boolean {
    const scope = ts.isVariableDeclarationList(parent) ? parent.parent.parent : parent;
    return scope === this.#file;
  }

  #say(type: ts.Type, indent: string): string {
    if (indent.length > 2 * MAX_DEPTH) throw new Error("A type that is not public is in itself");
    if (type.isUnion()) return this.#sayUnion(type.types, indent);
    if (type.isIntersection()) return type.types.map((part) => this.#sayEnclosed(part, indent)).join(" & ");
    if (this.#checker.isArrayType(type)) return this.#sayArray(type as ts.TypeReference, indent);
    if (this.#isOwnObject(type)) return this.#sayObject(type, indent);
    return this.#checker.typeToString(type, this.#file, ts.TypeFormatFlags.NoTruncation);
  }

  #sayArray(type: ts.TypeReference, indent: string): string {
    const items = this.#checker.getTypeArguments(type).map((item) => this.#sayEnclosed(item, indent));
    return `${type.symbol.name === "ReadonlyArray" ? "readonly " : ""}${items.join("")}[]`;
  }

  #sayEnclosed(type: ts.Type, indent: string): string {
    const said = this.#say(type, indent);
    return type.isIntersection() || (type.isUnion() && said.includes(" | ")) ? `(${said})` : said;
  }

  /** By its public name, if it has one; what stands for nothing comes last. */
  #sayUnion(types: readonly ts.Type[], indent: string): string {
    const others = types.filter((type) => !isNothing(type));
    const publicUnion = this.#publicUnions.find(({ types }) => isSameSet(types, others));
    const nothing = types.filter(isNothing).map((type) => this.#checker.typeToString(type));
    return [publicUnion?.name ?? this.#sayParts(others, indent), ...nothing.sort()].join(" | ");
  }

  #sayParts(types: readonly ts.Type[], indent: string): string {
    const said = types.map((type) => this.#sayEnclosed(type, indent));
    const isBoolean = said.includes("true") && said.includes("false");
    const others = said.filter((part) => part !== "true" && part !== "false");
    const parts = isBoolean ? [...others, "boolean"] : said;
    const line = parts.join(" | ");
    return line.length > MAX_LINE && !line.includes("\n") ? parts.join(`\n${indent}  | `) : line;
  }

  /** An object type that is written down, or made of others, and has no public name. */
  #isOwnObject(type: ts.Type): boolean {
    if (!(type.flags & ts.TypeFlags.Object) || type.getCallSignatures().length > 0) return false;
    const [declaration] = type.symbol?.declarations ?? [];
    if (!declaration || ts.isTypeLiteralNode(declaration) || ts.isMappedTypeNode(declaration)) return true;
    return this.#isOwn(declaration) && !this.#isPublic.has(type.symbol.name);
  }

  #sayObject(type: ts.Type, indent: string): string {
    const inner = `${indent}  `;
    const indices = this.#checker.getIndexInfosOfType(type).map(({ keyType, type }) => {
      return `${inner}[key: ${this.#checker.typeToString(keyType)}]: ${this.#say(type, inner)};\n`;
    });
    const fields = this.#membersOf(type, inner).map(({ text }) => text);
    return `{\n${indices.join("")}${fields.join("")}${indent}}`;
  }

  #membersOf(type: ts.Type, indent: string): readonly Member[] {
    const fields = this.#checker.getPropertiesOfType(type);
    return fields.map((field) => ({ name: field.name, text: this.#sayField(field, indent) }));
  }

  #sayField(field: ts.Symbol, indent: string): string {
    const isOptional = (field.flags & ts.SymbolFlags.Optional) !== 0;
    const type = this.#checker.getTypeOfSymbol(field);
    const types = isOptional && type.isUnion() ? type.types.filter((part) => this.#isGiven(part)) : [type];
    const [only, ...others] = types;
    const value = only && others.length === 0 ? this.#say(only, indent) : this.#sayUnion(types, indent);
    const name = /^[A-Za-z_$][\w$]*$/.test(field.name) ? field.name : JSON.stringify(field.name);
    const text = `${isReadonly(field) ? "readonly " : ""}${name}${isOptional ? "?" : ""}: ${value};\n`;
    return docOf(field, indent) + indent + text;
  }

  /** What says that a field may be missing is another type than the `undefined` that it may have. */
  #isGiven(type: ts.Type): boolean {
    return !(type.flags & ts.TypeFlags.Undefined) || type === this.#checker.getUndefinedType();
  }
}

const isOperand = ({ parent }: ts.Node): boolean =>
  ts.isArrayTypeNode(parent) || ts.isIntersectionTypeNode(parent) || ts.isTypeOperatorNode(parent);

const isNothing = ({ flags }: ts.Type): boolean =>
  (flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Null)) !== 0;

const isSameSet = (some: readonly ts.Type[], others: readonly ts.Type[]): boolean =>
  some.length === others.length && some.every((type) => others.includes(type));

const isReadonly = ({ declarations = [] }: ts.Symbol): boolean =>
  declarations.some((field) => ts.getCombinedModifierFlags(field) & ts.ModifierFlags.Readonly);

/** The docs of a field as they stand where it is declared. */
function docOf({ declarations = [] }: ts.Symbol, indent: string): string {
  const docs = declarations.flatMap((field) => ts.getJSDocCommentsAndTags(field)).filter(ts.isJSDoc);
  return docs.map((doc) => `${indent}${doc.getText().replace(/\n\s*/g, `\n${indent} `)}\n`).join("");
}

/** How far the line of a node is indented. */
function indentOf(node: ts.Node): string {
  const { text } = node.getSourceFile();
  const line = text.slice(text.lastIndexOf("\n", node.getStart()) + 1);
  return line.match(/^ */)?.[0] ?? "";
}
