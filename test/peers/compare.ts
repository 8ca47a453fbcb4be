/** Compares what a peer saw with what ours saw. */
import { isDeepStrictEqual } from "node:util";
import type { Difference } from "./differences.ts";
import type { Outcome, Outcomes } from "./outcomes.ts";

/** What is not as expected, a text for each step. Ours has no outcome where the peer lacks a param. */
export function findSurprises(theirs: Outcomes, ours: Outcomes, expected: readonly Difference[]): string[] {
  const unknown = expected.flatMap(({ steps }) => steps.filter((title) => !theirs.has(title)));
  const surprises = [...theirs].flatMap(([title, their]) => {
    const our = ours.get(title);
    const difference = expected.find(({ steps }) => steps.includes(title));
    if (isSame(their, difference ? difference.theirs(our) : our)) return [];
    const what = difference ? `is not different in that ${difference.reason}` : "is different";
    return [`${title}: ${what}\n  theirs ${JSON.stringify(their)}\n  ours   ${JSON.stringify(our)}`];
  });
  return [...unknown.map((title) => `${title}: is no step`), ...surprises];
}

/** Both gave the same, or were refused with the same status, and theirs with the detail that ours has. */
function isSame(their: Outcome, our: Outcome | undefined): boolean {
  if (!our || !("refused" in their && "refused" in our)) return isDeepStrictEqual(their, our);
  const { status, detail = "" } = our.refused;
  return their.refused.status === status && their.refused.message.includes(detail);
}

/** The first place in which two states are different. */
export function findDifference(theirs: unknown, ours: unknown, path = "state"): string | undefined {
  if (isDeepStrictEqual(theirs, ours)) return undefined;
  if (!isObject(theirs) || !isObject(ours))
    return `${path} is ${JSON.stringify(theirs)}, and ${JSON.stringify(ours)} with ours`;
  const names = new Set([...Object.keys(theirs), ...Object.keys(ours)]);
  for (const name of names) {
    const found = findDifference(theirs[name], ours[name], `${path}.${name}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;
