import type { ValidationIssue } from "../error-types.ts";
import { ValidationError } from "../errors.ts";
import { type ObjectSchema, type Rule, string, type VariantSchema, type WireSchema } from "./schema.ts";
import { camelCase, isRecord, toWire, variantOption } from "./wire.ts";

/** A value as a message shows it: short, and told apart from its look-alikes. */
function show(value: unknown): string {
  if (typeof value === "function") return "a function";
  if (typeof value !== "string")
    return Array.isArray(value) ? "an array" : isRecord(value) ? "an object" : String(value);
  return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
}

/** An issue in the form that all messages have: the rule, then what was received. */
export const issue = (path: string, rule: string, received: unknown): ValidationIssue => ({
  path,
  message: `${rule}, received ${show(received)}`,
});

/** @throws {ValidationError} where a value that must be an object is none. */
export function checkObject(method: string, path: string, value: unknown): void {
  if (!isRecord(value)) throw new ValidationError(method, [issue(path, "must be an object", value)]);
}

/**
 * The arguments of a method, as a copy.
 *
 * @throws {ValidationError} where they are no object or have a name that is not in `known`: a misspelt option
 * that is dropped in silence is one that the caller believes to be in force.
 */
export function readParams<Params extends object>(
  method: string,
  params: Params,
  known: readonly string[],
): Params {
  checkObject(method, "params", params);
  const names = Object.keys(params) as (keyof Params & string)[];
  const unknown = names.filter((name) => params[name] !== undefined && !known.includes(name));
  if (unknown.length > 0) {
    throw new ValidationError(
      method,
      unknown.map((path) => ({ path, message: `is not an argument; there are ${known.join(", ")}` })),
    );
  }
  return { ...params };
}

/** A copy with the named strings trimmed; what is no string is left for the schema to name. */
export function trimmed<T extends object>(fields: T, ...names: (keyof T)[]): T {
  const copy = { ...fields };
  for (const name of names) {
    const value = copy[name];
    if (typeof value === "string") Object.assign(copy, { [name]: value.trim() });
  }
  return copy;
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

/** An ID without surrounding blanks, which no ID has but which a copied one brings along. */
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
  return body as Body;
}

/** An ID is never blank, which no schema of the spec says. */
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
        : wrongType(path, "array", value);
    case "picklist":
      return enumIssues(schema.options, value, path);
    case "literal":
      return enumIssues([schema.literal], value, path);
    default:
      if (typeof value !== schema.type) return wrongType(path, schema.type, value);
      // They are for values of the type that was just asked for.
      return brokenRule(schema.rules as readonly Rule<unknown>[], value, path);
  }
}

function objectIssues(schema: ObjectSchema, value: unknown, path: string): ValidationIssue[] {
  if (!isRecord(value)) return wrongType(path, "object", value);
  return Object.entries(schema.entries).flatMap(([key, entry]) =>
    issuesOf(entry, value[key], path ? `${path}.${camelCase(key)}` : camelCase(key)),
  );
}

function variantIssues(schema: VariantSchema, value: unknown, path: string): ValidationIssue[] {
  if (!isRecord(value)) return wrongType(path, "object", value);
  const option = variantOption(schema, value[schema.key]);
  if (option) return objectIssues(option, value, path);
  const tags = schema.options.map(({ entries }) => entries[schema.key]);
  const known = tags.flatMap((tag) => (tag?.type === "literal" ? [tag.literal] : []));
  return enumIssues(known, value[schema.key], `${path}.${camelCase(schema.key)}`);
}

const wrongType = (path: string, expected: string, value: unknown): ValidationIssue[] => [
  issue(path, value === undefined ? "is required" : `must be ${expected}`, value),
];

const enumIssues = (options: readonly string[], value: unknown, path: string): ValidationIssue[] =>
  options.some((option) => option === value)
    ? []
    : wrongType(path, `(${options.map((option) => JSON.stringify(option)).join(" | ")})`, value);

/** The first one only: what is empty is no address either. */
function brokenRule<Value>(rules: readonly Rule<Value>[], value: Value, path: string): ValidationIssue[] {
  const broken = rules.find(({ holds }) => !holds(value));
  return broken ? [issue(path, broken.rule, broken.show ? broken.show(value) : value)] : [];
}
