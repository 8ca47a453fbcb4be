import type { ValidationIssue } from "../errors/issue.ts";
import { asciiLower } from "../util/ascii.ts";

/**
 * Returns an issue for each member with an unknown name. A member that is `undefined` counts as not given. A misspelt option must
 * not be ignored silently: with `baseURL`, the key would be sent to another host.
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

/** Finds the known name that was probably meant: one that contains the unknown name, is part of it, or shares most letters. */
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

/** Ignores case and punctuation: `base_url` means `baseUrl`. */
const plain = (name: string): string => asciiLower(name).replace(/[^a-z\d]/g, "");
