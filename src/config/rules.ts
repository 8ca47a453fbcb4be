import { ValidationError } from "../errors/errors.ts";
import { issue, type ValidationIssue } from "../errors/issue.ts";
import { isRecord, membersOf } from "../util/members.ts";
import { withoutKeys } from "./api-key.ts";
import { emptyClassRule } from "./read-object.ts";
import { unknownArguments } from "./unknown-arguments.ts";

/** The text of a rule, and the check. */
export type Rule = readonly [words: string, isMet: (value: unknown) => boolean];

/** A rule for each option, so that the compiler requires one for a new option. `null`: another function checks it. */
export type Rules<Options> = Readonly<Record<keyof Options, Rule | null>>;

export const MILLISECONDS: Rule = [
  "must be a positive number of milliseconds",
  (value) => typeof value === "number" && value > 0,
];

export const wholeFrom = (least: number): Rule => [
  `must be a whole number of at least ${least}`,
  (value) => Number.isInteger(value) && Number(value) >= least,
];

export const ofType = (...types: string[]): Rule => [
  `must be a ${types.join(" or a ")}`,
  (value) => types.includes(typeof value),
];

export const oneOf = (values: readonly unknown[]): Rule => [
  `must be one of ${values.join(", ")}`,
  (value) => values.includes(value),
];

/** Checks the shape, since a signal may be from another realm or a polyfill. Without these methods, a call might never end. */
export const SIGNAL: Rule = [
  "must be an AbortSignal",
  (value) =>
    value !== null &&
    typeof value === "object" &&
    ["aborted", "addEventListener", "removeEventListener"]
      .map((name) => typeof Reflect.get(value, name))
      .join() === "boolean,function,function",
];

/** Options without the undefined ones, which count as not given. */
export type Given<Options> = { [Name in keyof Options]?: Exclude<Options[Name], undefined> };

/**
 * Copies the given options and checks them. `readOthers` checks those without a rule, and adds to the issues. `keys` may be API
 * keys, whatever their type.
 *
 * @throws {ValidationError} with all broken rules; it never shows a key.
 */
export function readByRules<Options extends object, Others>(
  method: string,
  options: Options,
  rules: Rules<Options>,
  readOthers: (given: Given<Options>, issues: ValidationIssue[]) => Others,
  keys: readonly unknown[],
): Given<Options> & Others {
  const given = isRecord(options) ? membersOf(options) : {};
  const refuse = (broken: ValidationIssue[]) =>
    new ValidationError(method, withoutKeys(broken, [...keys, given["apiKey"]]));
  if (!isRecord(options)) throw refuse([issue("options", "must be an object", options)]);
  const message = emptyClassRule(options, given);
  if (message) throw refuse([{ path: "options", message }]);
  for (const name of Object.keys(given)) if (given[name] === undefined) delete given[name];
  const issues = unknownArguments(given, Object.keys(rules));
  const others = readOthers(given as Given<Options>, issues);
  for (const [name, rule] of Object.entries<Rule | null>(rules)) {
    if (rule && name in given && !rule[1](given[name])) issues.push(issue(name, rule[0], given[name]));
  }
  if (issues.length > 0) throw refuse(issues);
  return { ...(given as Given<Options>), ...others };
}
