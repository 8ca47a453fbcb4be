import { characters } from "../vocabulary.ts";
import { badRequest } from "./problems.ts";

/** Reads a parameter that may occur only once. */
export function readSingle(query: URLSearchParams, name: string): string | undefined {
  const values = query.getAll(name);
  if (values.length > 1) throw badRequest(`The parameter '${name}' must be given once.`);
  return values[0];
}

/** Reads a substring filter, in lower case. Returns an empty string if there is none. */
export function readPart(query: URLSearchParams, name: string): string {
  const part = readSingle(query, name) ?? "";
  if (characters(part) > 255) throw badRequest(`The ${name} filter must have at most 255 characters.`);
  return part.toLowerCase();
}
