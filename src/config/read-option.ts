/** Readers of single options. Each adds what is wrong to `issues`, and gives undefined for an option that is not given. */

import { issue } from "../errors/issue.ts";
import type { ValidationIssue } from "../errors/types.ts";
import { env } from "../util/runtime.ts";
import { escaped } from "../util/show.ts";

/** The key, from the option or the environment. No message shows it. */
export function readApiKey(option: unknown, issues: ValidationIssue[]): string {
  const given = option === undefined ? env("ARIZE_API_KEY") : option;
  const path = option === undefined && given !== undefined ? "ARIZE_API_KEY" : "apiKey";
  const key = typeof given === "string" ? given.trim() : given;
  const rule = brokenKeyRule(key);
  if (rule === undefined && typeof key === "string") return key;
  issues.push({ path, message: rule ?? "" });
  return "";
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

export function readDuration(path: string, value: unknown, issues: ValidationIssue[]): number | undefined {
  if (value === undefined || (typeof value === "number" && value > 0)) return value;
  issues.push(issue(path, "must be a positive number of milliseconds", value));
  return undefined;
}

export const readCount = (path: string, value: unknown, issues: ValidationIssue[]): number | undefined =>
  readWhole(path, value, 0, issues);

export const readBytes = (path: string, value: unknown, issues: ValidationIssue[]): number | undefined =>
  readWhole(path, value, 1, issues);

function readWhole(
  path: string,
  value: unknown,
  least: number,
  issues: ValidationIssue[],
): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value === "number" && Number.isInteger(value) && value >= least) return value;
  issues.push(issue(path, `must be a whole number from ${least}`, value));
  return undefined;
}

/** One that cannot be listened to and let go again would leave a call without an end. */
export function readSignal(path: string, value: unknown, issues: ValidationIssue[]): AbortSignal | undefined {
  if (value === undefined || isAbortSignal(value)) return value;
  issues.push(issue(path, "must be an AbortSignal", value));
  return undefined;
}

/** By its shape, since it may be of another realm or a polyfill. */
const isAbortSignal = (value: unknown): value is AbortSignal =>
  typeof value === "object" &&
  value !== null &&
  "aborted" in value &&
  typeof value.aborted === "boolean" &&
  ["addEventListener", "removeEventListener"].every((name) => typeof Reflect.get(value, name) === "function");
