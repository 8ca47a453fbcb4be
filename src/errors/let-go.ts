/**
 * Lets an error go that was made of a response. Until somebody reads its stack, V8 keeps the functions on it, and with them the
 * whole response or what `fetch` threw; a bulk call has as many errors as targets.
 */
export function letGo<E extends object>(error: E): E {
  Reflect.get(error, "stack");
  return error;
}
