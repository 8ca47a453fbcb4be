import type { Dialect } from "../testing/dialects.ts";

export const otherDialect = { alpha: "current", current: "alpha" } as const satisfies Record<
  Dialect,
  Dialect
>;

/** Enum values as they are on the wire. */
export const written = {
  alpha: {
    active: "active",
    inactive: "inactive",
    statuses: "active, invited, expired",
    predefined: "predefined",
    custom: "custom",
    member: "member",
    readOnly: "read-only",
    none: "none",
  },
  current: {
    active: "ACTIVE",
    inactive: "INACTIVE",
    statuses: "ACTIVE, INVITED, EXPIRED",
    predefined: "PREDEFINED",
    custom: "CUSTOM",
    member: "MEMBER",
    readOnly: "READ_ONLY",
    none: "NONE",
  },
} as const satisfies Record<Dialect, Record<string, string>>;
