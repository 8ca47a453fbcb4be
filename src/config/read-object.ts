import { ValidationError } from "../errors/errors.ts";
import { issue } from "../errors/issue.ts";
import { isRecord, type Members, membersOf } from "../util/members.ts";

/**
 * Copies the members of an argument that must be an object.
 *
 * @throws {ValidationError} if it is not an object.
 */
export function readObject(method: string, path: string, value: unknown): Members {
  if (!isRecord(value)) throw new ValidationError(method, [issue(path, "must be an object", value)]);
  return membersOf(value);
}
