import { inspect } from "node:util";
import { isOneOf, isRecord } from "./vocabulary.ts";

/** Formats a message: the argument, its rule, and the value received. */
export const complaint = (argument: string, rule: string, received: unknown): string =>
  `${argument} must be ${rule}, received ${inspect(received, { depth: 0, maxStringLength: 60, breakLength: Infinity })}`;

/** Requires an object that has only known members. */
export function requireMembers(argument: string, value: unknown, known: readonly string[]): void {
  if (!isRecord(value)) throw new TypeError(complaint(argument, "an object", value));
  for (const [name, member] of Object.entries(value)) {
    if (member === undefined || known.includes(name)) continue;
    throw new TypeError(`${argument}.${name} is unknown; expected one of ${known.join(", ")}`);
  }
}

export function requireNumber(
  argument: string,
  value: unknown,
  rule: string,
  holds: (value: number) => boolean,
): number {
  if (typeof value !== "number") throw new TypeError(complaint(argument, rule, value));
  if (!holds(value)) throw new RangeError(complaint(argument, rule, value));
  return value;
}

export function requireWhole(
  argument: string,
  value: unknown,
  min: number,
  max = Number.MAX_SAFE_INTEGER,
): number {
  const range = max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`;
  const holds = (number: number) => Number.isInteger(number) && number >= min && number <= max;
  return requireNumber(argument, value, `a whole number ${range}`, holds);
}

export function requireOneOf<Value extends string>(
  argument: string,
  value: unknown,
  values: readonly Value[],
): Value {
  if (!isOneOf(values, value)) throw new TypeError(complaint(argument, `one of ${values.join(", ")}`, value));
  return value;
}

export function requireKind<Value>(
  argument: string,
  value: unknown,
  rule: string,
  holds: (value: unknown) => value is Value,
): Value {
  if (!holds(value)) throw new TypeError(complaint(argument, rule, value));
  return value;
}
