import { access } from "node:fs/promises";
import { resolve } from "node:path";
import {
  applyPlan,
  type Change,
  type ChangeResult,
  fileJournal,
  JournalError,
  type JournalState,
  type Plan,
  passwordFile,
  readJournal,
  resumePlan,
} from "ax-users/roster";
import type { Command, Context } from "../args/command.ts";
import { openClient } from "../client.ts";
import { CONFIRM_REMOVALS, confirm, people, YES } from "../confirm.ts";
import { UsageError } from "../exit.ts";
import type { Io } from "../io/io.ts";
import { readPlan } from "../report/plan-file.ts";
import { givesPasswords, preview, removalsOf, writesOf } from "../report/plan-view.ts";
import { RunReport } from "../report/run-report.ts";
import { shellCommand } from "../report/shell-command.ts";

const PASSWORDS = {
  value: "FILE",
  isFile: true,
  help: "a new file for temporary passwords; only its owner can read it",
} as const;

export const apply: Command = {
  name: "apply",
  summary: "Makes the changes of a plan, and records each step in a journal.",
  arguments: ["PLAN"],
  isWriter: true,
  options: {
    journal: { value: "FILE", isFile: true, help: "file for the journal; default: PLAN.journal.jsonl" },
    passwords: PASSWORDS,
    yes: YES,
    "confirm-removals": CONFIRM_REMOVALS,
  },
  examples: [
    "ax-users apply people.plan.json",
    "ax-users apply people.plan.json --confirm-removals 3 --passwords passwords.jsonl",
  ],
  async run(context) {
    const { args, io } = context;
    const [path = ""] = args.positionals;
    const plan = await readPlan(path);
    const journalPath = args.text("journal") ?? `${path}.journal.jsonl`;
    const file = args.text("passwords");
    requireTwoFiles(journalPath, "--journal", file);
    const client = await openClient(context);
    requirePasswords(writesOf(plan), file);
    await confirmChanges(context, writesOf(plan), plan);
    const report = new RunReport(context, journalPath);
    const options = {
      journal: fileJournal(journalPath),
      // The run may be resumed from another folder.
      passwords: file === undefined ? undefined : passwordFile(resolve(file)),
      signal: io.signal,
      onResult: (result: ChangeResult) => report.add(result),
      onProgress: report.progress,
    };
    return report.end(() => applyPlan(client, plan, options).catch(nameResume(io, journalPath)));
  },
};

export const resume: Command = {
  name: "resume",
  summary: "Continues the plan in a journal after a crash or an interruption.",
  arguments: ["JOURNAL"],
  isWriter: true,
  options: {
    "retry-failed": { help: "retry failed changes that definitely had no effect" },
    passwords: {
      ...PASSWORDS,
      help: "the file for temporary passwords; default: the file that the journal names",
    },
    yes: YES,
    "confirm-removals": CONFIRM_REMOVALS,
  },
  examples: [
    "ax-users resume people.plan.json.journal.jsonl",
    "ax-users resume people.plan.json.journal.jsonl --retry-failed --yes",
  ],
  async run(context) {
    const { args, io } = context;
    const [path = ""] = args.positionals;
    const file = args.text("passwords");
    requireTwoFiles(path, "JOURNAL", file);
    // A journal that does not exist would be an empty one.
    await access(path);
    const state = await readJournal(fileJournal(path));
    const client = await openClient(context);
    const remaining = remainingIn(state, args.flag("retry-failed"));
    requirePasswords(remaining, file ?? state.passwords);
    await confirmChanges(context, remaining, state.plan);
    const report = new RunReport(context, path);
    return report.end(() =>
      resumePlan(client, fileJournal(path), {
        retryFailed: args.flag("retry-failed"),
        passwords: file === undefined ? undefined : passwordFile(resolve(file)),
        signal: io.signal,
        onResult: (result) => report.add(result),
        onProgress: report.progress,
      }).catch((error: unknown) => {
        if (error !== io.signal.reason) throw error;
        throw new DOMException(report.continuation, "AbortError");
      }),
    );
  },
};

/** If the journal already exists, the error names the command that continues it. */
const nameResume = (io: Io, journalPath: string) => (error: unknown) => {
  if (!(error instanceof JournalError && error.message.includes("resumePlan"))) throw error;
  throw new JournalError(
    `${journalPath} already exists. To continue its plan: ${shellCommand(io, "resume", journalPath)}\n` +
      "For a new plan, pass a new file with --journal FILE.",
  );
};

/** @throws {UsageError} if the passwords would go to the journal. */
function requireTwoFiles(journal: string, name: string, passwords: string | undefined): void {
  if (passwords === undefined || resolve(passwords) !== resolve(journal)) return;
  throw new UsageError(`${name} and --passwords are the same file: ${passwords}. Name two files.`);
}

/** @throws {UsageError} if there is no file for temporary passwords. */
function requirePasswords(changes: readonly Change[], file: string | undefined): void {
  if (file === undefined && givesPasswords(changes)) {
    throw new UsageError(
      "The plan creates temporary passwords: pass a new file for them with --passwords FILE.",
    );
  }
}

/** The changes that have no final result. */
function remainingIn({ plan, results, open }: JournalState, retryFailed: boolean): Change[] {
  return writesOf(plan).filter(({ id }) => {
    const result = results.get(id);
    if (!result || open.has(id) || result.status === "not_attempted" || result.status === "unknown")
      return true;
    return result.status === "failed" && (retryFailed || result.error?.name === "AuthenticationError");
  });
}

/** Asks about the changes of a plan that remain. */
async function confirmChanges(context: Context, changes: readonly Change[], plan: Plan): Promise<void> {
  if (changes.length === 0 && context.args.text("confirm-removals") === undefined) return;
  const removals = removalsOf(changes).length;
  const inPlan = removalsOf(plan.changes).length;
  const others = changes.length - removals;
  const parts = [
    ...(others > 0 ? [`make ${others === 1 ? "1 change" : `${others} changes`}`] : []),
    ...(removals > 0 ? [`remove ${people(removals)} for good`] : []),
  ];
  await confirm(context, { removals, inPlan, what: parts.join(" and "), preview: () => preview(changes) });
}
