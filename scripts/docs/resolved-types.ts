/**
 * A plugin of TypeDoc. Public types are made of generated ones by helper types that nobody can import
 * (`Input<wire.CreateUserRequest>`); readers of the reference want to see what comes of that. So whatever is made of
 * them is shown as what it is: the values of an enum, the fields of an object.
 */
import {
  type Application,
  type Context,
  Converter,
  type DeclarationReflection,
  ReferenceType,
  ReflectionKind,
  type SomeType,
  UnionType,
  UnknownType,
} from "typedoc";
import ts from "typescript";

/** What the entry points do not export. */
const HELPERS = [
  "Created",
  "EitherCase",
  "EventBase",
  "Existing",
  "FromWire",
  "Input",
  "OperationId",
  "OrganizationChanges",
  "Role",
];

const GENERATED = "/generated/types.gen.ts";

export function load({ converter }: Application): void {
  const open: (() => void)[] = [];
  converter.on(Converter.EVENT_CREATE_DECLARATION, (context, reflection) => {
    const node = typeNodeOf(context, reflection);
    if (!node) return;
    const inner = context.withScope(reflection);
    // Not before TypeDoc has set the type of its own making.
    open.push(() => {
      if (mentionsHelper(node)) {
        inner.inlineType = new Set([reflection.name, ...HELPERS, ...generatedNames(inner)]);
        const type = inner.checker.getTypeFromTypeNode(node);
        reflection.type = shown(inner.converter.convertType(inner, type), reflection);
      } else if (isNamed(node)) {
        reflection.type = named(inner, node);
      }
    });
  });
  converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const resolve of open) resolve();
    for (const reflection of project.getReflectionsByKind(ReflectionKind.Interface)) {
      if (reflection.isDeclaration()) forgetHelperBases(reflection);
    }
  });
}

/** What a type alias stands for, or the type of a property. */
function typeNodeOf(context: Context, reflection: DeclarationReflection): ts.TypeNode | undefined {
  if (!reflection.kindOf([ReflectionKind.TypeAlias, ReflectionKind.Property])) return undefined;
  const declaration = context.getSymbolFromReflection(reflection)?.declarations?.[0];
  if (!declaration) return undefined;
  return ts.isTypeAliasDeclaration(declaration) || ts.isPropertySignature(declaration)
    ? declaration.type
    : undefined;
}

function mentionsHelper(node: ts.Node): boolean {
  if (ts.isTypeReferenceNode(node)) {
    const name = node.typeName;
    if (ts.isQualifiedName(name) ? name.left.getText() === "wire" : HELPERS.includes(name.text)) return true;
  }
  // `(typeof REGIONS)[number]`
  if (ts.isIndexedAccessTypeNode(node)) return true;
  return ts.forEachChild(node, (child) => mentionsHelper(child) || undefined) ?? false;
}

/** The names of the types of the wire, without those by which a public interface goes as well. */
function generatedNames({ programs, project }: Context): string[] {
  const source = programs
    .flatMap((program) => program.getSourceFiles())
    .find(({ fileName }) => fileName.endsWith(GENERATED));
  const names = source?.statements.filter(ts.isTypeAliasDeclaration).map(({ name }) => name.text) ?? [];
  const taken = new Set(project.getReflectionsByKind(ReflectionKind.Interface).map(({ name }) => name));
  return names.filter((name) => !taken.has(name));
}

/**
 * Whether a property is of a type that has a name, or may be left out. TypeDoc would show what the compiler makes of
 * that: a type of the wire instead of the public one, or all that `fetch` can be called with.
 */
function isNamed(node: ts.TypeNode): boolean {
  if (ts.isUnionTypeNode(node)) return node.types.every((part) => isNamed(part) || isUndefined(part));
  return (ts.isTypeReferenceNode(node) && !node.typeArguments) || ts.isTypeQueryNode(node);
}

const isUndefined = ({ kind }: ts.TypeNode): boolean => kind === ts.SyntaxKind.UndefinedKeyword;

/** By the names that stand in the source. */
function named(context: Context, node: ts.TypeNode): SomeType {
  const parts = ts.isUnionTypeNode(node) ? node.types.filter((part) => !isUndefined(part)) : [node];
  return union(
    parts.map((part) =>
      ts.isTypeQueryNode(part)
        ? new UnknownType(part.getText())
        : context.converter.convertType(context, part),
    ),
  );
}

/** Without `undefined` where the property is optional, which says so already. */
const shown = (type: SomeType, { flags }: DeclarationReflection): SomeType =>
  flags.isOptional && type instanceof UnionType
    ? union(type.types.filter((part) => part.toString() !== "undefined"))
    : type;

function union(types: SomeType[]): SomeType {
  const [first] = types;
  return first && types.length === 1 ? first : new UnionType(types);
}

/** An interface extends what its fields have to fit; all of them are declared anew. */
function forgetHelperBases(reflection: DeclarationReflection): void {
  const isHelper = (type: SomeType) => type instanceof ReferenceType && HELPERS.includes(type.name);
  const bases = reflection.extendedTypes?.filter((type) => !isHelper(type)) ?? [];
  if (bases.length === reflection.extendedTypes?.length) return;
  if (bases.length > 0) reflection.extendedTypes = bases;
  else delete reflection.extendedTypes;
  for (const child of reflection.children ?? []) {
    delete child.overwrites;
    delete child.inheritedFrom;
  }
}
