/** The members of an object by name. */
export type Members = Record<string, unknown>;

export const isRecord = (value: unknown): value is Members =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function Bare(): void {}
Bare.prototype = Object.create(null);

/** Makes an object that inherits no members. Engines read its members faster than those of `Object.create(null)`. */
export const bareObject = <Value = unknown>(): Record<string, Value> => Reflect.construct(Bare, []);

/**
 * Copies the members of a caller's object to an object without a prototype.
 *
 * Members are its own enumerable properties, and the getters and enumerable properties of its prototypes, except
 * `Object.prototype`: properties that other code adds there are not arguments.
 */
export function membersOf(given: object): Members {
  const members: Members = Object.assign(bareObject(), given);
  let prototype: object | null = Object.getPrototypeOf(given);
  while (prototype) {
    const next: object | null = Object.getPrototypeOf(prototype);
    // The end of the chain is an Object.prototype, of this realm or another one.
    if (next === null) break;
    for (const [name, { get, enumerable }] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
      if ((get || enumerable) && !(name in members)) members[name] = Reflect.get(given, name);
    }
    prototype = next;
  }
  return members;
}

/** Whether an object is of no class: it has no prototype, or the Object.prototype of any realm. */
export function isPlain(value: object): boolean {
  const prototype: object | null = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** Reads an own member of a part of a parsed body. Ignores its prototype. */
export const ownMember = (part: Members | readonly unknown[], key: string | number): unknown =>
  Object.hasOwn(part, key) ? (part as Members)[key] : undefined;

/** Binds the methods of a new object, so that they can be destructured: `const { list } = client.users`. */
export function bindMethods(target: object): void {
  const { constructor: _, ...methods } = Object.getOwnPropertyDescriptors(Object.getPrototypeOf(target));
  for (const [name, { value, ...descriptor }] of Object.entries(methods))
    Object.defineProperty(target, name, { ...descriptor, value: value.bind(target) });
}
