import { asciiLower } from "../util/ascii.ts";

/** `READ_ONLY`, `read_only` and `read-only` are one value. */
const fold = (value: string): string => asciiLower(value).replaceAll("-", "_");

/** The value of the spec that is meant, in the spec's spelling; undefined where the spec does not know it. */
export function knownValue<Known extends string>(value: unknown, known: readonly Known[]): Known | undefined {
  if (typeof value !== "string") return undefined;
  const lower = asciiLower(value);
  return known.find((option) => option === lower) ?? known.find((option) => fold(option) === fold(lower));
}

/** A value of the spec as the `current` dialect spells it. */
export const upperCase = (value: string): string => value.toUpperCase().replaceAll("-", "_");
