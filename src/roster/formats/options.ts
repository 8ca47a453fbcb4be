import { unknownArguments } from "../../config/unknown-arguments.ts";
import { ValidationError } from "../../index.ts";

/**
 * A misspelt option would be one that is left out: a journal that is not written, a limit that does not hold.
 *
 * @throws {ValidationError} where an option is unknown.
 */
export function checkNames(method: string, options: object, names: readonly string[]): void {
  const issues = unknownArguments({ ...options }, names);
  if (issues.length > 0) throw new ValidationError(method, issues);
}
