import type { Role } from "./role.ts";
import type { SandboxOptions } from "./types.ts";

/** What differs between the eras of the API on the wire. Inside the sandbox all is spelled as in alpha. */
export interface Era {
  /** An enum value as it is written. */
  spell(value: string): string;
  /** The fields of a custom role in a request. */
  customRoleFields: readonly string[];
  /** What becomes of `is_developer` in a request to create a user. */
  createIsDeveloper: "use" | NonNullable<SandboxOptions["createIsDeveloper"]>;
  /** What clears a description. */
  noDescription: "" | null;
}

const ERAS: Readonly<Record<NonNullable<SandboxOptions["era"]>, Era>> = {
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

export const eraOf = (
  era: NonNullable<SandboxOptions["era"]>,
  createIsDeveloper: Era["createIsDeveloper"] = ERAS.current.createIsDeveloper,
): Era => (era === "alpha" ? ERAS.alpha : { ...ERAS.current, createIsDeveloper });

/** The value that is written like this, if one is. */
export const findSpelled = <Value extends string>(
  { spell }: Era,
  values: readonly Value[],
  written: unknown,
): Value | undefined => values.find((value) => spell(value) === written);

/** A role as it is written; the name of a custom one is free text. */
export function spellRole<Name extends string>(role: Role<Name>, { spell }: Era): Record<string, unknown> {
  const type = spell(role.type);
  return role.type === "custom" ? { ...role, type } : { type, name: spell(role.name) };
}
