/** Whether users have to change their code, gain something, or should only know. */
export type Level = "breaking" | "addition" | "note";

/** By how much a version grows. */
export type Step = "none" | "patch" | "minor" | "major";

const STEPS: readonly Step[] = ["none", "patch", "minor", "major"];

const SINCE_1: Readonly<Record<Level, Step>> = { breaking: "major", addition: "minor", note: "patch" };

/**
 * Before 1.0 a minor version may break, and `^0.1.0` stops before it; so an addition is a patch, which those who
 * depend on it get without asking.
 */
const BEFORE_1: Readonly<Record<Level, Step>> = { breaking: "minor", addition: "patch", note: "patch" };

/** The step that a version of the package has to take for some changes. */
export const stepFor = (levels: readonly Level[], version: string): Step =>
  largest(levels.map((level) => (version.startsWith("0.") ? BEFORE_1 : SINCE_1)[level]));

export const largest = (steps: readonly Step[]): Step =>
  steps.reduce((a, b) => (STEPS.indexOf(b) > STEPS.indexOf(a) ? b : a), "none");

export const isAtLeast = (step: Step, least: Step): boolean => STEPS.indexOf(step) >= STEPS.indexOf(least);
