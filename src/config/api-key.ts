import type { ValidationIssue } from "../errors/types.ts";
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
