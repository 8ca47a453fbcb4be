/** What became of the calls, in a form that can be compared. */
import { comparable } from "../vendor/compare.ts";
import type { Step } from "./steps.ts";

/** What became of a call. */
export type Outcome = { gave: unknown } | { refused: Refusal } | { lacks: string };

interface Refusal {
  /** That of the response; `invalid` where none was asked for. */
  status: unknown;
  message: string;
  /** The server's, of ours only. */
  detail?: string;
}

/** By the title of the step. */
export type Outcomes = ReadonlyMap<string, Outcome>;

/** What a driver printed: a line of JSON for each step. */
export function readOutcomes(printed: string, steps: readonly Step[]): Outcomes {
  const lines = printed.trim().split("\n");
  const outcomes = new Map(lines.map((line) => readOutcome(JSON.parse(line))));
  const missing = steps.filter(({ title }) => !outcomes.has(title));
  if (missing.length > 0) throw new Error(`Nothing was printed for: ${missing[0]?.title}`);
  return outcomes;
}

function readOutcome({ step, ...outcome }: { step: string } & Outcome): [string, Outcome] {
  return [step, "refused" in outcome || "lacks" in outcome ? outcome : { gave: sameForm(outcome.gave) }];
}

/** With dates in one form, and the rows of a bulk call in one order. */
function sameForm(gave: unknown): unknown {
  if (Array.isArray(gave)) return gave.map(row).sort();
  return comparable(
    JSON.parse(JSON.stringify(gave ?? null), (key, value) => (key === "createdAt" ? sameDate(value) : value)),
  );
}

/** The form of ours; what is newer than the seeds is "now" already where `comparable` came by. */
const sameDate = (date: string): string => (date === "now" ? date : new Date(date).toISOString());

/** What the error says is free. */
const row = ({ userId = "", email = "", status }: Row): string => `${status} ${userId} ${email}`;

interface Row {
  userId?: string;
  email?: string;
  status: string;
}
