import { asciiLower } from "../util/ascii.ts";

/** `READ_ONLY`, `read_only` and `read-only` are the same value. */
const fold = (value: string): string => asciiLower(value).replaceAll("-", "_");

/** Values in lower case, by their spelling: a list repeats the same few thousands of times. */
const lowered = new Map<string, string>();
const MOST_LOWERED = 100;

/** Finds a value of the spec in any spelling, and returns it in the spec's. Undefined if the spec does not have it. */
export function knownValue<Known extends string>(value: unknown, known: readonly Known[]): Known | undefined {
  if (typeof value !== "string") return undefined;
  const kept = lowered.get(value);
  const lower = kept ?? asciiLower(value);
  const same = known[known.indexOf(lower as Known)];
  if (same === undefined) return known.find((option) => fold(option) === fold(lower));
  if (kept === undefined && lowered.size < MOST_LOWERED) lowered.set(value, lower);
  return same;
}

/** Spells a value of the spec for the `current` dialect. */
export const upperCase = (value: string): string => value.toUpperCase().replaceAll("-", "_");
