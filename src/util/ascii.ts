/**
 * Lower-cases A to Z and nothing else. `toLowerCase` would make two names one that a server holds apart: it maps the
 * Kelvin sign (U+212A) to `k`.
 */
export const asciiLower = (text: string): string =>
  text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
