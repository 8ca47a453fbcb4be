interface Created {
  createdAtMs: number;
}

const FIRST_MS = Date.UTC(2024, 0, 1);
const MINUTE_MS = 60_000;

/** When the made-up one at this place was created, and the seed that does not say so. */
export const madeUpCreationMs = (index: number): number => FIRST_MS + index * MINUTE_MS;

/** When the next one is created: now, but not before the newest, which as a seed may lie in the future. */
export const nextCreationMs = (byCreation: readonly Created[]): number =>
  Math.max(Date.now(), byCreation.at(-1)?.createdAtMs ?? 0);

export const sortByCreation = <Item extends Created>(items: Item[]): Item[] =>
  items.sort((one, other) => one.createdAtMs - other.createdAtMs);

/** RFC 3339 in UTC, without the fraction where it is zero, as the API's examples have it. */
export const timestamp = (ms: number): string => new Date(ms).toISOString().replace(".000Z", "Z");
