import { type BaseIssue, type GenericSchema, type InferOutput, safeParse } from "valibot";
import type { ValidationIssue } from "../error-types.ts";
import { ValidationError } from "../errors.ts";
import { camelCase, isRecord, type ObjectSchema, toWire } from "./wire.ts";

/** A schema of the generated ones that describes named values. */
export type ParamsSchema = GenericSchema & ObjectSchema;

/** Under exactOptionalPropertyTypes: what may be missing, but never is `undefined`. */
export type Exact<T> = { [Key in keyof T]: Exclude<T[Key], undefined> };

/** A value as a message shows it: short, and told apart from its look-alikes. */
export function show(value: unknown): string {
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
  const given = Object.entries(params).filter(([, value]) => value !== undefined);
  const unknown = given.map(([name]) => name).filter((name) => !known.includes(name));
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
  return surrogateIssue(path, value);
}

/** encodeURIComponent throws on a lone surrogate, and UTF-8 has none. */
const surrogateIssue = (path: string, value: unknown): ValidationIssue | undefined =>
  typeof value === "string" && !value.isWellFormed()
    ? issue(path, "must be well-formed Unicode", value)
    : undefined;

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
 * The arguments as the wire has them, held against the spec's own constraints.
 *
 * @throws {ValidationError} with every rule that is broken, in public names.
 */
export function toRequest<Schema extends ParamsSchema>(
  method: string,
  schema: Schema,
  params: object,
): Exact<InferOutput<Schema>> {
  const result = safeParse(schema, toWire(schema, params));
  const issues = result.success
    ? Object.entries(result.output ?? {}).flatMap(
        ([key, value]) => surrogateIssue(camelCase(key), value) ?? [],
      )
    : result.issues.map(toIssue);
  if (!result.success || issues.length > 0) throw new ValidationError(method, issues);
  // toWire leaves out what is undefined, so that the output of an optional entry is never undefined.
  return result.output as Exact<InferOutput<Schema>>;
}

function toIssue(found: BaseIssue<unknown>): ValidationIssue {
  const keys = found.path?.map(({ key }) => key) ?? [];
  const path = keys.map((key) => (typeof key === "number" ? `[${key}]` : `.${camelCase(String(key))}`));
  const received = found.received.length > 80 ? `${found.received.slice(0, 80)}…` : found.received;
  return { path: path.join("").replace(/^\./, ""), message: `${ruleOf(found)}, received ${received}` };
}

function ruleOf({ type, expected, requirement, received }: BaseIssue<unknown>): string {
  switch (type) {
    case "min_code_points":
      return requirement === 1 ? "must not be empty" : `must have at least ${requirement} characters`;
    case "max_code_points":
      return `must have at most ${requirement} characters`;
    case "min_value":
      return `must be at least ${requirement}`;
    case "max_value":
      return `must be at most ${requirement}`;
    case "integer":
      return "must be a whole number";
    case "rfc_email":
      return "must be an email address";
    default:
      return received === "undefined" ? "is required" : `must be ${expected?.toLowerCase()}`;
  }
}
