import type { ValidationIssue } from "../error-types.ts";
import { issue } from "./validate.ts";
import { isRecord } from "./wire.ts";

/** What belongs to the connection and not to the request (RFC 9110, 7.6.1); fetch refuses or hangs on it. */
const CONNECTION_NAMES = /^(connection|content-length|expect|keep-alive|transfer-encoding|upgrade)$/i;

/**
 * A copy of extra headers, without `Authorization`, which is the key's place alone. What is wrong with them goes
 * to `issues`, values unseen, since a header may hold a secret.
 */
export function readHeaders(value: unknown, issues: ValidationIssue[]): Record<string, string> {
  const headers: Record<string, string> = {};
  if (value === undefined) return headers;
  if (!isRecord(value) || Symbol.iterator in value) {
    issues.push(issue("headers", "must be an object of strings", value));
    return headers;
  }
  for (const [name, content] of Object.entries(value)) {
    if (content === undefined || name.toLowerCase() === "authorization") continue;
    const rule = brokenRule(name, content);
    if (rule) issues.push({ path: `headers.${name}`, message: rule });
    else headers[name] = String(content);
  }
  return headers;
}

function brokenRule(name: string, content: unknown): string | undefined {
  if (CONNECTION_NAMES.test(name)) return "belongs to the connection and cannot be set";
  if (typeof content !== "string") return `must be a string, received ${typeof content}`;
  try {
    new Headers([[name, content]]);
    return undefined;
  } catch {
    return "must be a header field of RFC 9110, 5";
  }
}
