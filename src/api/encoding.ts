/**
 * What the encoders of `generated/models.gen.ts` are made of. They give public values the names and the spelling of the wire,
 * and leave what does not fit as it is, for the validation that follows to name.
 */
import type { GenericSchema } from "valibot";
import { bareObject } from "../util/members.ts";
import { knownValue } from "./enum-values.ts";

/** Spells an enum value of the spec for a server. */
export type SpellEnum = (value: string) => string;

/** The generated schema of a body or a query, and its encoder. */
export interface RequestModel<Request> {
  readonly schema: GenericSchema & { readonly entries: Readonly<Record<string, unknown>> };
  /** For the compiler only: the type of what is encoded. */
  readonly request?: Request;
  encode(params: unknown, spell: SpellEnum): unknown;
}

/** A body without the fields that are undefined, and without a prototype: an absent field reads as undefined, whatever the host has. */
export function toBody(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const body: Record<string, unknown> = bareObject();
  for (const name of Object.keys(fields)) if (fields[name] !== undefined) body[name] = fields[name];
  return body;
}

/** `null` is no default: it is given, and refused. */
export const orDefault = (value: unknown, fallback: unknown): unknown =>
  value === undefined ? fallback : value;

export function writeEnum(value: unknown, known: readonly string[], spell: SpellEnum): unknown {
  const option = knownValue(value, known);
  return option === undefined ? value : spell(option);
}

/** Array.from and not map(), which passes over holes. */
export const writeArray = (value: unknown, write: (item: unknown) => unknown): unknown =>
  Array.isArray(value) ? Array.from(value, write) : value;

export const writeDateTime = (value: unknown): unknown =>
  value instanceof Date ? value.toISOString() : value;
