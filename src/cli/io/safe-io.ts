import type { Io } from "./io.ts";

/** Output that does not show the API key, also where it was passed by mistake as an argument. */
export interface SafeIo extends Io {
  /** Hides this key in everything that is written from now on. */
  hideKey(key: string | undefined): void;
  /** Returns a text without keys. Use it before a text is cut: a part of a key is not recognized. */
  hide(text: string): string;
}

const HIDDEN = "[API key]";

/** Shorter keys are not hidden. Only tests use them, and they occur within ordinary words. */
const SHORTEST_KEY = 6;

export function safeIo(io: Io): SafeIo {
  const keys: string[] = [];
  const hide = (text: string): string =>
    keys.reduce((shown, key) => withoutPart(shown.replace(patternOf(key), HIDDEN), key.toLowerCase()), text);
  return {
    ...io,
    hide,
    hideKey(key = "") {
      if (key.length >= SHORTEST_KEY) keys.push(key);
    },
    write: (text) => io.write(hide(text)),
    warn: (text) => io.warn(hide(text)),
  };
}

/** A key as it is, in JSON and in a URL. Roles are printed in lower case. */
function patternOf(key: string): RegExp {
  const forms = new Set([key, JSON.stringify(key).slice(1, -1), encoded(key)]);
  const patterns = [...forms].map((form) => form.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&"));
  return new RegExp(patterns.join("|"), "gi");
}

function encoded(key: string): string {
  try {
    return encodeURIComponent(key);
  } catch {
    // Not well-formed: it cannot be in a URL.
    return key;
  }
}

/** Messages of the library cut long values. Removes the start of a key, of at least six characters, before an ellipsis. */
function withoutPart(text: string, key: string): string {
  const parts = text.split(/(…|\.\.\.)/);
  return parts
    .map((part, index) => {
      const end = part.slice(-key.length).toLowerCase();
      const at = end.indexOf(key.slice(0, SHORTEST_KEY));
      const isCut = index % 2 === 0 && index < parts.length - 1 && at >= 0 && key.startsWith(end.slice(at));
      return isCut ? part.slice(0, part.length - end.length + at) + HIDDEN : part;
    })
    .join("");
}
