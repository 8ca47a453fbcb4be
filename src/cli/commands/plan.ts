import {
  type Change,
  type ChangeKind,
  type Plan,
  type PlanOptions,
  parseRoster,
  planRoster,
  type Roster,
  type RosterFormat,
  readRosterFile,
} from "ax-users/roster";
import type { Command, Context } from "../args/command.ts";
import { openClient } from "../client.ts";
import { confirmation } from "../confirm.ts";
import { EXIT, UsageError } from "../exit.ts";
import { readInput } from "../io/input.ts";
import type { Output } from "../io/output.ts";
import { requirePlanFile, writePlan } from "../report/plan-file.ts";
import { planText } from "../report/plan-text.ts";
import { CHANGE_COLUMNS, countsOf, givesPasswords, shownChanges, writesOf } from "../report/plan-view.ts";
import { shellCommand } from "../report/shell-command.ts";

const ROSTER_FORMATS = ["csv", "tsv", "json", "jsonl", "yaml"] as const;
const KINDS = ["create", "renew", "update", "ensure_member", "remove_member", "delete"] as const;

export const plan: Command = {
  name: "plan",
  summary: "Compares a roster (a file, or - for standard input) with the account. Changes nothing.",
  arguments: ["ROSTER"],
  options: {
    format: {
      value: "F",
      choices: ROSTER_FORMATS,
      help: "csv, tsv, json, jsonl or yaml; default: by the file extension",
    },
    "remove-absent": { help: "remove people who are not in the roster" },
    renew: { help: "renew expired invitations, which sends emails" },
    "max-removals": { value: "N|N%", help: "the most people to remove; default: 10%, or 5 if that is more" },
    protect: { value: "WHO", multiple: true, help: "an address or *@domain that is never removed" },
    "remove-admins": { help: "allow the plan to remove account admins" },
    only: {
      value: "KIND",
      choices: KINDS,
      multiple: true,
      help: `only changes of this kind: ${KINDS.join(", ")}`,
    },
    "detailed-exitcode": { help: "exit with 10 if there are changes" },
    out: { value: "PLAN", short: "o", isFile: true, help: "write the plan to a file, for ax-users apply" },
  },
  examples: [
    "ax-users plan people.csv -o people.plan.json",
    "ax-users plan people.csv --remove-absent --protect '*@example.org' --max-removals 3",
  ],
  async run(context) {
    const { args, output } = context;
    const options = planOptions(context);
    const file = args.text("out");
    if (file !== undefined) await requirePlanFile(file, args.positionals[0] ?? "");
    const roster = await readRoster(context);
    const client = await openClient(context);
    const made = await planRoster(client, roster, options);
    if (file !== undefined) await writePlan(file, made);
    show(context, made, roster, file);
    const hasChanges = writesOf(made).length > 0;
    if (!output.isJson && hasChanges && file === undefined) {
      output.info("To apply it, write it to a file with -o PLAN.");
    }
    return hasChanges && args.flag("detailed-exitcode") ? EXIT.changes : EXIT.done;
  },
};

function planOptions({ args, io }: Context): PlanOptions {
  const most = args.text("max-removals");
  return {
    removeAbsent: args.flag("remove-absent"),
    renew: args.flag("renew"),
    removeAdmins: args.flag("remove-admins"),
    protect: args.list("protect"),
    ...(args.flag("only") && { only: args.list("only") as ChangeKind[] }),
    ...(most !== undefined && { maxRemovals: /^\d+$/.test(most) ? Number(most) : most }),
    signal: io.signal,
  };
}

async function readRoster({ args, io }: Context): Promise<Roster> {
  const [path = ""] = args.positionals;
  const format = args.text("format") as RosterFormat | undefined;
  if (path !== "-") return readRosterFile(path, { format });
  if (args.flag("key-stdin"))
    throw new UsageError("Standard input cannot contain both the roster and the key.");
  return parseRoster(await readInput(io), { format, source: "standard input" });
}

function show({ io, output }: Context, made: Plan, roster: Roster, file: string | undefined): void {
  if (output.format === "json") for (const piece of planText(made)) output.raw(piece);
  else if (output.format === "jsonl") output.line(made);
  else showChanges(output, shownChanges(made));
  if (roster.blankRows > 0) output.info(`Blank rows skipped: ${roster.blankRows}.`);
  for (const note of made.notes) output.info(note);
  output.info(`Plan: ${countsOf(made)}.`);
  if (file === undefined) return;
  const options = [
    givesPasswords(writesOf(made)) ? " --passwords FILE" : "",
    // A terminal asks.
    io.isTerminal.stdin ? "" : ` ${confirmation(made.counts.delete)}`,
  ];
  output.info(`Written to ${file}. To apply it: ${shellCommand(io, "apply", file)}${options.join("")}`);
}

/** The counts follow, so an empty table says nothing. */
function showChanges(output: Output, changes: readonly Change[]): void {
  if (changes.length > 0 || output.format === "csv") output.list(changes, CHANGE_COLUMNS);
}
