/**
 * The dialect of the API that a run is held against: `vitest.config.ts` has the tests of the facade run for each of them.
 *
 * Tests are written in the alpha's spelling of enum values. The servers of the helpers answer in the dialect's and refuse
 * the other one, as the API does; what they received is shown in the alpha's, without what they refused for that.
 */
import type { SandboxOptions } from "ax-users/testing";

type Spell = (value: string) => string;

const lower: Spell = (value) => (value === "READ_ONLY" ? "read-only" : value.toLowerCase());
const upper: Spell = (value) => value.toUpperCase().replaceAll("-", "_");

export const DIALECT: NonNullable<SandboxOptions["dialect"]> =
  process.env["AX_TEST_DIALECT"] === "current" ? "current" : "alpha";

/** The `enumCase` of a client that is told of the dialect, where finding it out is beside the point. */
export const WIRE_CASE = DIALECT === "alpha" ? "lower" : "upper";

const spell = DIALECT === "alpha" ? lower : upper;

/** The body of an answer. What is not in lower case stays as the test has it. */
export const writeBody = (body: unknown): string =>
  JSON.stringify(
    body,
    eachEnum((value) => (value === value.toLowerCase() ? spell(value) : value)),
  );

/** Query and parsed body of a request, in the alpha's spelling; undefined where theirs is not the dialect's. */
export function readRequest(
  query: URLSearchParams,
  body: unknown,
): { query: URLSearchParams; body?: unknown } | undefined {
  let isOfEra = true;
  const read: Spell = (value) => {
    isOfEra &&= value === spell(value);
    return lower(value);
  };
  const asked = [...query].map(([name, value]) => [name, name === "status" ? read(value) : value]);
  const sent = body === undefined ? {} : { body: JSON.parse(JSON.stringify(body), eachEnum(read)) };
  return isOfEra ? { query: new URLSearchParams(asked), ...sent } : undefined;
}

/** Replaces the enum values of a body, for `JSON.stringify` and `JSON.parse`. A custom role's name is free text. */
const eachEnum = (spell: Spell) => (key: string, value: unknown) => {
  if (typeof value === "string") return ["status", "invite_mode"].includes(key) ? spell(value) : value;
  if (key !== "role" || typeof value !== "object" || value === null) return value;
  const spelled = Object.entries(value).map(([name, field]) => {
    const isEnum = name === "type" || (name === "name" && !("id" in value));
    return [name, isEnum && typeof field === "string" ? spell(field) : field];
  });
  return Object.fromEntries(spelled);
};
