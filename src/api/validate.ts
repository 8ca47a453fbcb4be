import { unknownArguments } from "../config/unknown-arguments.ts";
import { ValidationError } from "../errors/errors.ts";
import type { ValidationIssue } from "../errors/types.ts";
import { type Members, membersOf, ownMember } from "../util/members.ts";
import { show } from "../util/show.ts";
import { type ObjectSchema, type Rule, string, type VariantSchema, type WireSchema } from "./schema.ts";
import { camelCase, isRecord, toWire, variantOption } from "./wire.ts";

/** An issue in the form that all messages have: the rule, then what was received. */
export const issue = (path: string, rule: string, received: unknown): ValidationIssue => ({
  path,
  message: `${rule}, received ${show(received)}`,
});

/**
 * The members of an argument that must be an object, as a copy.
 *
 * @throws {ValidationError} where it is none.
 */
export function readObject(method: string, path: string, value: unknown): Members {
  if (!isRecord(value)) throw new ValidationError(method, [issue(path, "must be an object", value)]);
  return membersOf(value);
}

/**
 * The arguments of a method, as a copy.
 *
 * @throws {ValidationError} where they are no object or have a name that is not in `known`.
 */
export function readParams<Params extends object>(
  method: string,
  params: Params,
  known: readonly string[],
): Params {
  const members = readObject(method, "params", params);
  const issues = unknownArguments(members, known);
  if (issues.length > 0) throw new ValidationError(method, issues);
  // The same members, each with the value that it had.
  return members as Params;
}

/** A copy with the named strings trimmed; what is no string is left for the schema to name. */
export function trimmed<T extends object>(fields: T, ...names: (keyof T & string)[]): T {
  const copy = membersOf(fields);
  for (const name of names) {
    const value = copy[name];
    if (typeof value === "string") copy[name] = value.trim();
  }
  // The same members, with strings for strings.
  return copy as T;
}

/** What is wrong with a string that goes into a URL, if anything. */
export function textIssue(path: string, value: unknown): ValidationIssue | undefined {
  if (typeof value !== "string") return issue(path, "must be a string", value);
  return brokenRule(string().rules, value, path)[0];
}

/** The public names of what a schema describes. */
export const namesOf = (schema: ObjectSchema): string[] => Object.keys(schema.entries).map(camelCase);

/** What is wrong with an ID, if anything. `.` and `..` would make another path of the URL (RFC 3986, 5.2.4). */
export function idIssue(path: string, value: unknown): ValidationIssue | undefined {
  const wrong = textIssue(path, value);
  if (wrong || typeof value !== "string") return wrong;
  if (value.trim() === "") return issue(path, "must not be empty", value);
  return /^\.\.?$/.test(value.trim()) ? issue(path, "must be an ID", value) : undefined;
}

/** An ID without surrounding whitespace, which no ID has but which a copied one brings along. */
export function readId(method: string, path: string, value: unknown): string {
  const wrong = idIssue(path, value);
  if (wrong || typeof value !== "string") throw new ValidationError(method, wrong ? [wrong] : []);
  return value.trim();
}

/**
 * The arguments as the wire has them, held against the spec's own constraints: `Body` and the schema are both generated
 * from the same part of the spec.
 *
 * @throws {ValidationError} with every rule that is broken, in public names.
 */
export function toRequest<Body>(method: string, schema: ObjectSchema, params: object): Body {
  const body = toWire(schema, params);
  const issues = [...issuesOf(schema, body, ""), ...blankIds(body, "")];
  if (issues.length > 0) throw new ValidationError(method, issues);
  // Without a prototype, so that an optional field that is not there reads as undefined whatever the host has.
  return membersOf(Object(body)) as Body;
}

/** An ID is never whitespace only, which no schema of the spec says. */
function blankIds(value: unknown, path: string): ValidationIssue[] {
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, field]) => {
    const at = path ? `${path}.${camelCase(key)}` : camelCase(key);
    const isBlank = /(^|_)id$/.test(key) && typeof field === "string" && /^\s+$/.test(field);
    return isBlank ? issue(at, "must not be empty", field) : blankIds(field, at);
  });
}

/** What is wrong with a value by its schema, in public names. */
export function issuesOf(schema: WireSchema, value: unknown, path: string): ValidationIssue[] {
  switch (schema.type) {
    case "optional":
      return value === undefined ? [] : issuesOf(schema.wrapped, value, path);
    case "nullable":
      return value === null ? [] : issuesOf(schema.wrapped, value, path);
    case "unknown":
      return [];
    case "object":
      return objectIssues(schema, value, path);
    case "variant":
      return variantIssues(schema, value, path);
    case "array":
      return Array.isArray(value)
        ? value.flatMap((item, index) => issuesOf(schema.item, item, `${path}[${index}]`))
        : wrongType(path, "an array", value);
    case "picklist":
      return enumIssues(schema.options, value, path);
    case "literal":
      return enumIssues([schema.literal], value, path);
    default:
      if (typeof value !== schema.type) return wrongType(path, `a ${schema.type}`, value);
      // They are for values of the type that was just asked for.
      return brokenRule(schema.rules as readonly Rule<unknown>[], value, path);
  }
}

function objectIssues(schema: ObjectSchema, value: unknown, path: string): ValidationIssue[] {
  if (!isRecord(value)) return wrongType(path, "an object", value);
  return Object.entries(schema.entries).flatMap(([key, entry]) =>
    issuesOf(entry, ownMember(value, key), path ? `${path}.${camelCase(key)}` : camelCase(key)),
  );
}

function variantIssues(schema: VariantSchema, value: unknown, path: string): ValidationIssue[] {
  if (!isRecord(value)) return wrongType(path, "an object", value);
  const tag = membersOf(value)[schema.key];
  const option = variantOption(schema, tag);
  if (option) return objectIssues(option, value, path);
  const known = schema.options.flatMap(({ entries }) => {
    const literal = entries[schema.key];
    return literal?.type === "literal" ? [literal.literal] : [];
  });
  return enumIssues(known, tag, `${path}.${camelCase(schema.key)}`);
}

const wrongType = (path: string, expected: string, value: unknown): ValidationIssue[] => [
  issue(path, value === undefined ? "is required" : `must be ${expected}`, value),
];

const enumIssues = (options: readonly string[], value: unknown, path: string): ValidationIssue[] =>
  options.some((option) => option === value) ? [] : wrongType(path, oneOf(options), value);

const oneOf = (options: readonly string[]): string =>
  `${options.length > 1 ? "one of " : ""}${options.map((option) => JSON.stringify(option)).join(", ")}`;

/** The first one only: what is empty is no address either. */
function brokenRule<Value>(rules: readonly Rule<Value>[], value: Value, path: string): ValidationIssue[] {
  const broken = rules.find(({ holds }) => !holds(value));
  if (!broken) return [];
  const received = broken.show ? broken.show(value) : show(value);
  return [{ path, message: `${broken.rule}, received ${received}` }];
}
