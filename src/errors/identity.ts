import { fieldOf } from "./field-of.ts";
import { inspectError } from "./inspect.ts";

/** In the registry of the process, so that every copy and every realm of the package has the same. */
const CLASSES = /* @__PURE__ */ Symbol.for("ax-users.errorClasses");
const INSPECT = /* @__PURE__ */ Symbol.for("nodejs.util.inspect.custom");

/** Gives a new error what is not enumerable: a name that can be assigned, its classes, and how Node shows it. */
export function identify(error: Error): void {
  Object.defineProperties(error, {
    name: { value: error.name, writable: true, configurable: true },
    [CLASSES]: { value: classesOf(error) },
    [INSPECT]: { value: inspectError, configurable: true },
  });
}

/** The names that the classes of an error declare. Those of the functions would be a minifier's. */
function classesOf(error: Error): string[] {
  const names: string[] = [];
  let prototype: object | null = Object.getPrototypeOf(error);
  while (prototype && prototype !== Error.prototype) {
    const getter = Object.getOwnPropertyDescriptor(prototype, "name")?.get;
    if (getter) names.push(String(getter.call(error)));
    prototype = Object.getPrototypeOf(prototype);
  }
  return names;
}

/** Whether a value is an error of a class of this package, of whichever copy of it. */
export function isOfClass(value: unknown, name: string): boolean {
  const names = fieldOf(value, CLASSES);
  return Array.isArray(names) && names.includes(name);
}
