import { unlessThrows } from "../../util/call-safely.ts";
import { isRecord, membersOf } from "../../util/members.ts";
import { HIDDEN, isCredentialName } from "../redaction/credentials.ts";
import type { Redact } from "../redaction/redact.ts";
import { copyText } from "./bound-error-body.ts";

/** Long enough to recognize a page. */
const EXCERPT_LENGTH = 200;

const DEEPEST = 16;

/**
 * Reads what may be shown of an error's body, which bound-error-body.ts has shortened: its start and, if it is an object, its
 * members.
 */
export function readErrorBody(text: string, redact: Redact) {
  const body = unlessThrows(() => withoutCredentials(JSON.parse(text), redact));
  const shown = body === undefined ? redact(text) : JSON.stringify(body);
  return {
    members: isRecord(body) ? membersOf(body) : undefined,
    excerpt: copyText(shown.trim().slice(0, EXCERPT_LENGTH)),
  };
}

/** Shorter values of credentials are not looked for elsewhere in a body, as they occur within ordinary words. */
const SHORTEST_SECRET = 6;

/** Collects the values of credentials, which other members may repeat. */
function secretsIn(value: unknown, depth: number): string[] {
  if (typeof value !== "object" || value === null || depth === 0) return [];
  return Object.entries(value).flatMap(([name, member]) => {
    const isSecret = typeof member === "string" && member.length >= SHORTEST_SECRET && isCredentialName(name);
    return isSecret ? [member] : secretsIn(member, depth - 1);
  });
}

/** Copies a body without credentials, wherever it repeats them. */
function withoutCredentials(body: unknown, redact: Redact): unknown {
  const secrets = secretsIn(body, DEEPEST);
  const hide: Redact = (said) =>
    redact(secrets.reduce((shown, secret) => shown.replaceAll(secret, HIDDEN), said));
  return cleaned(body, hide, DEEPEST);
}

/** Copies a JSON value without credentials. */
function cleaned(value: unknown, redact: Redact, depth: number): unknown {
  if (typeof value === "string") return redact(value);
  if (typeof value !== "object" || value === null) return value;
  if (depth === 0) return "…";
  const inner = (one: unknown, isHidden: boolean) => (isHidden ? HIDDEN : cleaned(one, redact, depth - 1));
  if (Array.isArray(value))
    return value.map((item, index) => inner(item, isNameOfCredential(value[index - 1])));
  const members = Object.entries(value).filter(([name]) => !isCredentialName(name));
  const naming = members.filter(namesCredential).map(([name]) => name);
  const isField = naming.some((name) => !SAID.test(name));
  const mayBeValue = (name: string) =>
    naming.length > 0 && (GIVEN.test(name) || (isField && !SAID.test(name) && !naming.includes(name)));
  return Object.fromEntries(members.map(([name, member]) => [redact(name), inner(member, mayBeValue(name))]));
}

/** Members that say what is wrong, and never hold a value of the request. */
const SAID = /^(type|title|status|code|detail|message|msg|reason|error|instance|in|(\w+_)?id)$/i;

/** Members in which a server repeats a value beside the name of its field: `{ "field": "temporary_password", "value": … }`. */
const GIVEN = /val(ue)?$|^(v|input|content|text|given|received|actual|current|got|data)$/i;

/** Whether a member is the name of a credential, or a path with such a name, as it is or within `source` (JSON:API). */
const namesCredential = ([name, member]: [string, unknown]): boolean =>
  [name === "source" && isRecord(member) ? Object.values(member) : member].flat().some(isNameOfCredential);

/** A name, a JSON pointer, a JSONPath, or a label. */
const NAME_OR_PATH = /^[\w.$/#~[\]-]{1,80}$|^(temporary|one[ -]time|initial) password$/i;

const isNameOfCredential = (value: unknown): boolean =>
  typeof value === "string" && NAME_OR_PATH.test(value) && isCredentialName(value);
