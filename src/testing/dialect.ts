import type { Role } from "./role.ts";
import type { SandboxOptions } from "./types.ts";

/** What differs between the dialects of the API on the wire. Inside the sandbox all is spelled as in alpha. */
export interface Dialect {
  /** An enum value as it is written. */
  spell(value: string): string;
  /** The fields of a custom role in a request. */
  customRoleFields: readonly string[];
  /** What becomes of `is_developer` in a request to create a user. */
  createIsDeveloper: "use" | NonNullable<SandboxOptions["createIsDeveloper"]>;
  /** What clears a description. */
  noDescription: "" | null;
}

const DIALECTS: Readonly<Record<NonNullable<SandboxOptions["dialect"]>, Dialect>> = {
  alpha: {
    spell: (value) => value,
    // The name is taken and ignored.
    customRoleFields: ["type", "id", "name"],
    createIsDeveloper: "use",
    noDescription: "",
  },
  current: {
    spell: (value) => value.toUpperCase().replaceAll("-", "_"),
    customRoleFields: ["type", "id"],
    createIsDeveloper: "use",
    noDescription: null,
  },
};

export const dialectOf = (
  dialect: NonNullable<SandboxOptions["dialect"]>,
  createIsDeveloper: Dialect["createIsDeveloper"] = DIALECTS.current.createIsDeveloper,
): Dialect => (dialect === "alpha" ? DIALECTS.alpha : { ...DIALECTS.current, createIsDeveloper });

/** The value that is written like this, if one is. */
export const findSpelled = <Value extends string>(
  { spell }: Dialect,
  values: readonly Value[],
  written: unknown,
): Value | undefined => values.find((value) => spell(value) === written);

/** A role as it is written; the name of a custom one is free text. */
export function spellRole<Name extends string>(
  role: Role<Name>,
  { spell }: Dialect,
): Record<string, unknown> {
  const type = spell(role.type);
  return role.type === "custom" ? { ...role, type } : { type, name: spell(role.name) };
}
