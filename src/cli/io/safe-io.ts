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
  const patterns: RegExp[] = [];
  const hide = (text: string): string =>
    patterns.reduce((shown, pattern) => shown.replace(pattern, HIDDEN), text);
  return {
    ...io,
    hide,
    hideKey(key = "") {
      if (key.length >= SHORTEST_KEY) patterns.push(patternOf(key));
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
