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
  const unknown = Object.keys(members).filter((name) => members[name] !== undefined && !known.includes(name));
  return unknown.map((name) => {
    const near = nearest(name, known);
    const hint = near === undefined ? "" : `; did you mean ${near}?`;
    const message = `unknown argument ${JSON.stringify(name)}; expected one of ${known.join(", ")}${hint}`;
    return { path: name, message };
  });
}

/** The known name that a misspelt one probably means: a part of it or more than it, or one of mostly the same letters. */
function nearest(name: string, known: readonly string[]): string | undefined {
  const given = plain(name);
  const likeness = (option: string) => {
    const other = plain(option);
    const isPart = given.length > 1 && (other.includes(given) || given.includes(other));
    const left = [...given].reduce((letters, letter) => letters.replace(letter, ""), other);
    const share = (2 * (other.length - left.length)) / (given.length + other.length);
    return isPart || share > 0.7 ? share : 0;
  };
  const best = [...known].sort((a, b) => likeness(b) - likeness(a))[0];
  return best && likeness(best) > 0 ? best : undefined;
}

/** Without what does not make a name another one: `base_url` means `baseUrl`. */
const plain = (name: string): string => asciiLower(name).replace(/[^a-z\d]/g, "");
