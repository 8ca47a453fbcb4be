/** Lets the methods of a new object be taken out of it: `const { list } = client.users`. */
export function bindMethods(target: object): void {
  const { constructor: _, ...methods } = Object.getOwnPropertyDescriptors(Object.getPrototypeOf(target));
  for (const [name, { value, ...descriptor }] of Object.entries(methods))
    Object.defineProperty(target, name, { ...descriptor, value: value.bind(target) });
}
