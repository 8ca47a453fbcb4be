/**
 * Helpers for the encoders of `generated/models.gen.ts`. They convert public values to the names and the spelling of the wire.
 * Invalid values are left as they are; the validation that follows reports them.
 */
import type { GenericSchema } from "valibot";
import { bareObject } from "../util/members.ts";
import { knownValue } from "./enum-values.ts";

/** Spells an enum value of the spec for a server. */
export type SpellEnum = (value: string) => string;

/** The generated schema of a body or a query, and its encoder. */
export interface RequestModel<Request> {
  /** The public names of its fields. */
  readonly names: readonly string[];
  readonly schema: GenericSchema;
  /** For the compiler only: the type of the encoded request. */
  readonly request?: Request;
  encode(params: unknown, spell: SpellEnum): unknown;
}

/** Makes a body without undefined fields and without a prototype, which other code may have extended. */
export function toBody(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const body: Record<string, unknown> = bareObject();
  for (const name of Object.keys(fields)) if (fields[name] !== undefined) body[name] = fields[name];
  return body;
}

/** `null` is not replaced by the default: it counts as given, and the validation rejects it. */
export const orDefault = (value: unknown, fallback: unknown): unknown =>
  value === undefined ? fallback : value;

export function writeEnum(value: unknown, known: readonly string[], spell: SpellEnum): unknown {
  const option = knownValue(value, known);
  return option === undefined ? value : spell(option);
}

/** Uses Array.from, because map() skips holes. */
export const writeArray = (value: unknown, write: (item: unknown) => unknown): unknown =>
  Array.isArray(value) ? Array.from(value, write) : value;

export const writeDateTime = (value: unknown): unknown =>
  value instanceof Date ? value.toISOString() : value;
