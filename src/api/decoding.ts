/**
 * What the decoders of `generated/models.gen.ts` are made of. Each reads one property of a response, and throws where it
 * is not what the spec says.
 */

import { asciiLower } from "../util/ascii.ts";
import { parseDateTime } from "../util/date-time.ts";
import { isRecord, type Members, ownMember } from "../util/members.ts";
import { knownValue } from "./enum-values.ts";

/** Where a value stands in a response, from the innermost step to the outermost. */
export interface Path {
  readonly parent: Path | undefined;
  readonly step: string | number;
}

/** Holds the first enum value of a response, as the server spells it. */
export interface SeenEnum {
  value?: string;
}

/**
 * An enum value that this version of the package does not know, in lower case. It can be read like any string, and given
 * back to the API; a literal is not one, so that the compiler finds a misspelt value.
 */
export type UnknownEnumValue = string & {
  /** For the compiler only: no literal has it. */
  readonly "unknown enum value": true;
};

/** A value of a response that is not what the spec says. The message names the place and never the value. */
export class DecodeError extends Error {
  constructor(at: Path | undefined, expected: string, value: unknown) {
    super(`${pathText(at) || "the body"} must be ${expected}, received ${typeText(value)}`);
  }
}

type Container = Members | readonly unknown[];
type Key = string | number;

export const step = (parent: Path | undefined, key: Key): Path => ({ parent, step: key });

export function isGiven(container: Container, key: Key): boolean {
  const value = ownMember(container, key);
  return value !== undefined && value !== null;
}

export function readObject(value: unknown, at: Path | undefined): Members {
  if (!isRecord(value)) throw new DecodeError(at, "an object", value);
  return value;
}

export function readString(container: Container, key: Key, at: Path | undefined): string {
  const value = ownMember(container, key);
  if (typeof value !== "string") throw new DecodeError(step(at, key), "a string", value);
  return value;
}

/** Text for people to read: null counts as empty. */
export function readText(container: Container, key: Key, at: Path | undefined): string {
  return ownMember(container, key) === null ? "" : readString(container, key, at);
}

export function readNumber(container: Container, key: Key, at: Path | undefined): number {
  const value = ownMember(container, key);
  if (typeof value !== "number") throw new DecodeError(step(at, key), "a number", value);
  return value;
}

export function readBoolean(container: Container, key: Key, at: Path | undefined): boolean {
  const value = ownMember(container, key);
  if (typeof value !== "boolean") throw new DecodeError(step(at, key), "a boolean", value);
  return value;
}

export function readDateTime(container: Container, key: Key, at: Path | undefined): Date {
  const value = ownMember(container, key);
  const date = typeof value === "string" ? parseDateTime(value) : undefined;
  if (!date) throw new DecodeError(step(at, key), "a date and time of RFC 3339", value);
  return date;
}

/** An enum value as the spec spells it; one that the spec does not know passes in lower case. */
export function readEnum<Known extends string>(
  container: Container,
  key: Key,
  at: Path | undefined,
  known: readonly Known[],
  seen: SeenEnum,
): Known | UnknownEnumValue {
  const value = readString(container, key, at);
  seen.value ??= value;
  return knownValue(value, known) ?? (asciiLower(value) as UnknownEnumValue);
}

/** As {@link readEnum}, for the one value that the spec allows. */
export const readLiteral = <Known extends string>(
  container: Container,
  key: Key,
  at: Path | undefined,
  known: Known,
  seen: SeenEnum,
): Known => readEnum(container, key, at, [known], seen) as Known;

export function readArray<Item>(
  container: Container,
  key: Key,
  at: Path | undefined,
  readItem: (items: readonly unknown[], index: number, at: Path) => Item,
): Item[] {
  const value = ownMember(container, key);
  const here = step(at, key);
  if (!Array.isArray(value)) throw new DecodeError(here, "an array", value);
  const items = new Array<Item>(value.length);
  for (let index = 0; index < value.length; index += 1) items[index] = readItem(value, index, here);
  return items;
}

export function readNullable<Value>(
  container: Container,
  key: Key,
  at: Path | undefined,
  read: (container: Container, key: Key, at: Path | undefined) => Value,
): Value | null {
  return ownMember(container, key) === null ? null : read(container, key, at);
}

/** Of a variant that the spec does not know: the texts that known ones have too. `names`: wire name → public name. */
export function readTexts(
  fields: Readonly<Record<string, unknown>>,
  names: Readonly<Record<string, string>>,
): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [name, publicName] of Object.entries(names)) {
    const value = ownMember(fields, name);
    if (typeof value === "string") texts[publicName] = value;
  }
  return texts;
}

/** The steps as callers write them: `users[3].created_at`. */
function pathText(at: Path | undefined): string {
  const steps: string[] = [];
  for (let here = at; here; here = here.parent) {
    steps.unshift(typeof here.step === "number" ? `[${here.step}]` : `.${here.step}`);
  }
  return steps.join("").replace(/^\./, "");
}

const typeText = (value: unknown): string =>
  value === null ? "null" : Array.isArray(value) ? "an array" : typeof value;
