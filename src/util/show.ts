/** Enough of a string to recognise it by. */
const LONGEST_SHOWN = 60;

/** What a reader cannot see or tell from a space: control, format and other ignorable characters, odd spaces. */
const INVISIBLE = /(?! )[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]/gu;

/** A value as a message shows it: short, and distinct from values that look like it. */
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

/** As a string literal has it: `\u200b`, `\u{e0001}`. */
export function escaped(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, "0")}`;
}
