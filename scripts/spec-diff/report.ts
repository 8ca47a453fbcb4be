import type { Change } from "./changes.ts";
import type { Level } from "./rules.ts";
import type { Step } from "./step.ts";

const TITLES: Readonly<Record<Level, string>> = {
  breaking: "Breaking",
  addition: "Additions",
  note: "Notes",
};
const LEVELS = ["breaking", "addition", "note"] as const;

/** The changes as the text of a pull request, in Markdown. */
export function toMarkdown(changes: readonly Change[], step: Step): string {
  const lines = LEVELS.flatMap((level) => {
    const sentences = changes
      .filter((change) => change.level === level)
      .map(({ sentence }) => `- ${sentence}`);
    return sentences.length > 0 ? [`### ${TITLES[level]}`, "", ...sentences, ""] : [];
  });
  const head =
    changes.length > 0
      ? `Proposed version step: **${step}**`
      : "Nothing is different for users of the package.";
  return ["## What the new spec changes for users", "", head, "", ...lines].join("\n");
}
