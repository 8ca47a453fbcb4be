import type { Role } from "./role.ts";
import type { SandboxOptions } from "./types.ts";

/** The differences between the dialects of the API. Internally, the sandbox uses the values of alpha. */
export interface Dialect {
  /** Spells an enum value in this dialect. */
  spell(value: string): string;
  /** The fields of a custom role in a request. */
  customRoleFields: readonly string[];
  /** How to treat `is_developer` in a request to create a user. */
  createIsDeveloper: "use" | NonNullable<SandboxOptions["createIsDeveloper"]>;
  /** The value that clears a description. */
  noDescription: "" | null;
}

const DIALECTS: Readonly<Record<NonNullable<SandboxOptions["dialect"]>, Dialect>> = {
  alpha: {
    spell: (value) => value,
    // The name is accepted and ignored.
    customRoleFields: ["type", "id", "name"],
    createIsDeveloper: "use",
    noDescription: "",
  },
  current: {
    spell: (value) => value.toUpperCase().replaceAll("-", "_"),
    customRoleFields: ["type", "id"],
    createIsDeveloper: "refuse",
    noDescription: null,
  },
};

export const dialectOf = (
  dialect: NonNullable<SandboxOptions["dialect"]>,
  createIsDeveloper: Dialect["createIsDeveloper"] = DIALECTS.current.createIsDeveloper,
): Dialect => (dialect === "alpha" ? DIALECTS.alpha : { ...DIALECTS.current, createIsDeveloper });

/** Finds the value with this spelling. */
export const findSpelled = <Value extends string>(
  { spell }: Dialect,
  values: readonly Value[],
  written: unknown,
): Value | undefined => values.find((value) => spell(value) === written);

/** Spells a role in this dialect. The name of a custom role is free text. */
export function spellRole<Name extends string>(
  role: Role<Name>,
  { spell }: Dialect,
): Record<string, unknown> {
  const type = spell(role.type);
  return role.type === "custom" ? { ...role, type } : { type, name: spell(role.name) };
}
