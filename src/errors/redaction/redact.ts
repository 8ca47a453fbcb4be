import { hideCredentials } from "./credentials.ts";
import { unescaped } from "./escapes.ts";

/** Removes API keys and one-time passwords from text before it is shown. */
export type Redact = (said: string) => string;

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
    if (apiKey.length < SHORTEST_KEY || patterns.has(apiKey)) return;
    patterns.set(apiKey, new RegExp(formsOf(apiKey).map(escapeRegExp).join("|"), "gi"));
    const [oldest = ""] = patterns.keys();
    if (patterns.size > MOST_KEYS) patterns.delete(oldest);
  };
  const hide: Redact = (text) => {
    let shown = text;
    for (const pattern of patterns.values()) shown = shown.replace(pattern, "[API key]");
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

/** The key itself, as in JSON and in URLs, and as within base64 of a longer text. */
const formsOf = (apiKey: string): string[] => [
  apiKey,
  JSON.stringify(apiKey).slice(1, -1),
  encodeURIComponent(apiKey),
  ...[0, 1, 2].flatMap((offset) => base64At(apiKey, offset)),
];

/** The base64 characters that depend only on the key, if it begins `offset` bytes into a group of three. */
function base64At(apiKey: string, offset: number): string[] {
  const whole = btoa("\0".repeat(offset) + apiKey);
  const end = Math.floor(((offset + apiKey.length) * 8) / 6);
  const form = whole.slice(Math.ceil((offset * 8) / 6), end);
  return [form, form.replaceAll("+", "-").replaceAll("/", "_")];
}

const escapeRegExp = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
