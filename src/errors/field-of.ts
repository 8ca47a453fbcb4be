import { unlessThrows } from "../util/call-safely.ts";

/**
 * Reads a property of a value from other code, which may be anything. Ignores properties that other code added to
 * `Object.prototype`. A getter or proxy that throws counts as missing.
 */
export function fieldOf(value: unknown, name: PropertyKey): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return unlessThrows(() =>
    Object.hasOwn(value, name) || !(name in Object.prototype) ? Reflect.get(value, name) : undefined,
  );
}

/** Returns the property if it is a string that is not only whitespace. */
export function textOf(value: unknown, name: PropertyKey): string | undefined {
  const text = fieldOf(value, name);
  return typeof text === "string" && text.trim() !== "" ? text : undefined;
}
