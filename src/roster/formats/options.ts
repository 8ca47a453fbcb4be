import { unknownArguments } from "../../config/unknown-arguments.ts";
import { ValidationError } from "../../index.ts";

/**
 * Checks the names of options. A misspelt option would have no effect: no journal is written, or no limit applies.
 *
 * @throws {ValidationError} if an option is unknown.
 */
export function checkNames(method: string, options: object, names: readonly string[]): void {
  const issues = unknownArguments({ ...options }, names);
  if (issues.length > 0) throw new ValidationError(method, issues);
}
