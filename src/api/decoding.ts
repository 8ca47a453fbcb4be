/**
 * Helpers for the decoders of `generated/models.gen.ts`. Each reads one property of a response, and throws if it
 * does not match the spec.
 */

import { asciiLower } from "../util/ascii.ts";
import { parseDateTime } from "../util/date-time.ts";
import { isRecord, type Members } from "../util/members.ts";
import { knownValue } from "./enum-values.ts";

/** The path of a value in a response, from the innermost step to the outermost. */
export interface Path {
  readonly parent: Path | undefined;
  readonly step: string | number;
}

/** Holds the first enum value of a response, as the server spells it. */
export interface SeenEnum {
  value?: string;
}

/**
 * An enum value that this version of the package does not know, in lower case. It is a string. A string literal is not assignable
 * to it, so the compiler reports a misspelt value. Methods accept it as a type, so that the role of a response fits, but reject the
 * value with a {@link ValidationError}.
 */
export type UnknownEnumValue = string & {
  /** For the compiler only. No literal has this member. */
  readonly "unknown enum value": true;
};

/** A value of a response does not match the spec. The message names its path, never the value. */
export class DecodeError extends Error {
  constructor(at: Path | undefined, expected: string, value: unknown) {
    super(`${pathText(at) || "the body"} must be ${expected}, received ${typeText(value)}`);
  }
}

type Key = string | number;

export const step = (parent: Path | undefined, key: Key): Path => ({ parent, step: key });

export const isGiven = (value: unknown): boolean => value !== undefined && value !== null;

const mismatch = (value: unknown, at: Path | undefined, key: Key, expected: string): DecodeError =>
  new DecodeError(step(at, key), expected, value);

export function readObject(value: unknown, at: Path | undefined): Members {
  if (!isRecord(value)) throw new DecodeError(at, "an object", value);
  return value;
}

export function readString(value: unknown, at: Path | undefined, key: Key): string {
  if (typeof value !== "string") throw mismatch(value, at, key, "a string");
  return value;
}

/** Reads text for display, where null counts as empty. */
export const readText = (value: unknown, at: Path | undefined, key: Key): string =>
  value === null ? "" : readString(value, at, key);

export function readNumber(value: unknown, at: Path | undefined, key: Key): number {
  if (typeof value !== "number") throw mismatch(value, at, key, "a number");
  return value;
}

export function readBoolean(value: unknown, at: Path | undefined, key: Key): boolean {
  if (typeof value !== "boolean") throw mismatch(value, at, key, "a boolean");
  return value;
}

export function readDateTime(value: unknown, at: Path | undefined, key: Key): Date {
  const date = typeof value === "string" ? parseDateTime(value) : undefined;
  if (!date) throw mismatch(value, at, key, "a date and time of RFC 3339");
  return date;
}

/** Reads an enum value and returns it as the spec spells it. An unknown value is returned in lower case. */
export function readEnum<Known extends string>(
  value: unknown,
  at: Path | undefined,
  key: Key,
  known: readonly Known[],
  seen: SeenEnum,
): Known | UnknownEnumValue {
  const text = readString(value, at, key);
  seen.value ??= text;
  return knownValue(text, known) ?? (asciiLower(text) as UnknownEnumValue);
}

export function readArray<Item>(
  value: unknown,
  at: Path | undefined,
  key: Key,
  readItem: (item: unknown, at: Path, index: number) => Item,
): Item[] {
  const here = step(at, key);
  if (!Array.isArray(value)) throw new DecodeError(here, "an array", value);
  const items = new Array<Item>(value.length);
  for (let index = 0; index < value.length; index += 1) items[index] = readItem(value[index], here, index);
  return items;
}

/** Reads from an unknown variant the strings that known variants have, too. `names`: wire name → public name. */
export function readTexts(fields: Members, names: Readonly<Record<string, string>>): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [name, publicName] of Object.entries(names)) {
    const value = fields[name];
    if (typeof value === "string") texts[publicName] = value;
  }
  return texts;
}

/** Formats a path: `users[3].created_at`. */
function pathText(at: Path | undefined): string {
  const steps: string[] = [];
  for (let here = at; here; here = here.parent) {
    steps.unshift(typeof here.step === "number" ? `[${here.step}]` : `.${here.step}`);
  }
  return steps.join("").replace(/^\./, "");
}

const typeText = (value: unknown): string =>
  value === null ? "null" : Array.isArray(value) ? "an array" : typeof value;
