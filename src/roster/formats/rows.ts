/** Reads rows that are objects: from documents and arrays. */
import { isPlain, isRecord, type Members, membersOf } from "../../util/members.ts";
import { isBlank } from "./fields.ts";
import { type Problems, shown } from "./problems.ts";
import { COLUMNS, type RawRow, type RawRows } from "./types.ts";

const KNOWN: readonly string[] = [...COLUMNS, "organizations"];

/** @throws {ValidationError} if it is not a list of rows. */
export function readList(list: unknown, problems: Problems): RawRows {
  if (!Array.isArray(list)) return problems.fail("", `must be a list of rows, received ${shown(list)}`);
  const rows: RawRow[] = [];
  for (const [index, item] of list.entries()) {
    const row = toRow(item, `row ${index + 1}`, problems);
    if (row) rows.push(row);
  }
  problems.throwIfAny();
  return { rows, blankRows: list.length - rows.length };
}

/** Undefined if it is not an object, or is one of a class without any column, such as a Map. */
function membersOfRow(item: unknown): Members | undefined {
  if (!isRecord(item)) return undefined;
  const members = membersOf(item);
  if (isPlain(item)) return members;
  const isColumn = (name: string) => KNOWN.includes(columnOf(name));
  // Other getters of a class are no columns.
  const own = Object.entries(members).filter(([name]) => isColumn(name) || Object.hasOwn(item, name));
  return own.some(([name]) => isColumn(name)) ? Object.fromEntries(own) : undefined;
}

const columnOf = (name: string): string => name.trim().toLowerCase();

/** Undefined if the row is blank, or is not an object. Then `problems` has the reason. */
export function toRow(item: unknown, at: string, problems: Problems): RawRow | undefined {
  if (item === null || item === undefined) return undefined;
  const members = membersOfRow(item);
  if (!members) {
    problems.add(at, `must be an object, received ${shown(item)}`);
    return undefined;
  }
  const values = new Map<string, unknown>();
  for (const [name, value] of Object.entries(members)) {
    const column = columnOf(name);
    if (!KNOWN.includes(column))
      problems.add(at, `has an unknown column ${shown(name)}; expected ${KNOWN.join(", ")}`);
    else if (values.has(column)) problems.add(at, `has the column ${shown(column)} twice`);
    else values.set(column, value);
  }
  const hasContent = [...values.values()].some((value) => !isBlank(value));
  return hasContent ? { at, values } : undefined;
}
