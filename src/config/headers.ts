import { issue, type ValidationIssue } from "../errors/issue.ts";
import { asciiLower } from "../util/ascii.ts";
import { unlessThrows } from "../util/call-safely.ts";
import { bareObject, membersOf } from "../util/members.ts";
import { emptyClassRule } from "./read-object.ts";

/** Headers of the connection, not of the request (RFC 9110, 7.6.1). `fetch` rejects them or hangs. */
const CONNECTION_NAMES = /^(connection|content-length|expect|keep-alive|transfer-encoding|upgrade)$/;

/**
 * Copies extra headers, by lower-case name, from any form that `fetch` accepts. Pairs with the same name are joined as in
 * `Headers`. If names of an object differ only in case, the last one is used. Broken rules are added to `issues`, without
 * values, since a header may hold a secret.
 */
export function readHeaders(value: unknown, issues: ValidationIssue[]): Record<string, string> {
  const headers: Record<string, string> = bareObject();
  const isList = typeof value === "object" && value !== null && Symbol.iterator in value;
  for (const [name, content] of isList ? pairsIn(value, issues) : membersIn(value, issues)) {
    const key = asciiLower(name);
    const message = brokenRule(key, content);
    if (message) issues.push({ path: `headers.${name}`, message });
    else headers[key] = isList && key in headers ? `${headers[key]}, ${content}` : String(content);
  }
  return headers;
}

function membersIn(value: unknown, issues: ValidationIssue[]): [name: string, content: unknown][] {
  if (value === undefined) return [];
  if (typeof value === "object" && value !== null) {
    const members = membersOf(value);
    const message = emptyClassRule(value, members);
    if (message) issues.push({ path: "headers", message });
    return Object.entries(members).filter(([, content]) => content !== undefined);
  }
  issues.push(issue("headers", "must be a Headers, an array of pairs or an object of strings", value));
  return [];
}

function pairsIn(list: object, issues: ValidationIssue[]): [name: string, content: unknown][] {
  return Array.from(list as Iterable<unknown>).flatMap((item, index) => {
    if (Array.isArray(item) && item.length === 2 && typeof item[0] === "string") return [[item[0], item[1]]];
    issues.push({ path: `headers[${index}]`, message: "must be a pair of a name and a value" });
    return [];
  });
}

function brokenRule(name: string, content: unknown): string | undefined {
  if (name === "authorization") return "cannot be set: it is made from apiKey";
  if (CONNECTION_NAMES.test(name)) return "belongs to the connection and cannot be set";
  if (typeof content !== "string")
    return `must be a string, received ${content === null ? "null" : typeof content}`;
  const isField = unlessThrows(() => new Headers([[name, content]]));
  return isField ? undefined : "must be a header field of RFC 9110, 5";
}
