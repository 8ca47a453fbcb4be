/**
 * `npm run test:peers`: an official SDK makes the calls of the steps against the sandbox, ours makes them against
 * another, and what they saw and left is compared. `--only python` takes SDKs whose name has it; `--all` fails where one
 * cannot run.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { findDifference, findSurprises } from "./compare.ts";
import { type Difference, differences } from "./differences.ts";
import { makeCalls } from "./make.ts";
import { ORGANIZATION_STEPS } from "./organization-steps.ts";
import type { Outcomes } from "./outcomes.ts";
import { type Driver, NotHere, type Peer, peers, typescript } from "./peers.ts";
import { USER_STEPS } from "./user-steps.ts";

const { values } = parseArgs({
  options: { only: { type: "string", multiple: true }, all: { type: "boolean", default: false } },
});

// Members first, since users are removed in the end.
const STEPS = [...ORGANIZATION_STEPS, ...USER_STEPS];

const page = readFileSync(fileURLToPath(new URL("../../docs/coming-from.md", import.meta.url)), "utf8");

const chosen = peers.filter(({ id }) => values.only?.some((part) => id.includes(part)) ?? true);
if (chosen.length === 0) throw new Error(`--only names none of: ${peers.map(({ id }) => id).join(", ")}`);
for (const peer of chosen) if (!(await isPassed(peer))) process.exitCode = 1;

async function isPassed(peer: Peer): Promise<boolean> {
  const title = `${peer.name} ${peer.version}`;
  try {
    const driver = await peer.prepare();
    const expected = differences.filter((difference) => difference.peers.includes(peer.id));
    const { counts, failures } = await compare(peer, driver, expected);
    const row = `| ${peer.name} | ${peer.version} | ${Object.values(counts).join(" | ")} |`;
    const unsaid = [row, ...expected.map(({ line }) => line)].filter((line) => !page.includes(line));
    failures.push(...unsaid.map((line) => `docs/coming-from.md does not have: ${line}`));
    const { methods, calls, different } = counts;
    const result = `${methods} methods, ${calls} calls, ${different} different as expected`;
    console.log(
      failures.length === 0 ? `${title} passed: ${result}` : [`${title} FAILED`, ...failures].join("\n"),
    );
    return failures.length === 0;
  } catch (error) {
    if (!(error instanceof NotHere)) throw error;
    console.log(`${title} NOT RUN: this machine does not have what that takes.\n${error.message.trimEnd()}`);
    return !values.all;
  }
}

async function compare({ dialect }: Peer, driver: Driver, expected: Difference[]) {
  const theirs = await makeCalls(STEPS, driver, dialect);
  const made = STEPS.filter(({ title }) => !isLacked(theirs.outcomes, title));
  // What the SDK lacks is left out with ours, too, so that both leave the same.
  const ours = await makeCalls(made, typescript("ours"), dialect);
  const inState = findDifference(theirs.state, ours.state);
  const methods = new Set(made.map(({ call }) => call)).size;
  const different = expected.flatMap(({ steps }) => steps).filter((title) => ours.outcomes.has(title)).length;
  return {
    counts: { methods, calls: made.length, different },
    failures: [...findSurprises(theirs.outcomes, ours.outcomes, expected), ...(inState ? [inState] : [])],
  };
}

function isLacked(outcomes: Outcomes, title: string): boolean {
  const outcome = outcomes.get(title);
  return outcome !== undefined && "lacks" in outcome;
}
