import type { ValidationIssue } from "../errors/types.ts";
import { env } from "../util/runtime.ts";
import { escaped } from "../util/show.ts";

/** The key, from the option or the environment. No message shows it. */
export function readApiKey(option: unknown, issues: ValidationIssue[]): string {
  const given = option === undefined ? env("ARIZE_API_KEY") : option;
  const path = option === undefined && given !== undefined ? "ARIZE_API_KEY" : "apiKey";
  const key = typeof given === "string" ? given.trim() : given;
  const message = brokenKeyRule(key);
  if (message) issues.push({ path, message });
  return String(key);
}

function brokenKeyRule(key: unknown): string | undefined {
  if (key === undefined) return "is required: give it here or in the environment as ARIZE_API_KEY";
  if (typeof key !== "string") return `must be a string, received ${key === null ? "null" : typeof key}`;
  if (key === "") return "must not be empty or whitespace";
  if (/^["'`“”‘’«]|["'`“”‘’»]$/.test(key)) return "must be the key alone, received it in quotes";
  if (/^(authorization:|bearer(:|\s|$))/i.test(key))
    return 'must be the key alone, received it after "Bearer "';
  if (/^ARIZE_API_KEY\s*=/i.test(key))
    return "must be the key alone, received it after the name of a variable";
  const odd = /[^\x20-\x7e]/u.exec(key);
  // Shown as an escape, since it is often one that nobody can see, such as U+200B. It is no part of any valid key.
  return odd
    ? `must be printable ASCII, received ${escaped(odd[0])} at position ${odd.index + 1}`
    : undefined;
}
