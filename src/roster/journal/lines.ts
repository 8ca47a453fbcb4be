/** A journal as text: one JSON document per line. */
import { type JournalEntry, JournalError } from "./types.ts";

const FIRST = '{"type":"plan"';
const TYPES: unknown[] = ["plan", "intent", "result"];

export const toLine = (entry: JournalEntry): string => `${JSON.stringify(entry)}\n`;

/** The entries of a text, and their length: a crash may have left half a line after them. */
export function readLines(text: string, source: string): { entries: JournalEntry[]; length: number } {
  const length = text.lastIndexOf("\n") + 1;
  const torn = text.slice(length);
  // Half of a first line belongs to a run that sent nothing. Any other text without such a beginning is a different file.
  const isJournal = length > 0 ? text.startsWith(FIRST) : startsAlike(torn, FIRST);
  if (!isJournal) throw new JournalError(`${source} is not a journal.`);
  const lines = text.slice(0, length).split("\n").slice(0, -1);
  return { entries: lines.map((line, index) => readLine(line, `${source}, line ${index + 1}`)), length };
}

/** Whether a text, or as much of it as there is, starts like this. */
export const startsAlike = (text: string, start: string): boolean =>
  text.length < start.length ? start.startsWith(text) : text.startsWith(start);

function readLine(line: string, place: string): JournalEntry {
  let entry: unknown;
  try {
    entry = JSON.parse(line);
  } catch (cause) {
    throw new JournalError(`${place} is damaged: it is not JSON.`, { cause });
  }
  if (!isEntry(entry)) throw new JournalError(`${place} is damaged: it is not an entry of a journal.`);
  return entry;
}

function isEntry(value: unknown): value is JournalEntry {
  if (typeof value !== "object" || value === null || !("type" in value) || !TYPES.includes(value.type))
    return false;
  return value.type === "plan" ? "plan" in value : "id" in value && typeof value.id === "string";
}
