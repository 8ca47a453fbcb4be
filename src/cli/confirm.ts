import type { Context } from "./args/command.ts";
import { UsageError } from "./exit.ts";
import { printable } from "./io/colour.ts";
import { ask } from "./io/prompt.ts";

/** What the command is about to do. */
interface Intent {
  /** How many people it removes from the account. */
  readonly removals: number;
  /** The number for --confirm-removals: that of the whole plan, although a resumed run removes fewer. Default: `removals`. */
  readonly inPlan?: number;
  /** Which people the number counts. Default: `to remove`. */
  readonly counted?: string;
  /** In words: `make 3 changes`. */
  readonly what: string;
  /** The text before the question. */
  readonly preview: () => string | Promise<string>;
}

/** Options of commands that ask. */
export const CONFIRM_REMOVALS = {
  value: "N",
  help: "confirm the number of people to remove; required without a terminal; implies --yes",
} as const;

export const YES = { help: "do not ask; if people are removed, use --confirm-removals instead" } as const;

/**
 * Asks on a terminal. Without a terminal, an option must contain the answer.
 *
 * @throws {UsageError} if it is not confirmed.
 */
export async function confirm(context: Context, intent: Intent): Promise<void> {
  if (isConfirmedByOption(context, intent)) return;
  const { removals, inPlan = removals, counted = TO_REMOVE, what, preview } = intent;
  const { io, output } = context;
  if (!isInteractive(context)) {
    const option = confirmation(removals > 0 ? inPlan : 0);
    throw new UsageError(`Without a terminal, pass ${option} to ${what}. Nothing was sent.`);
  }
  output.problem(await preview());
  const question = removals > 0 ? `Type the number of people ${counted}: ` : `Do you want to ${what}? [y/N] `;
  const answer = await ask(io, printable(question));
  const isRight = removals > 0 ? answer === String(removals) : /^y(es)?$/i.test(answer);
  if (io.signal.aborted) throw io.signal.reason;
  if (!isRight) throw new UsageError("Not confirmed: nothing was sent.");
}

const TO_REMOVE = "to remove";

/** @throws {UsageError} if the option has another number. */
function isConfirmedByOption({ args }: Context, intent: Intent): boolean {
  const { removals, inPlan = removals, counted = TO_REMOVE } = intent;
  const given = args.whole("confirm-removals", 0);
  if (given === undefined) return removals === 0 && args.flag("yes");
  if (given === inPlan) return true;
  const which = inPlan === removals ? counted : `${counted} in the whole plan`;
  throw new UsageError(`--confirm-removals is ${given}, but the number of people ${which} is ${inPlan}.`);
}

/** The option that confirms on a command line what a terminal asks for. */
export const confirmation = (removals: number): string =>
  removals > 0 ? `--confirm-removals ${removals}` : "--yes";

/** Nobody reads more than this before typing a number. */
const MOST_SHOWN = 50;

/** The lines of a preview: one for each of the first items, and how many more there are. */
export async function linesFor<Item>(
  items: readonly Item[],
  lineOf: (item: Item) => string | Promise<string>,
): Promise<string[]> {
  const lines: string[] = [];
  for (const item of items.slice(0, MOST_SHOWN)) lines.push(`  ${printable(await lineOf(item))}`);
  if (items.length > MOST_SHOWN) lines.push(`  and ${items.length - MOST_SHOWN} more`);
  return lines;
}

const isInteractive = ({ args, io }: Context): boolean =>
  io.isTerminal.stdin && io.isTerminal.stderr && !args.flag("no-input") && !args.flag("key-stdin");

export const people = (count: number): string => (count === 1 ? "1 person" : `${count} people`);
