import leven from "leven";
import type { ValidationIssue } from "../errors/types.ts";
import { asciiLower } from "../util/ascii.ts";

/**
 * An issue for each member whose name is not known; one that is `undefined` counts as not given. A misspelt option that
 * is dropped silently is one that the caller believes to be in force: with `baseURL`, the key would go to another host.
 */
export function unknownArguments(
  members: Readonly<Record<string, unknown>>,
  known: readonly string[],
): ValidationIssue[] {
  return Object.keys(members)
    .filter((name) => members[name] !== undefined && !known.includes(name))
    .map((name) => {
      const near = nearest(name, known);
      const hint = near === undefined ? "" : `; did you mean ${near}?`;
      const message = `unknown argument ${JSON.stringify(name)}; expected one of ${known.join(", ")}${hint}`;
      return { path: name, message };
    });
}

/** The known name that a misspelt one probably means: a few typing errors away, or a part of it or more than it. */
function nearest(name: string, known: readonly string[]): string | undefined {
  const given = plain(name);
  const distances = known.map((option) => {
    const other = plain(option);
    const isPart = given.length > 1 && (other.includes(given) || given.includes(other));
    const distance = leven(given, other);
    return { option, distance, isNear: isPart || distance <= Math.max(given.length, other.length) * 0.4 };
  });
  return distances.filter(({ isNear }) => isNear).sort((a, b) => a.distance - b.distance)[0]?.option;
}

/** Without what does not make a name another one: `base_url` means `baseUrl`. */
const plain = (name: string): string => asciiLower(name).replace(/[^a-z\d]/g, "");
