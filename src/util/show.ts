/** Long enough to recognize a string. */
const LONGEST_SHOWN = 60;

/** Characters that are invisible or look like a space: control, format and other ignorable characters, other spaces. */
const INVISIBLE = /(?! )[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]/gu;

/** Control characters, which a terminal obeys, and characters that reorder text. Not line feeds and tabs. */
const CONTROLS = /(?![\n\t])[\p{Cc}\p{Bidi_Control}]/gu;

/** Escapes what a terminal would obey. A server may have sent it. */
export const printable = (text: string): string => text.replace(/\r\n?/g, "\n").replace(CONTROLS, escaped);

/** Formats a value for messages: short, and distinguishable from similar values. */
export function show(value: unknown): string {
  switch (typeof value) {
    case "string":
      return showText(value);
    case "function":
      return "a function";
    case "bigint":
      return `${value}n`;
    case "object":
      if (Array.isArray(value)) return value.length === 0 ? "an empty array" : "an array";
      return value === null ? "null" : "an object";
    default:
      return Object.is(value, -0) ? "-0" : String(value);
  }
}

function showText(text: string): string {
  const start =
    text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN).replace(/[\ud800-\udbff]$/, "")}…` : text;
  return JSON.stringify(start).replace(INVISIBLE, escaped);
}

/** Escapes a character as in a string literal: `\u200b`, `\u{e0001}`. */
export function escaped(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, "0")}`;
}
