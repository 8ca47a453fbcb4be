import { ValidationError } from "../errors.ts";
import { readId } from "./validate.ts";

/** What a caller names a thing by, trimmed. */
export interface Reference {
  readonly text: string;
  /** Whether it can be nothing but an ID. */
  readonly isId: boolean;
}

/**
 * Reads the two arguments that name a thing, of which just one is given: `user`, which may be an ID, and `userId`,
 * which is one.
 *
 * @throws {ValidationError} where there are none or both, or it is blank, `.` or `..`.
 */
export function readReference(method: string, name: string, given: unknown, id: unknown): Reference {
  const isId = given === undefined;
  if (isId === (id === undefined)) {
    const message = `or ${name}Id is required, just one of them`;
    throw new ValidationError(method, [{ path: name, message }]);
  }
  return { text: isId ? readId(method, `${name}Id`, id) : readId(method, name, given), isId };
}
