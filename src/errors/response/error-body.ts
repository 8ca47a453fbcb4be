import { unlessThrows } from "../../util/call-safely.ts";
import { isRecord, membersOf } from "../../util/members.ts";
import { HIDDEN, isCredentialName } from "../redaction/credentials.ts";
import { keyHider, type Redact } from "../redaction/redact.ts";
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

/** Copies a body without credentials, wherever it repeats them. */
function withoutCredentials(body: unknown, redact: Redact): unknown {
  const found: string[] = [];
  const onHidden: Cleaning["onHidden"] = (name, value) => found.push(...secretsIn(name, value));
  const shown = cleaned(body, { redact, onHidden }, DEEPEST);
  if (found.length === 0) return shown;
  // A longer one may begin with a shorter one.
  const hiders = found
    .sort((one, other) => other.length - one.length)
    .map((secret) => keyHider(secret, HIDDEN));
  const hide: Redact = (said) => redact(hiders.reduce((shown, hideSecret) => hideSecret(shown), said));
  return cleaned(body, { redact: hide }, DEEPEST);
}

/**
 * The texts in the value of a credential, or in the members of its value that have such a name. Several words, or a word such as
 * `required`, say something about it.
 */
function secretsIn(name: string, value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => secretsIn(name, item));
  if (isRecord(value)) {
    const members = Object.entries(value).filter(([inner]) => GIVEN.test(inner) || isCredentialName(inner));
    return members.flatMap(([inner, member]) => secretsIn(`${name}.${inner}`, member));
  }
  const isText = typeof value === "string" || (typeof value === "number" && NUMERIC.test(name));
  const text = isText ? String(value).trim() : "";
  return /^\S+$/.test(text) && !/^[a-z_]+$/i.test(text) ? [text] : [];
}

/** Names of credentials that may be numbers, unlike a `token_limit`. */
const NUMERIC = /pass|pwd|otp/i;

interface Cleaning {
  readonly redact: Redact;
  /** Called with each value that is hidden because of its name, or of the name of a credential beside it. */
  onHidden?(name: string, value: unknown): void;
}

/** Copies a JSON value without credentials. */
function cleaned(value: unknown, cleaning: Cleaning, depth: number): unknown {
  const { redact, onHidden } = cleaning;
  if (typeof value === "string") return redact(value);
  if (typeof value !== "object" || value === null) return value;
  if (depth === 0) return "…";
  const inner = (one: unknown, isHidden: boolean) => {
    if (!isHidden) return cleaned(one, cleaning, depth - 1);
    // Beside the name of a credential, only a text is its value, and not all that a request had.
    if (typeof one === "string" || typeof one === "number") onHidden?.("password", one);
    return HIDDEN;
  };
  if (Array.isArray(value))
    return value.map((item, index) => inner(item, isNameOfCredential(value[index - 1])));
  const members = Object.entries(value).filter(([name, member]) => {
    const isHidden = isCredentialName(name);
    if (isHidden) onHidden?.(name, member);
    return !isHidden;
  });
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
