import { HIDDEN, hideCredentials, isCredentialName } from "./credentials.ts";
import { unescaped } from "./escapes.ts";

/** Removes API keys and one-time passwords from text before it is shown. */
export type Redact = (said: string) => string;

/** Replaces a key, or a credential of the caller's headers. */
export const KEY_HIDDEN = "[API key]";

/** Shorter keys are not redacted. Only tests use them, and they occur within ordinary words. */
const SHORTEST_KEY = 6;

/** The most layers of escapes to remove. JSON within JSON within a URL within an HTML page has four. */
const MOST_LAYERS = 6;

/** The longest text that is searched for secrets. */
const LONGEST_SEARCHED = 8_192;

/** The longest part of a secret, in whatever form, that may be at the end of a text that was cut. */
const LONGEST_PART = 2_000;

/** How many keys are remembered. Older keys from a token provider have most likely expired. */
const MOST_KEYS = 256;

/** Removes secrets of a client. */
interface Redactor {
  /** Removes API keys and one-time passwords from text of a server or of other code. */
  readonly redact: Redact;
  /** Removes API keys only, from our own text, which may have cut them. */
  readonly hideKeys: Redact;
  /** Adds a key to remove. */
  addKey(apiKey: string): void;
}

export function redactor(): Redactor {
  const hiders = new Map<string, ReturnType<typeof keyHider>>();
  const addKey = (apiKey: string) => {
    if (hiders.has(apiKey)) return;
    hiders.set(apiKey, keyHider(apiKey));
    const [oldest = ""] = hiders.keys();
    if (hiders.size > MOST_KEYS) hiders.delete(oldest);
  };
  const hideKeys: Redact = (text) => {
    const searched = text.toLowerCase();
    return [...hiders.values()].reduce((shown, hideKey) => hideKey(shown, searched), text);
  };
  const hide: Redact = (text) => hideCredentials(hideKeys(text).replace(USER_INFO, `$1${HIDDEN}@`));
  const redact: Redact = (said) => {
    let shown = hide(said);
    let layer = shown;
    for (let count = 0; count < MOST_LAYERS; count += 1) {
      const next = unescaped(layer);
      if (next === layer) break;
      layer = hide(next);
      // The unescaped text is shown only if a secret was removed from it.
      if (layer !== next) shown = layer;
    }
    const joined = layer.replace(LINE_BREAKS, "");
    const hidden = hideKeys(joined);
    return hidden === joined ? shown : hidden;
  };
  const hideKeysAndParts: Redact = (text) => [...hiders.keys()].reduce(hideKeyPart, hideKeys(text));
  return { redact, hideKeys: hideKeysAndParts, addKey };
}

/** Adds the credentials among a caller's headers to what is removed. */
export function redactHeaders(redact: Redact, headers: Readonly<Record<string, string>>): Redact {
  const secrets = Object.entries(headers).filter(([name]) => isCredentialName(name) || name.includes("key"));
  if (secrets.length === 0) return redact;
  const own = redactor();
  for (const [, value] of secrets) {
    own.addKey(value);
    // Without the scheme, such as Basic.
    own.addKey(value.replace(/^\w+ /, ""));
  }
  return (said) => redact(own.redact(said));
}

/**
 * Returns at most `most` characters of a text without secrets. Redacts before it cuts, since a part of a secret is not
 * recognized. `isCut`: the text itself is only the start of another.
 */
export function redactStart(text: string, most: number, redact: Redact, isCut = false): string {
  const searched = text.slice(0, LONGEST_SEARCHED);
  const shown = redact(searched);
  const isWhole = !isCut && searched.length === text.length;
  return (isWhole ? shown : shown.slice(0, -LONGEST_PART)).slice(0, most);
}

/** The shortest start of a key that is removed before an ellipsis. Within a word, it must be as long as the shortest key. */
const SHORTEST_PART = 3;

/** What the library's messages end a cut value with. */
const ELLIPSIS = /(…|\.\.\.)/;

/** Removes the start of a key where a long value was cut: `ak-1234…`. */
export function hideKeyPart(text: string, apiKey: string): string {
  if (apiKey.length < SHORTEST_KEY || !ELLIPSIS.test(text)) return text;
  const key = JSON.stringify(apiKey).slice(1, -1).toLowerCase();
  const parts = text.split(ELLIPSIS);
  return parts
    .map((part, index) => (index % 2 === 0 && index < parts.length - 1 ? hidePart(part, key) : part))
    .join("");
}

function hidePart(text: string, key: string): string {
  const end = text.slice(-key.length);
  const start = startOfPart(end.toLowerCase(), key);
  return start === undefined ? text : text.slice(0, text.length - end.length + start) + KEY_HIDDEN;
}

/** Where the end of a text is the start of a key. */
function startOfPart(text: string, key: string): number | undefined {
  const first = key.slice(0, SHORTEST_PART);
  for (let at = text.indexOf(first); at >= 0; at = text.indexOf(first, at + 1)) {
    const isWord = at > 0 && /\w/.test(text[at - 1] ?? "");
    if (key.startsWith(text.slice(at)) && (!isWord || text.length - at >= SHORTEST_KEY)) return at;
  }
  return undefined;
}

/** The user name and password of a URL. */
const USER_INFO = /([a-z][a-z\d+.-]{0,20}:\/\/)[^\s/?#]{1,500}@/gi;

/** Base64 and hexadecimal are often broken into lines or groups. */
const LINE_BREAKS = /\s+|\\[rn]/g;

/**
 * Makes a function that removes a secret in every form, by default an API key. It looks for the plain text first, which is much
 * faster than a pattern; `searched` is the text in lower case.
 */
export function keyHider(apiKey: string, hidden = KEY_HIDDEN): (text: string, searched?: string) => string {
  if (apiKey.length < SHORTEST_KEY) return (text) => text;
  const forms = new Set(formsOf(apiKey).map((form) => form.toLowerCase()));
  return (text, searched = text.toLowerCase()) => {
    let shown = text;
    for (const form of forms)
      if (searched.includes(form)) shown = shown.replace(new RegExp(escapeRegExp(form), "gi"), hidden);
    return shown;
  };
}

/** The key itself, as in JSON and in URLs, in hexadecimal, and as within base64 of a longer text. */
function formsOf(apiKey: string): string[] {
  const bytes = [...new TextEncoder().encode(apiKey)];
  return [
    apiKey,
    JSON.stringify(apiKey).slice(1, -1),
    encodeURIComponent(apiKey.toWellFormed()),
    bytes.map((byte) => byte.toString(16).padStart(2, "0")).join(""),
    ...[0, 1, 2].flatMap((offset) => base64At(bytes, offset)),
  ];
}

/** The base64 characters that depend only on the key, if it begins `offset` bytes into a group of three. */
function base64At(key: readonly number[], offset: number): string[] {
  const bytes = [...new Uint8Array(offset), ...key];
  const form = btoa(String.fromCharCode(...bytes)).slice(
    Math.ceil((offset * 8) / 6),
    Math.floor((bytes.length * 8) / 6),
  );
  return [form, form.replaceAll("+", "-").replaceAll("/", "_")];
}

const escapeRegExp = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
