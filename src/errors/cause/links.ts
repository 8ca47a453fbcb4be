import { fieldOf } from "../field-of.ts";

const MOST_LINKS = 20;

/**
 * An error and its causes, outermost first, the members of an AggregateError after it. Read by shape: an error of another
 * realm is no `instanceof Error`.
 */
export function linksOf(error: unknown): object[] {
  const links: object[] = [];
  const open: unknown[] = [error];
  while (open.length > 0 && links.length < MOST_LINKS) {
    const link = open.shift();
    if (typeof link !== "object" || link === null || links.includes(link)) continue;
    links.push(link);
    const errors = fieldOf(link, "errors");
    if (Array.isArray(errors)) open.push(...errors.slice(0, MOST_LINKS));
    open.push(fieldOf(link, "cause"));
  }
  return links;
}
