import { type Finding, found, type Place, placeOf } from "./findings.ts";

/** Texts that are equal but for their case and separators: `READ_ONLY` and `read-only`. */
export const fold = (value: string): string => value.toLowerCase().replaceAll("-", "_");

const inUpperCase = (value: string): string => value.toUpperCase().replaceAll("-", "_");

/** The package converts between the spec's spelling and SCREAMING_SNAKE_CASE, and between no others. */
const isRespelled = (a: string, b: string): boolean => inUpperCase(a) === b || inUpperCase(b) === a;

type Values = readonly string[] | undefined;

/** Compares the enum values of two schemas; `undefined` is any value. */
export function compareValues(place: Place, before: Values, after: Values): readonly Finding[] {
  if (!before && !after) return [];
  if (!before) return [found("enum-closed", place, "", list(after))];
  if (!after) return [found("enum-opened", place, list(before))];
  const removed = before.filter((old) => !after.includes(old));
  const added = after.filter((fresh) => !before.includes(fresh));
  const respelled = removed.flatMap((old) =>
    added.filter((fresh) => isRespelled(old, fresh)).map((fresh) => [old, fresh] as const),
  );
  const isOther = (value: string) => !respelled.flat().includes(value);
  const [old, fresh] = [list(removed.filter(isOther)), list(added.filter(isOther))];
  const everywhere = placeOf(place.operation, "operation");
  return [
    ...respelled.map((pair) => found("respelled", everywhere, ...pair)),
    ...(old && fresh ? [found("enum-replaced", place, old, fresh)] : []),
    ...(old && !fresh ? [found("enum-removed", place, old)] : []),
    ...(fresh && !old ? [found("enum-added", place, "", fresh)] : []),
  ];
}

const list = (values: readonly string[] = []): string => [...values].sort().join(", ");
