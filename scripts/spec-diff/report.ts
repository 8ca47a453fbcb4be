import type { Level, Step } from "../changesets/step.ts";
import { type Change, LEVELS } from "./changes.ts";

const TITLES: Readonly<Record<Level, string>> = {
  breaking: "Breaking",
  addition: "Additions",
  note: "Notes",
};

/** The changes as Markdown, for a pull request. */
export function toMarkdown(changes: readonly Change[], step: Step): string {
  const lines = LEVELS.flatMap((level) => {
    const sentences = changes
      .filter((change) => change.level === level)
      .map(({ sentence }) => `- ${sentence}`);
    return sentences.length > 0 ? [`### ${TITLES[level]}`, "", ...sentences, ""] : [];
  });
  const head =
    changes.length > 0 ? `Proposed version step: **${step}**` : "Nothing changes for users of the package.";
  return ["## What the new spec changes for users", "", head, "", ...lines].join("\n");
}
