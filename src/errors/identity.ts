import { fieldOf } from "./field-of.ts";
import { inspectError } from "./inspect.ts";

/** In the global symbol registry, which all copies of the package and all realms share. */
const CLASSES = /* @__PURE__ */ Symbol.for("ax-users.errorClasses");
const INSPECT = /* @__PURE__ */ Symbol.for("nodejs.util.inspect.custom");

/**
 * Makes the type guard of an error class, which recognizes errors of all copies of this package. The class name is passed in,
 * because a minifier may change the class's own.
 */
export function guard<E>(className: string): (value: unknown) => value is E {
  const is = (value: unknown): value is E => {
    const names = fieldOf(value, CLASSES);
    return Array.isArray(names) && names.includes(className);
  };
  return Object.assign(is, { className });
}

/** Sets the non-enumerable properties of a new error: its name (writable), its classes, and its inspect function. */
export function identify(error: Error): void {
  const names: unknown[] = [];
  for (let Class = error.constructor; Class !== Error; Class = Object.getPrototypeOf(Class))
    names.push(Reflect.get(Reflect.get(Class, "is"), "className"));
  Object.defineProperties(error, {
    name: { value: names[0], writable: true, configurable: true },
    [CLASSES]: { value: names },
    [INSPECT]: { value: inspectError, configurable: true },
  });
}
