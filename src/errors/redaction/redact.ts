import { hideCredentials } from "./credentials.ts";
import { unescaped } from "./escapes.ts";

/** Hides the API key and one-time passwords in text that is going to be shown. */
export type Redact = (said: string) => string;

/** Shorter ones are those of tests, and part of many a word. */
const SHORTEST_KEY = 6;

/** JSON within JSON within a URL within an HTML page is four. */
const MOST_LAYERS = 6;

/** How many keys are remembered; one that a function gave longer ago than that is hardly valid any more. */
const MOST_KEYS = 256;

/**
 * What hides API keys and one-time passwords in whatever a server or another program says, and what adds a key to those that it
 * hides.
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
      // Only text that has something to hide is shown without its escapes.
      if (layer !== next) shown = layer;
    }
    return shown;
  };
  return { redact, addKey };
}

/** The key as it is, as JSON and URLs spell it, and as it looks within base64 of something longer. */
const formsOf = (apiKey: string): string[] => [
  apiKey,
  JSON.stringify(apiKey).slice(1, -1),
  encodeURIComponent(apiKey),
  ...[0, 1, 2].flatMap((offset) => base64At(apiKey, offset)),
];

/** The characters of base64 that depend on the key alone, where it begins `offset` bytes into a group of three. */
function base64At(apiKey: string, offset: number): string[] {
  const whole = btoa("\0".repeat(offset) + apiKey);
  const end = Math.floor(((offset + apiKey.length) * 8) / 6);
  const form = whole.slice(Math.ceil((offset * 8) / 6), end);
  return [form, form.replaceAll("+", "-").replaceAll("/", "_")];
}

const escapeRegExp = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
