import { type ArizeClient, ValidationError } from "../../index.ts";
import { checkNames } from "../formats/options.ts";
import { memoryJournal } from "../journal/memory.ts";
import { type PasswordStore, passwordFile } from "../journal/passwords.ts";
import type { ChangeResult } from "../journal/results.ts";
import { type JournalState, journalState } from "../journal/state.ts";
import { type Journal, JournalError } from "../journal/types.ts";
import type { Plan } from "../plan/types.ts";
import { checkPlan } from "./check.ts";
import { Recorder } from "./recorder.ts";
import { Run } from "./run.ts";
import type { ApplyOptions, ResumeOptions } from "./types.ts";

export const NAMES = ["passwords", "signal", "onProgress", "onResult"];

/**
 * Makes the changes of a plan, in its order, and gives one result per change. Once the plan has been accepted it never
 * rejects.
 *
 * Before each change but a plain create the person is read again; where ID, address, status, role or name is no longer
 * what the plan saw, the change is `stale` and nothing is sent. Each step is recorded in the journal before its request,
 * so that {@link resumePlan} can go on after a crash. A 401, a lasting 429, the signal, or a journal that cannot be written
 * ends the run: what was sent is awaited, the rest is `not_attempted`.
 *
 * @throws a {@link PlanRefusedError} where the plan was edited, is of another address or account, or breaks a limit now.
 * @throws a {@link JournalError} where the journal has a plan already, or another run has it open.
 * @throws a {@link ValidationError} where the plan gives temporary passwords and there is no place for them.
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
  checkNames("applyPlan", options, [...NAMES, "journal"]);
  checkPlan(client, plan);
  const journal = options.journal ?? memoryJournal();
  const entries = await journal.open();
  try {
    if (entries.length > 0) {
      throw new JournalError("The journal exists already. To go on with its plan, use resumePlan.");
    }
    const passwords = storeOf(options.passwords);
    const first = {
      type: "plan",
      plan,
      ...(passwords?.path !== undefined && { passwords: passwords.path }),
    } as const;
    const start = () => journal.append(first);
    return await run({
      ...{ client, journal, state: journalState([first]), options, passwords },
      isResumed: false,
      start,
    });
  } finally {
    await journal.close();
  }
}

/**
 * Goes on with the plan of a journal, by change and never by position, and gives one result per change of the whole
 * plan. What has a result is skipped. A change whose request may have been sent is settled by reading the account: a
 * deletion whose person is gone, a create whose person is there, are `done`, and no mail is sent a second time. Changes
 * that were not attempted, or that a 401 ended, are made. A temporary password that was lost in the crash is reported by
 * `passwordLost`.
 *
 * @throws as {@link applyPlan}, and a {@link JournalError} where the journal has no plan.
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
  checkNames("resumePlan", options, [...NAMES, "retryFailed"]);
  const entries = await journal.open();
  try {
    const state = journalState(entries);
    checkPlan(client, state.plan);
    const named = state.passwords === undefined ? undefined : passwordFile(state.passwords);
    const passwords = storeOf(options.passwords) ?? named;
    return await run({ client, journal, state, options, passwords, isResumed: true });
  } finally {
    await journal.close();
  }
}

export function storeOf(passwords: ApplyOptions["passwords"]): PasswordStore | undefined {
  return typeof passwords === "function" ? { add: async (one) => passwords(one) } : passwords;
}

/** One run over the changes of a plan, or over one of them. */
export interface Job {
  readonly client: ArizeClient;
  readonly journal: Journal;
  readonly state: JournalState;
  readonly options: ApplyOptions & ResumeOptions;
  readonly passwords: PasswordStore | undefined;
  /** Whether there may have been a run before this one. */
  readonly isResumed: boolean;
  /** The ID of a change to be made by itself, whose plan is open. */
  readonly only?: string;
  /** Awaited before the first change. */
  start?(): Promise<void>;
}

/** @throws {ValidationError} where there is no place for temporary passwords. */
export async function run(job: Job): Promise<ChangeResult[]> {
  const { client, journal, state, options, passwords, isResumed, only } = job;
  const recorder = new Recorder(state, journal, { ...options, only });
  const givesPasswords = recorder.remaining.some(({ to }) => to?.inviteMode === "temporary_password");
  if (givesPasswords && !passwords) {
    const message = "is required, since the plan gives temporary passwords";
    const method = only !== undefined ? "applyChange" : isResumed ? "resumePlan" : "applyPlan";
    throw new ValidationError(method, [{ path: "passwords", message }]);
  }
  const settings = { client, plan: state.plan, recorder, passwords, signal: options.signal };
  const ready = only === undefined ? await Run.prepare(settings) : new Run(settings);
  if (givesPasswords) await passwords?.open?.({ isResumed });
  try {
    await job.start?.();
    await ready.execute();
  } finally {
    if (givesPasswords) await passwords?.close?.();
  }
  return recorder.results();
}
