const NAMED: Readonly<Record<string, string>> = { quot: '"', apos: "'", amp: "&", lt: "<", gt: ">" };

/** JSON's and JavaScript's escapes, percent-encoding, and HTML's character references. */
const ESCAPE =
  /\\u([0-9a-f]{4})|\\x([0-9a-f]{2})|%([0-9a-f]{2})|&#x([0-9a-f]{1,6});|&#(\d{1,7});|&(quot|apos|amp|lt|gt);|\\(["'\\/])/gi;

/** Text without one layer of escapes. Text that has none is returned as it is. */
export function unescaped(text: string): string {
  if (!/[\\%&]/.test(text)) return text;
  return text.replace(ESCAPE, (escaped: string, ...groups: (string | undefined)[]) => {
    const [u, x, percent, hex, decimal, named, plain] = groups;
    if (plain !== undefined) return plain;
    if (named !== undefined) return NAMED[named.toLowerCase()] ?? escaped;
    const digits = u ?? x ?? percent ?? hex;
    const code = digits === undefined ? Number(decimal) : Number.parseInt(digits, 16);
    return code <= 0x10_ff_ff ? String.fromCodePoint(code) : escaped;
  });
}
