interface Created {
  createdAtMs: number;
}

const FIRST_MS = Date.UTC(2024, 0, 1);
const MINUTE_MS = 60_000;

/** The creation time of the generated entry at this index, or of a seed without one. */
export const madeUpCreationMs = (index: number): number => FIRST_MS + index * MINUTE_MS;

/** The creation time of the next entry: now, but not before the newest, which may be a seed in the future. */
export const nextCreationMs = (byCreation: readonly Created[]): number =>
  Math.max(Date.now(), byCreation.at(-1)?.createdAtMs ?? 0);

export const sortByCreation = <Item extends Created>(items: Item[]): Item[] =>
  items.sort((one, other) => one.createdAtMs - other.createdAtMs);

/** RFC 3339 in UTC, without a zero fraction, as in the API's examples. */
export const timestamp = (ms: number): string => new Date(ms).toISOString().replace(".000Z", "Z");
