import { changesBetween } from "../../../scripts/spec-diff/changes.ts";
import { type Edit, specWith } from "./edits.ts";

/** A change of the spec, and what is told of it. */
export interface Case {
  readonly what: string;
  readonly edits: readonly Edit[];
  /** Where it is not the spec that is checked in from which the change goes on. */
  readonly from?: readonly Edit[];
  readonly lines: readonly string[];
}

const base = specWith().toJS();

/** Each change as a line that begins with its class. */
export const linesFor = ({ edits, from = [] }: Pick<Case, "edits" | "from">): readonly string[] =>
  changesBetween({
    before: from.length > 0 ? specWith(...from).toJS() : base,
    after: specWith(...from, ...edits).toJS(),
  }).map(({ level, sentence }) => `${level}: ${sentence}`);
