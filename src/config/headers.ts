import { issue } from "../errors/issue.ts";
import type { ValidationIssue } from "../errors/types.ts";
import { asciiLower } from "../util/ascii.ts";
import { membersOf } from "../util/members.ts";

/** What belongs to the connection and not to the request (RFC 9110, 7.6.1); fetch refuses or hangs on it. */
const CONNECTION_NAMES = /^(connection|content-length|expect|keep-alive|transfer-encoding|upgrade)$/;

type Pair = readonly [name: string, content: unknown];

/**
 * A copy of extra headers by lower-case name, from whatever `fetch` takes for headers. What is wrong goes to `issues`,
 * without any value, since a header may hold a secret.
 */
export function readHeaders(value: unknown, issues: ValidationIssue[]): Record<string, string> {
  const headers: Record<string, string> = Object.create(null);
  if (value === undefined) return headers;
  const pairs = readPairs(value, issues);
  for (const [name, content] of pairs) {
    const rule = brokenRule(asciiLower(name), content);
    if (rule) issues.push({ path: `headers.${name}`, message: rule });
    else headers[asciiLower(name)] = String(content);
  }
  return headers;
}

/** Pairs of one name are joined as `Headers` joins them; of an object's names that differ in case the last one counts. */
function readPairs(value: unknown, issues: ValidationIssue[]): Pair[] {
  if (typeof value !== "object" || value === null) {
    issues.push(issue("headers", "must be a Headers, an array of pairs or an object of strings", value));
    return [];
  }
  if (!(Symbol.iterator in value)) {
    return Object.entries(membersOf(value)).filter(([, content]) => content !== undefined);
  }
  return joined(readIterable(Array.from(value as Iterable<unknown>), issues));
}

function readIterable(items: readonly unknown[], issues: ValidationIssue[]): Pair[] {
  return items.flatMap((item, index): Pair[] => {
    if (Array.isArray(item) && item.length === 2 && typeof item[0] === "string") return [[item[0], item[1]]];
    issues.push({ path: `headers[${index}]`, message: "must be a pair of a name and a value" });
    return [];
  });
}

function joined(pairs: readonly Pair[]): Pair[] {
  const byName = new Map<string, Pair>();
  for (const [name, content] of pairs) {
    const key = asciiLower(name);
    const before = byName.get(key)?.[1];
    const both =
      typeof before === "string" && typeof content === "string" ? `${before}, ${content}` : content;
    byName.set(key, [name, both]);
  }
  return [...byName.values()];
}

function brokenRule(name: string, content: unknown): string | undefined {
  if (name === "authorization") return "cannot be set: it is made from apiKey";
  if (CONNECTION_NAMES.test(name)) return "belongs to the connection and cannot be set";
  if (typeof content !== "string")
    return `must be a string, received ${content === null ? "null" : typeof content}`;
  try {
    new Headers([[name, content]]);
    return undefined;
  } catch {
    return "must be a header field of RFC 9110, 5";
  }
}
