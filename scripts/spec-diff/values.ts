import { type Finding, found, type Place, placeOf } from "./findings.ts";

/** `READ_ONLY` and `read-only` are one value, and so they are to the package. */
export const fold = (value: string): string => value.toLowerCase().replaceAll("-", "_");

const inUpperCase = (value: string): string => value.toUpperCase().replaceAll("-", "_");

/** The package speaks the spec's spelling and this other one of it; `read_only` for `read-only` is another value. */
const isRespelled = (a: string, b: string): boolean => inUpperCase(a) === b || inUpperCase(b) === a;

type Values = readonly string[] | undefined;

/** What is different between the values that a field may have; `undefined` is any. */
export function compareValues(place: Place, before: Values, after: Values): readonly Finding[] {
  if (!before && !after) return [];
  if (!before) return [found("enum-closed", place, "", list(after))];
  if (!after) return [found("enum-opened", place, list(before))];
  const gone = before.filter((old) => !after.includes(old));
  const come = after.filter((fresh) => !before.includes(fresh));
  const respelled = gone.flatMap((old) =>
    come.filter((fresh) => isRespelled(old, fresh)).map((fresh) => [old, fresh] as const),
  );
  const isLeft = (value: string) => !respelled.flat().includes(value);
  // It is one change, wherever it is.
  const everywhere = placeOf(place.operation, "operation");
  return [
    ...respelled.map(([old, fresh]) => found("enum-respelled", everywhere, old, fresh)),
    ...changed(place, gone.filter(isLeft), come.filter(isLeft)),
  ];
}

function changed(place: Place, gone: readonly string[], come: readonly string[]): readonly Finding[] {
  if (gone.length > 0 && come.length > 0) return [found("enum-replaced", place, list(gone), list(come))];
  if (gone.length > 0) return [found("enum-removed", place, list(gone))];
  return come.length > 0 ? [found("enum-added", place, "", list(come))] : [];
}

const list = (values: readonly string[] = []): string => [...values].sort().join(", ");
