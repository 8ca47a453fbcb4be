import { ofType, type Rule, SIGNAL } from "../../config/rules.ts";
import { unknownArguments } from "../../config/unknown-arguments.ts";
import { ValidationError } from "../../index.ts";
import { shown } from "./problems.ts";

/** Whether a value is an object with these methods. */
const hasMethods = (value: unknown, ...names: string[]): boolean =>
  typeof value === "object" &&
  value !== null &&
  names.every((name) => typeof Reflect.get(value, name) === "function");

/** Rules of options that several functions have. `undefined` counts as not given. */
const RULES: Readonly<Record<string, Rule>> = {
  onProgress: ofType("function"),
  onResult: ofType("function"),
  journal: [
    "must have the methods open, append and close",
    (value) => hasMethods(value, "open", "append", "close"),
  ],
  passwords: [
    "must be a function, or have the method add",
    (value) => typeof value === "function" || hasMethods(value, "add"),
  ],
  signal: SIGNAL,
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
    const [words, isMet] = RULES[name] ?? [];
    const isGiven = value !== undefined || required.includes(name);
    if (isMet && isGiven && !isMet(value))
      issues.push({ path: name, message: `${words}, received ${shown(value)}` });
  }
  if (issues.length > 0) throw new ValidationError(method, issues);
}
