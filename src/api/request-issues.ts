/** Checks a request against the spec's constraints, and translates valibot's issues to our messages. */
import { type BaseIssue, type GenericSchema, safeParse } from "valibot";
import { ValidationError } from "../errors/errors.ts";
import { issue, type ValidationIssue } from "../errors/issue.ts";
import { isRecord } from "../util/members.ts";
import { camelCase } from "../util/names.ts";

type Issue = BaseIssue<unknown>;

/** The text of each rule, by the type of valibot's issue. */
const RULES: Readonly<Record<string, (issue: Issue) => string>> = {
  string: () => "must be a string",
  number: () => "must be a number",
  boolean: () => "must be a boolean",
  array: () => "must be an array",
  object: () => "must be an object",
  strict_object: () => "must be an object",
  variant: ({ expected }) => (expected === "Object" ? "must be an object" : oneOf(expected)),
  picklist: ({ expected }) => oneOf(expected),
  literal: ({ expected }) => oneOf(expected),
  integer: () => "must be a whole number",
  min_value: ({ requirement }) => `must be at least ${requirement}`,
  max_value: ({ requirement }) => `must be at most ${requirement}`,
  gt_value: ({ requirement }) => `must be more than ${requirement}`,
  lt_value: ({ requirement }) => `must be less than ${requirement}`,
  regex: ({ requirement }) => `must match ${requirement}`,
  rfc_email: () => "must be an email address",
};

/** `("a" | "b")` → `must be one of "a", "b"`. */
function oneOf(expected: string | null): string {
  const values = (expected ?? "").replace(/^\(|\)$/g, "").split(" | ");
  return `must be ${values.length > 1 ? "one of " : ""}${values.join(", ")}`;
}

/** @throws {ValidationError} if there is an issue. */
export function assertValid(method: string, issues: readonly (ValidationIssue | undefined)[]): void {
  const found = issues.filter((one) => one !== undefined);
  if (found.length > 0) throw new ValidationError(method, found);
}

/** Returns the rules that a body or query breaks, with public names; only the first one for each value. */
export function requestIssues(schema: GenericSchema, request: unknown, path = ""): ValidationIssue[] {
  dropPrototypes(schema);
  const { issues = [] } = safeParse(schema, request, { abortPipeEarly: true });
  const broken = [...textIssues(request, path), ...issues.map((one) => toIssue(one, path))];
  const byPath = new Map(broken.toReversed().map((one) => [one.path, one]));
  return broken.filter((one) => byPath.get(one.path) === one);
}

const dropped = new WeakSet<object>();

/** Makes the entries of schemas inherit nothing. Otherwise valibot reads members that other code added to `Object.prototype`. */
function dropPrototypes(part: unknown): void {
  if (typeof part !== "object" || part === null || dropped.has(part)) return;
  dropped.add(part);
  const { entries, options, pipe, item, wrapped } = part as Readonly<Record<string, unknown>>;
  if (typeof entries === "object" && entries !== null) Object.setPrototypeOf(entries, null);
  for (const inner of [entries, options, pipe]) if (inner) Object.values(inner).forEach(dropPrototypes);
  dropPrototypes(item);
  dropPrototypes(wrapped);
}

function toIssue(found: Issue, base: string): ValidationIssue {
  const path: string[] = [];
  for (const { key, type, input } of found.path ?? []) {
    // valibot treats an array as an object without fields.
    if (type === "object" && Array.isArray(input))
      return issue(joined(base, path), "must be an object", input);
    path.push(typeof key === "number" ? `[${key}]` : camelCase(String(key)));
  }
  const where = joined(base, path);
  if (found.type === "check") return { path: where, message: found.message };
  if (found.input === undefined) return issue(where, "is required", undefined);
  return issue(where, RULES[found.type]?.(found) ?? found.message, found.input);
}

const joined = (base: string, path: readonly string[]): string =>
  [base, ...path].filter(Boolean).join(".").replaceAll(".[", "[");

/** Checks that the spec does not have: text must be well-formed Unicode to be encoded, and an ID must not be empty. */
function textIssues(value: unknown, path: string, isId = false): ValidationIssue[] {
  if (typeof value === "string") {
    if (!value.isWellFormed()) return [issue(path, "must be well-formed Unicode", value)];
    return isId && /^\s+$/.test(value) ? [issue(path, "must not be empty", value)] : [];
  }
  if (Array.isArray(value)) return value.flatMap((item, index) => textIssues(item, `${path}[${index}]`));
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, field]) =>
    textIssues(field, joined(path, [camelCase(key)]), /(^|_)id$/.test(key)),
  );
}
