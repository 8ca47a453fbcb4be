import { type ArizeClient, ValidationError } from "../../index.ts";
import { checkOptions } from "../formats/options.ts";
import { memoryJournal } from "../journal/memory.ts";
import { type PasswordStore, passwordFile } from "../journal/passwords.ts";
import type { ChangeResult } from "../journal/results.ts";
import { type JournalState, journalState } from "../journal/state.ts";
import { type Journal, type JournalEntry, JournalError } from "../journal/types.ts";
import type { Plan } from "../plan/types.ts";
import { checkPlan } from "./check.ts";
import { Recorder } from "./recorder.ts";
import { Run } from "./run.ts";
import type { ApplyOptions, ResumeOptions } from "./types.ts";

export const NAMES = ["passwords", "signal", "onProgress", "onResult"];

/**
 * Makes the changes of a plan, in its order, and returns one result per change. First, it reads the account and checks the
 * plan. Once the plan is accepted, the call never rejects. Before each change except a create, it reads the person again,
 * unless this run has just created or renewed that person. If ID, address, status, role or name differs from the plan, the
 * change is `stale`, and nothing is sent. It reads the list if that is cheaper, and uses it for ten seconds. What changes after
 * the person was read, such as while the request waits for a rate limit, is not seen. It records each step in the journal before
 * the request, so that {@link resumePlan} can continue after a crash.
 *
 * A 401, repeated 429s, the signal, or a journal that cannot be written ends the run. The run then waits for the requests in
 * flight, and all other changes are `not_attempted`.
 *
 * @throws a {@link PlanRefusedError} if the plan was edited, belongs to another address or account, or breaks a limit now.
 * @throws a {@link JournalError} if the journal already has a plan, cannot be written, or is open in another run.
 * @throws a {@link ValidationError} if the plan creates temporary passwords, and `passwords` is missing.
 * @throws the error of the client, such as an `AuthenticationError`, if the account cannot be read.
 * @throws the signal's own reason if the signal is aborted before the account has been read.
 * @example
 * import { applyPlan, fileJournal, planRoster } from "ax-users/roster";
 *
 * const plan = await planRoster(client, [{ email: "alan@example.com", name: "Alan Turing" }]);
 * const results = await applyPlan(client, plan, { journal: fileJournal("alan.journal.jsonl") });
 * console.log(results.map(({ email, status }) => `${email}: ${status}`));
 */
export async function applyPlan(
  client: ArizeClient,
  plan: Plan,
  options: ApplyOptions = {},
): Promise<ChangeResult[]> {
  checkOptions("applyPlan", options, [...NAMES, "journal"]);
  checkPlan("applyPlan", client, plan);
  const journal = options.journal ?? memoryJournal();
  const entries = await journal.open();
  try {
    if (entries.length > 0) {
      throw new JournalError("The journal already exists. To continue its plan, use resumePlan.");
    }
    const passwords = storeOf(options.passwords);
    const first = firstEntry(plan, passwords);
    const start = () => journal.append(first);
    return await run({
      ...{ client, journal, state: journalState([first]), options, passwords },
      isResumed: false,
      start,
    });
  } finally {
    await closeQuietly(journal);
  }
}

/**
 * Continues the plan in a journal, and returns one result per change of the whole plan.
 *
 * It skips changes that have a final result. If a request may have been sent, it reads the account to find out what happened.
 * A deletion is `done` if the person is gone. A create is `done` if the person exists. No email is sent twice. It makes
 * changes that were not attempted, or that a 401 ended. If a temporary password was lost in the crash, the result has
 * `passwordLost`.
 *
 * @throws as {@link applyPlan}, and a {@link JournalError} if the journal has no plan.
 * @example
 * import { applyPlan, memoryJournal, planRoster, resumePlan } from "ax-users/roster";
 *
 * const journal = memoryJournal();
 * const plan = await planRoster(client, [{ email: "alan@example.com", name: "Alan Turing" }]);
 * await applyPlan(client, plan, { journal, signal: AbortSignal.timeout(60_000) });
 * console.log(await resumePlan(client, journal));
 */
export async function resumePlan(
  client: ArizeClient,
  journal: Journal,
  options: ResumeOptions = {},
): Promise<ChangeResult[]> {
  checkOptions("resumePlan", options, [...NAMES, "retryFailed"]);
  checkOptions("resumePlan", { journal }, ["journal"], ["journal"]);
  const entries = await journal.open();
  try {
    const state = journalState(entries);
    checkPlan("resumePlan", client, state.plan);
    const earlierPasswords = state.passwordFiles.map(passwordFile);
    const passwords = storeOf(options.passwords) ?? earlierPasswords.at(-1);
    const isOtherFile = passwords?.path !== undefined && passwords.path !== state.passwords;
    return await run({
      ...{ client, journal, state, options, passwords, earlierPasswords },
      isResumed: true,
      start: async () => {
        if (isOtherFile) await journal.append(firstEntry(state.plan, passwords));
      },
    });
  } finally {
    await closeQuietly(journal);
  }
}

/** The entry that says which plan a journal belongs to. */
export const firstEntry = (plan: Plan, passwords: PasswordStore | undefined): JournalEntry => ({
  type: "plan",
  plan,
  ...(passwords?.path !== undefined && { passwords: passwords.path }),
});

/** Everything is stored by then, so an error must not replace the results. */
export async function closeQuietly(file: { close?(): Promise<void> } | undefined): Promise<void> {
  try {
    await file?.close?.();
  } catch {}
}

export function storeOf(passwords: ApplyOptions["passwords"]): PasswordStore | undefined {
  return typeof passwords === "function" ? { add: async (one) => passwords(one) } : passwords;
}

/** Runs all changes of a plan, or one of them. */
export interface Job {
  readonly client: ArizeClient;
  readonly journal: Pick<Journal, "append">;
  readonly state: JournalState;
  readonly options: ApplyOptions & ResumeOptions;
  readonly passwords: PasswordStore | undefined;
  /** The stores that the journal names. */
  readonly earlierPasswords?: readonly PasswordStore[];
  /** Whether an earlier run may have begun the plan. */
  readonly isResumed: boolean;
  /** The ID of the only change to make, for an opened plan. */
  readonly only?: string;
  /** Awaited before the first change. */
  start?(): Promise<void>;
}

/** @throws {ValidationError} if the plan creates temporary passwords, and `passwords` is missing. */
export async function run(job: Job): Promise<ChangeResult[]> {
  const { client, journal, state, options, passwords, earlierPasswords, isResumed, only } = job;
  const recorder = new Recorder(state, journal, { ...options, only });
  const givesPasswords = recorder.remaining.some(({ to }) => to?.inviteMode === "temporary_password");
  if (givesPasswords && !passwords) {
    const message = "is required, since the plan creates temporary passwords";
    const method = only !== undefined ? "applyChange" : isResumed ? "resumePlan" : "applyPlan";
    throw new ValidationError(method, [{ path: "passwords", message }]);
  }
  const { plan } = state;
  const settings = {
    ...{ client, plan, recorder, passwords, signal: options.signal },
    ...(earlierPasswords && { earlierPasswords }),
  };
  const ready = only === undefined ? await Run.prepare(settings) : new Run(settings);
  if (givesPasswords) await passwords?.open?.({ isResumed });
  try {
    await job.start?.();
    await ready.execute();
  } finally {
    if (givesPasswords) await closeQuietly(passwords);
  }
  return recorder.results();
}
