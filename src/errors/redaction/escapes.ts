const NAMED: Readonly<Record<string, string>> = { quot: '"', apos: "'", amp: "&", lt: "<", gt: ">" };

/** JSON's and JavaScript's escapes, octal ones, percent-encoding, and HTML's character references. */
const ESCAPE =
  /\\u([0-9a-f]{4})|\\([0-3][0-7]{2})|(?:\\x|%)([0-9a-f]{2})|&#x([0-9a-f]{1,6});|&#(\d{1,7});|&(quot|apos|amp|lt|gt);|\\(["'\\/])/gi;

/** Removes one layer of escapes. */
export const unescaped = (text: string): string =>
  text.replace(
    ESCAPE,
    (escaped, u = "", octal = "", x = "", hex = "", decimal = "", named = "", plain = "") => {
      const digits = u + x + hex;
      if (octal) return String.fromCharCode(Number.parseInt(octal, 8));
      const code = digits ? Number.parseInt(digits, 16) : Number(decimal);
      if (plain || named) return plain || NAMED[named.toLowerCase()];
      return code <= 0x10_ff_ff ? String.fromCodePoint(code) : escaped;
    },
  );
