/** Decodes bytes: UTF-8, or UTF-16, which Excel calls "Unicode text". */
import type { Problems } from "./problems.ts";

/** @throws {ValidationError} if the bytes are in neither encoding. */
export function decode(data: string | Uint8Array, problems: Problems): string {
  if (typeof data === "string") return data.replace(/^\ufeff/, "");
  const encoding = encodingOf(data);
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(data);
  } catch {
    return problems.fail("", `is not valid ${encoding.toUpperCase()} text: save it as UTF-8`);
  }
}

/**
 * Detects the encoding by the byte order mark. Without one, UTF-16 that begins with an ASCII letter has a zero byte next to
 * it.
 */
function encodingOf([first, second]: Uint8Array): "utf-8" | "utf-16le" | "utf-16be" {
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return "utf-16le";
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0)) return "utf-16be";
  return "utf-8";
}
