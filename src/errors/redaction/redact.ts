import { hideCredentials } from "./credentials.ts";
import { unescaped } from "./escapes.ts";

/** Hides the API key and one-time passwords in text that is going to be shown. */
export type Redact = (said: string) => string;

/** Shorter ones are those of tests, and part of many a word. */
const SHORTEST_KEY = 6;

/** JSON within JSON within a URL within an HTML page is four. */
const MOST_LAYERS = 6;

/** What hides an API key and one-time passwords in whatever a server or another program says. */
export function redactor(apiKey: string): Redact {
  const forms = apiKey.length < SHORTEST_KEY ? [] : formsOf(apiKey);
  const pattern = new RegExp(forms.map(escapeRegExp).join("|") || "(?!)", "gi");
  const hide: Redact = (text) => hideCredentials(text.replace(pattern, "[API key]"));
  return (said) => {
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
