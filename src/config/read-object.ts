import { ValidationError } from "../errors/errors.ts";
import { issue } from "../errors/issue.ts";
import { isRecord, type Members, membersOf } from "../util/members.ts";

/**
 * The members of an argument that must be an object, as a copy.
 *
 * @throws {ValidationError} where it is none.
 */
export function readObject(method: string, path: string, value: unknown): Members {
  if (!isRecord(value)) throw new ValidationError(method, [issue(path, "must be an object", value)]);
  return membersOf(value);
}
