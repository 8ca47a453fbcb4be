import type { Kind } from "./rules.ts";

/** Where a part of the spec is used: requests, responses, or the operation itself. */
export type Use = "operation" | "request" | "response" | "error";

export interface Place {
  readonly use: Use;
  /** The ID of the operation in the new version; empty for all operations. */
  readonly operation: string;
  /** `User.status`, or empty for the operation itself. */
  readonly label: string;
  /** Equal findings with the same name are reported together. */
  readonly name: string;
  /** The named schemas around this one, to end recursive schemas. */
  readonly within: readonly string[];
}

/** One difference at one place. */
export interface Finding {
  readonly kind: Kind;
  readonly place: Place;
  readonly before: string;
  readonly after: string;
}

export const found = (kind: Kind, place: Place, before = "", after = ""): Finding => {
  return { kind, place, before, after };
};

/** A finding, where two texts differ. */
export const changed = (kind: Kind, place: Place, before: string, after: string): readonly Finding[] =>
  before === after ? [] : [found(kind, place, before, after)];

export const placeOf = (operation: string, use: Use, label = ""): Place => {
  return { use, operation, label, name: label, within: [] };
};

export const fieldOf = (place: Place, key: string): Place => {
  return { ...place, label: place.label ? `${place.label}.${key}` : key, name: key };
};
