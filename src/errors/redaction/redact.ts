import { hideCredentials } from "./credentials.ts";
import { unescaped } from "./escapes.ts";

/** Removes API keys and one-time passwords from text before it is shown. */
export type Redact = (said: string) => string;

/** Replaces a key. */
export const KEY_HIDDEN = "[API key]";

/** Shorter keys are not redacted. Only tests use them, and they occur within ordinary words. */
const SHORTEST_KEY = 6;

/** The most layers of escapes to remove. JSON within JSON within a URL within an HTML page has four. */
const MOST_LAYERS = 6;

/** How many keys are remembered. Older keys from a token provider have most likely expired. */
const MOST_KEYS = 256;

/**
 * Makes a function that removes API keys and one-time passwords from text of a server or of other code, and a function that adds
 * a key to remove.
 */
export function redactor(): { redact: Redact; addKey: (apiKey: string) => void } {
  const patterns = new Map<string, RegExp>();
  const addKey = (apiKey: string) => {
    const pattern = patterns.has(apiKey) ? undefined : keyPattern(apiKey);
    if (!pattern) return;
    patterns.set(apiKey, pattern);
    const [oldest = ""] = patterns.keys();
    if (patterns.size > MOST_KEYS) patterns.delete(oldest);
  };
  const hide: Redact = (text) => {
    let shown = text;
    for (const pattern of patterns.values()) shown = shown.replace(pattern, KEY_HIDDEN);
    return hideCredentials(shown);
  };
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
    return shown;
  };
  return { redact, addKey };
}

/** Matches a key in every form; undefined if it is too short. */
export const keyPattern = (apiKey: string): RegExp | undefined =>
  apiKey.length < SHORTEST_KEY ? undefined : new RegExp(formsOf(apiKey).map(escapeRegExp).join("|"), "gi");

/** The key itself, as in JSON and in URLs, and as within base64 of a longer text. */
const formsOf = (apiKey: string): string[] => [
  apiKey,
  JSON.stringify(apiKey).slice(1, -1),
  encodeURIComponent(apiKey.toWellFormed()),
  ...[0, 1, 2].flatMap((offset) => base64At(apiKey, offset)),
];

/** The base64 characters that depend only on the key, if it begins `offset` bytes into a group of three. */
function base64At(apiKey: string, offset: number): string[] {
  const bytes = [...new Uint8Array(offset), ...new TextEncoder().encode(apiKey)];
  const whole = btoa(String.fromCharCode(...bytes));
  const end = Math.floor((bytes.length * 8) / 6);
  const form = whole.slice(Math.ceil((offset * 8) / 6), end);
  return [form, form.replaceAll("+", "-").replaceAll("/", "_")];
}

const escapeRegExp = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
