/**
 * A property of a value that another program made, whatever it is. Properties that a host added to `Object.prototype`
 * do not count, and getters and proxies that throw count as missing.
 */
export function fieldOf(value: unknown, name: PropertyKey): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  try {
    return Object.hasOwn(value, name) || !(name in Object.prototype) ? Reflect.get(value, name) : undefined;
  } catch {
    return undefined;
  }
}

/** The same, where it is a string that says something. */
export function textOf(value: unknown, name: PropertyKey): string | undefined {
  const text = fieldOf(value, name);
  return typeof text === "string" && text.trim() !== "" ? text : undefined;
}
