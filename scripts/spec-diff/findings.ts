import type { Kind } from "./rules.ts";

/** The same thing in the old version of the spec and in the new one. */
export interface Both<T> {
  readonly before: T;
  readonly after: T;
}

/** Where a part of the spec matters to users: what they send, what they get, or neither. */
export type Use = "operation" | "parameter" | "request" | "response" | "header" | "error";

export interface Place {
  readonly use: Use;
  /** The operation, as the new version calls it. */
  readonly operation: string;
  /** What there is compared: `User.status`, or nothing for the operation itself. */
  readonly label: string;
  /** Findings that say the same of one name are told together. */
  readonly name: string;
  /** The named schemas that it is in, so that one that holds itself has an end. */
  readonly within: readonly string[];
}

/** One difference at one place. */
export interface Finding {
  readonly kind: Kind;
  readonly place: Place;
  readonly before: string;
  readonly after: string;
}

export const found = (kind: Kind, place: Place, before = "", after = ""): Finding => ({
  kind,
  place,
  before,
  after,
});

/** The place of something that is called by its name alone. */
export const placeOf = (operation: string, use: Use, label = ""): Place => ({
  use,
  operation,
  label,
  name: label,
  within: [],
});

/** The place of a field. */
export const fieldOf = (place: Place, key: string): Place => ({
  ...place,
  label: place.label ? `${place.label}.${key}` : key,
  name: key,
});

/** Compares the schemas that are within others. */
export type Walk = (schemas: Both<unknown>, place: Place) => readonly Finding[];
