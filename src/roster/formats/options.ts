import { unknownArguments } from "../../config/unknown-arguments.ts";
import { ValidationError } from "../../index.ts";
import { shown } from "./problems.ts";

interface Rule {
  readonly rule: string;
  isRight(value: unknown): boolean;
}

/** Whether a value is an object with these methods. */
const hasMethods = (value: unknown, ...names: string[]): boolean =>
  typeof value === "object" &&
  value !== null &&
  names.every((name) => typeof Reflect.get(value, name) === "function");

const FUNCTION: Rule = { rule: "must be a function", isRight: (value) => typeof value === "function" };

/** Rules of options that several functions have. `undefined` counts as not given. */
const RULES: Readonly<Record<string, Rule>> = {
  onProgress: FUNCTION,
  onResult: FUNCTION,
  journal: {
    rule: "must have the methods open, append and close",
    isRight: (value) => hasMethods(value, "open", "append", "close"),
  },
  passwords: {
    rule: "must be a function, or have the method add",
    isRight: (value) => typeof value === "function" || hasMethods(value, "add"),
  },
  signal: {
    rule: "must be an AbortSignal",
    isRight: (value) => hasMethods(value, "addEventListener", "throwIfAborted"),
  },
};

/**
 * Checks the options of a function. `names` are those that it has, `required` those that it needs.
 *
 * @throws {ValidationError} with every unknown name, and every value that breaks a rule.
 */
export function checkOptions(
  method: string,
  options: object,
  names: readonly string[],
  required: readonly string[] = [],
): void {
  if (typeof options !== "object" || options === null) {
    throw new ValidationError(method, [
      { path: "options", message: `must be an object, received ${shown(options)}` },
    ]);
  }
  const given: Readonly<Record<string, unknown>> = { ...options };
  const issues = unknownArguments(given, names);
  for (const name of names) {
    const value = given[name];
    const rule = RULES[name];
    const isGiven = value !== undefined || required.includes(name);
    if (rule && isGiven && !rule.isRight(value))
      issues.push({ path: name, message: `${rule.rule}, received ${shown(value)}` });
  }
  if (issues.length > 0) throw new ValidationError(method, issues);
}
