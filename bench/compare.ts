/** Figures beside those of a baseline: of all of them, less is better. */
import type { Result } from "./results.ts";
import { medianOf, timesOf } from "./results.ts";

/** By subject and name. */
export type Figures = Record<string, number>;

export type Verdict = "same" | "better" | "worse" | "new" | "missing";

export interface Comparison {
  readonly name: string;
  readonly verdict: Verdict;
  readonly before: number | undefined;
  readonly now: number | undefined;
}

/** What is the same on any machine, and so can be held against a baseline. */
export function stableFigures(results: readonly Result[]): Figures {
  const figures = results.flatMap((result) => {
    const { subject, name, guard, values } = result;
    if (!guard) return [];
    const figure = guard === "ours" ? medianOf(values.ours ?? []) : timesOf(result, "ours", "fetch");
    if (figure === undefined || !Number.isFinite(figure))
      throw new Error(`${subject}: ${name} was not measured.`);
    return [[`${subject}: ${name}${guard === "ours" ? "" : ", times bare fetch"}`, figure] as const];
  });
  return Object.fromEntries(figures);
}

export function compare(baseline: Figures, figures: Figures, tolerance: number): Comparison[] {
  const names = new Set([...Object.keys(baseline), ...Object.keys(figures)]);
  return [...names].map((name) => {
    const [before, now] = [baseline[name], figures[name]];
    return { name, before, now, verdict: verdictOn(before, now, tolerance) };
  });
}

function verdictOn(before: number | undefined, now: number | undefined, tolerance: number): Verdict {
  if (before === undefined) return "new";
  if (now === undefined) return "missing";
  if (now > before * (1 + tolerance)) return "worse";
  return now < before * (1 - tolerance) ? "better" : "same";
}

/** What must not be: a regression, or a figure that only one of the two has. */
export const isFailure = ({ verdict }: Comparison): boolean =>
  verdict === "worse" || verdict === "new" || verdict === "missing";
