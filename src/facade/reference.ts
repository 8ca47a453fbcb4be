import { ValidationError } from "../errors/errors.ts";
import { readId } from "./params.ts";

/** What a caller names a thing by. */
export interface Reference {
  /** As it was given: blanks around an ID mean nothing, those around a name may. */
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
  readId(method, isId ? `${name}Id` : name, isId ? id : given);
  return { text: String(isId ? id : given), isId };
}
