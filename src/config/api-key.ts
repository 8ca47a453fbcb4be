import type { ValidationIssue } from "../errors/issue.ts";
import { hideKeyPart, KEY_HIDDEN, keyHider } from "../errors/redaction/redact.ts";
import { env } from "../util/runtime.ts";
import { escaped } from "../util/show.ts";

/** Reads the key, from the option or the environment, or the token provider. No message shows the key. */
export function readApiKey(option: unknown, issues: ValidationIssue[]): string | (() => unknown) {
  if (typeof option === "function") return option as () => unknown;
  const given = option === undefined ? env("ARIZE_API_KEY") : option;
  const path = option === undefined && given !== undefined ? "ARIZE_API_KEY" : "apiKey";
  const key = typeof given === "string" ? given.trim() : given;
  const message = brokenKeyRule(key);
  if (message) issues.push({ path, message });
  return String(key);
}

/** Text that is often copied together with a key. */
const COPIED: readonly (readonly [RegExp, string])[] = [
  [/^["'`“”‘’«]|["'`“”‘’»]$/, "in quotes"],
  [/^(authorization:|bearer(:|\s|$))/i, 'after "Bearer "'],
  [/^ARIZE_API_KEY\s*=/i, "after the name of a variable"],
];

/** Returns the rule that a key breaks, if any. */
export function brokenKeyRule(key: unknown): string | undefined {
  if (key === undefined) return "is required: pass it here, or set ARIZE_API_KEY";
  if (typeof key !== "string") return `must be a string, received ${key === null ? "null" : typeof key}`;
  if (key === "") return "must not be empty or whitespace";
  const copied = COPIED.find(([pattern]) => pattern.test(key))?.[1];
  if (copied) return `must be the key alone, received it ${copied}`;
  const odd = /[^\x20-\x7e]/u.exec(key);
  // Shown as an escape, since it is often invisible, such as U+200B. It cannot be part of a valid key.
  return odd
    ? `must be printable ASCII, received ${escaped(odd[0])} at position ${odd.index + 1}`
    : undefined;
}

/** Text with the form of the API's keys, or its start where a long value is cut. */
const KEY_LIKE = /(?<!(?<!\\)\w)ak-(?:[\w.~+/=-]{8,}|[\w.~+/=-]*(?=…))/gi;

/**
 * Removes the keys from issues, and all that looks like a key: it may have been passed as another option. `keys` are what was
 * given as the key, which may be invalid.
 */
export function withoutKeys(issues: readonly ValidationIssue[], keys: readonly unknown[]): ValidationIssue[] {
  const all = [...keys, env("ARIZE_API_KEY")].filter((key) => typeof key === "string").map(bare);
  const hide = (text: string) => all.reduce(withoutKey, text).replace(KEY_LIKE, KEY_HIDDEN);
  return issues.map(({ path, message }) => ({ path: hide(path), message: hide(message) }));
}

/** The key without what was copied with it. */
const bare = (key: string): string =>
  key.replace(
    /^(?:\s|["'`“”‘’«»]|authorization:|bearer(?:[:\s]|$)|ARIZE_API_KEY\s*=)+|[\s"'`“”‘’«»]+$/gi,
    "",
  );

/** Messages cut long values, so a key may be shown in part. */
const withoutKey = (text: string, key: string): string => hideKeyPart(keyHider(key)(text), key);
