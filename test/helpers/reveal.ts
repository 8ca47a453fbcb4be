import { inspect } from "node:util";

/**
 * Everything that can be read off a value at any depth, by whoever logs it: what Node, JSON and `String` show of it, and
 * all own properties, symbols and those that are not enumerable included.
 *
 * `except` names properties that are left out, such as one that holds a password on purpose.
 */
export function everythingIn(value: unknown, except: readonly string[] = []): string {
  const shown: string[] = [];
  const seen = new Set<unknown>();
  const visit = (one: unknown): void => {
    if (seen.has(one)) return;
    seen.add(one);
    shown.push(textOf(() => String(one)));
    if ((typeof one !== "object" && typeof one !== "function") || one === null) return;
    shown.push(textOf(() => JSON.stringify(one) ?? ""));
    shown.push(inspect(one), inspect(one, { showHidden: true, depth: Number.POSITIVE_INFINITY }));
    if (one instanceof Headers) for (const entry of one) visit(entry.join(": "));
    if (ArrayBuffer.isView(one)) return;
    for (const key of Reflect.ownKeys(one)) {
      if (except.includes(String(key))) continue;
      visit(key);
      const property = Object.getOwnPropertyDescriptor(one, key);
      if (property) visit("value" in property ? property.value : property.get?.call(one));
    }
  };
  visit(value);
  return shown.join("\n");
}

function textOf(say: () => string): string {
  try {
    return say();
  } catch {
    return "";
  }
}

/** What a crash report of Node holds, which does not ask an error how it wants to be shown. */
export const crashReportOf = (error: unknown): string => inspect(error, { customInspect: false, depth: 5 });

/** Both: all that a log or a crash report could show of a value, its causes at any depth included. */
export const shownOf = (value: unknown): string => everythingIn(value) + crashReportOf(value);
