import { type Redact, redactStart } from "../redaction/redact.ts";

/** Limits of the JSON object that is kept of an error's body. A bulk call may have one error for each target. */
const LONGEST_DOCUMENT = 16 * 1024;
const MOST_MEMBERS = 100;

/** The limit for any other body; more than any message shows. */
const LONGEST_PAGE = 2_000;

/**
 * Shortens the body of an error to be kept: a JSON object to its first complete members, at most 100 and within
 * 16,384 characters; any other text to its first 2,000 characters, without secrets.
 */
export function boundErrorBody(text: string, isCut: boolean, redact: Redact): string {
  if (/^\s*{/.test(text)) return boundDocument(text, isCut);
  if (!isCut && text.length <= LONGEST_PAGE) return text;
  return copyText(redactStart(text.trimStart(), LONGEST_PAGE, redact, isCut));
}

/** Copies a text. V8 keeps a whole text in memory as long as a slice of it is in use. */
export const copyText = (text: string): string => JSON.parse(JSON.stringify(text));

function boundDocument(text: string, isCut: boolean): string {
  const end = endOfMembers(text, isCut);
  return end === undefined ? text : copyText(`${text.slice(0, end)}}`);
}

/** A string with its escapes (the end of a truncated body may end it), or a structural character. */
const TOKEN = /"(?:[^"\\]|\\.?)*(?:"|$)|[[\]{},]/gs;
const STEPS: Readonly<Record<string, number>> = { "{": 1, "[": 1, "}": -1, "]": -1 };

/** Returns where to cut a document: after its last complete member within the limits. Undefined if all of it is within them. */
function endOfMembers(text: string, isCut: boolean): number | undefined {
  let depth = 0;
  let members = 0;
  let end = text.indexOf("{") + 1;
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    if (index + token.length > LONGEST_DOCUMENT) return end;
    depth += STEPS[token] ?? 0;
    if (token !== "," || depth !== 1) continue;
    members += 1;
    end = index;
    if (members === MOST_MEMBERS) return end;
  }
  return isCut || text.length > LONGEST_DOCUMENT ? end : undefined;
}
