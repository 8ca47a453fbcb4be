/**
 * Lower-cases A to Z and nothing else. `toLowerCase` would merge names that a server distinguishes: it maps the
 * Kelvin sign (U+212A) to `k`.
 */
export const asciiLower = (text: string): string =>
  /[^ -~]/.test(text) ? text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()) : text.toLowerCase();
