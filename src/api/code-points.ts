/** Length checks of JSON Schema, which counts code points (JSON Schema Validation, 6.3); valibot counts UTF-16 units. */
import { check } from "valibot";
import { show } from "../util/show.ts";

const codePointsOf = (value: string): number => [...value].length;

/** A length for messages, which show it instead of a text that is too long or too short. */
export function characters(value: string): string {
  const count = codePointsOf(value);
  return count === 1 ? "1 character" : `${count} characters`;
}

interface Checked {
  readonly input: string;
}

/* @__NO_SIDE_EFFECTS__ */
export const minCodePoints = (least: number) =>
  check<string, (issue: Checked) => string>(
    (value) => codePointsOf(value) >= least,
    ({ input }) =>
      least === 1
        ? `must not be empty, received ${show(input)}`
        : `must have at least ${least} characters, received ${characters(input)}`,
  );

/* @__NO_SIDE_EFFECTS__ */
export const maxCodePoints = (most: number) =>
  check<string, (issue: Checked) => string>(
    (value) => codePointsOf(value) <= most,
    ({ input }) => `must have at most ${most} characters, received ${characters(input)}`,
  );
