/**
 * Reads the stack of a new error, to save memory. Until the stack is read, V8 keeps its functions alive, and with them the whole
 * response or the error of `fetch`. A bulk call may have one error for each target.
 */
export function letGo<E extends object>(error: E): E {
  Reflect.get(error, "stack");
  return error;
}
