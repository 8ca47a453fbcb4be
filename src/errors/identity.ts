import { fieldOf } from "./field-of.ts";
import { inspectError } from "./inspect.ts";

/** In the registry of the process, so that every copy and every realm of the package has the same. */
const CLASSES = /* @__PURE__ */ Symbol.for("ax-users.errorClasses");
const INSPECT = /* @__PURE__ */ Symbol.for("nodejs.util.inspect.custom");

/**
 * What tells whether a value is an error of a class, of whichever copy of this package. It knows the name of the class,
 * whose own would be a minifier's.
 */
export function guard<E>(className: string): (value: unknown) => value is E {
  const is = (value: unknown): value is E => {
    const names = fieldOf(value, CLASSES);
    return Array.isArray(names) && names.includes(className);
  };
  return Object.assign(is, { className });
}

/** Gives a new error what is not enumerable: a name that can be assigned, its classes, and how Node shows it. */
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
