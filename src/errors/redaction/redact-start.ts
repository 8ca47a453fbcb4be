import type { Redact } from "./redact.ts";

/** The longest text that is searched for secrets. */
const LONGEST_SEARCHED = 8_192;

/** The longest part of a secret, in whatever form, that may be at the end of a text that was cut. */
const LONGEST_PART = 2_000;

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
