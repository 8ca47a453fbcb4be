import { styleText } from "node:util";

export type Format = Parameters<typeof styleText>[0];

export type Paint = (format: Format, text: string) => string;

/** Colours text if the stream is a terminal with colours, or if the environment requires it. */
export function painter(env: Readonly<Record<string, string | undefined>>, isTerminal: boolean): Paint {
  return hasColour(env, isTerminal)
    ? (format, text) => styleText(format, text, { validateStream: false })
    : (_, text) => text;
}

function hasColour(env: Readonly<Record<string, string | undefined>>, isTerminal: boolean): boolean {
  if (env["NO_COLOR"]) return false;
  const forced = env["FORCE_COLOR"];
  if (forced !== undefined && forced !== "") return forced !== "0" && forced !== "false";
  return isTerminal && env["TERM"] !== "dumb";
}

/** Escapes the same characters as `printable`, but keeps the lines of a text. */
export const printableLines = (text: string): string => text.split("\n").map(printable).join("\n");

/** Escapes control characters, which a terminal would obey, and characters that hide or reorder text. */
export const printable = (text: string): string =>
  text.replace(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu, (character) => {
    const code = (character.codePointAt(0) ?? 0).toString(16);
    return `\\u${code.padStart(4, "0")}`;
  });
