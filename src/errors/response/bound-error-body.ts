/** What is kept of an error's body: a bulk call may have as many errors as targets. */
const LONGEST_DOCUMENT = 16 * 1024;
const MOST_MEMBERS = 100;

/** Of a page, more than any message shows. */
const LONGEST_PAGE = 2_000;

/**
 * An error's body, short enough to be kept: of a JSON object the first members that are whole, at most 100 and within
 * 16,384 characters; of anything else the first 2,000 characters.
 */
export function boundErrorBody(text: string, isCut: boolean): string {
  if (/^\s*{/.test(text)) return boundDocument(text, isCut);
  return text.length > LONGEST_PAGE ? copyText(text.slice(0, LONGEST_PAGE)) : text;
}

/** A copy, because V8 keeps the whole text in memory while a slice of it is in use. */
export const copyText = (text: string): string => JSON.parse(JSON.stringify(text));

function boundDocument(text: string, isCut: boolean): string {
  const end = endOfMembers(text, isCut);
  return end === undefined ? text : copyText(`${text.slice(0, end)}}`);
}

/** A string with its escapes, which the end of a cut body may end, or what gives a document its form. */
const TOKEN = /"(?:[^"\\]|\\.?)*(?:"|$)|[[\]{},]/gs;
const STEPS: Readonly<Record<string, number>> = { "{": 1, "[": 1, "}": -1, "]": -1 };

/** Where to cut a document: after its last whole member within the bounds; undefined where it is within them all. */
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
