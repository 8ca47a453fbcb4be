/** Records the results of a run, in the journal and for the caller. */
import { callSafely } from "../../util/call-safely.ts";
import { emailKey } from "../formats/fields.ts";
import { about, type ChangeResult, type RunSummary, summarizeResults } from "../journal/results.ts";
import type { JournalState } from "../journal/state.ts";
import type { Journal } from "../journal/types.ts";
import { type Change, isInvitation } from "../plan/types.ts";
import { writesOf } from "./check.ts";
import { isEndedBy401, type News, storedError, toChangeError } from "./errors.ts";
import type { ApplyOptions, ApplyProgress } from "./types.ts";

export class Recorder {
  readonly writes: readonly Change[];
  readonly #state: JournalState;
  readonly #journal: Pick<Journal, "append">;
  readonly #options: Pick<ApplyOptions, "onProgress" | "onResult">;
  readonly #results: Map<string, ChangeResult>;
  readonly #byEmail = new Map<string, Change[]>();
  /** Counted one by one: counting all of them each time would be slow for a large plan. */
  readonly #summary: RunSummary;
  readonly #only: string | undefined;
  readonly #newcomers = new Set<string>();
  readonly #intended = new Set<string>();
  readonly #halt = new AbortController();
  #stop: { readonly error: unknown } | undefined;

  constructor(
    state: JournalState,
    journal: Pick<Journal, "append">,
    options: ApplyOptions & { retryFailed?: boolean | undefined; only?: string | undefined },
  ) {
    this.writes = writesOf(state.plan);
    this.#state = state;
    this.#journal = journal;
    this.#options = options;
    this.#only = options.only;
    const final = this.writes.filter(({ id }) => isFinal(id, state, options.retryFailed ?? false));
    const finalIds = new Set(final.map(({ id }) => id));
    this.#results = new Map([...state.results].filter(([id]) => finalIds.has(id)));
    this.#summary = summarizeResults([...this.#results.values()]);
    for (const change of this.writes) {
      const key = emailKey(change.email);
      this.#byEmail.set(key, [...(this.#byEmail.get(key) ?? []), change]);
    }
  }

  /** Why the run sends nothing more. */
  get stopped(): { readonly error: unknown } | undefined {
    return this.#stop;
  }

  /** Aborted when the run stops. */
  get signal(): AbortSignal {
    return this.#halt.signal;
  }

  stop(error: unknown): void {
    this.#stop ??= { error };
    this.#halt.abort(error);
  }

  /** The changes without a final result. */
  get remaining(): Change[] {
    const isMeant = (id: string) => this.#only === undefined || id === this.#only;
    return this.writes.filter(({ id }) => isMeant(id) && !this.#results.has(id));
  }

  /** Whether an earlier request of the change may have taken effect: it has an intent, or its outcome is unknown. */
  isOpen({ id }: Change): boolean {
    const before = this.#state.results.get(id);
    return this.#state.open.has(id) || (before?.status === "unknown" && !this.#results.has(id));
  }

  /** The changes for the same person that were sent, or may have been sent. */
  attemptedFor({ id, email }: Change): Change[] {
    const own = this.#byEmail.get(emailKey(email)) ?? [];
    return own.filter((other) => other.id !== id && this.#state.attempted.has(other.id));
  }

  /**
   * Whether the outcome was unknown in an earlier run. Then only reading the account may settle the change. A change that a
   * 401 ended is sent again.
   */
  isOnlyRead({ id }: Change): ChangeResult | undefined {
    const before = this.#state.results.get(id);
    if (this.#state.open.has(id) || before?.status !== "unknown") return undefined;
    return isEndedBy401(before) ? undefined : before;
  }

  /** Whether an earlier run got the response to a create. It stored the temporary password before it recorded the result. */
  wasPasswordStored({ id, kind }: Change): boolean {
    const before = this.#state.results.get(id);
    const hadResponse = kind === "create" && before?.userId !== undefined && !this.#state.open.has(id);
    return hadResponse && !before.passwordLost;
  }

  /** Whether this run created the person, or invited them again. */
  isNewcomer(email: string): boolean {
    return this.#newcomers.has(emailKey(email));
  }

  /** The ID of the person that this plan created, or invited again, for the address. */
  newUserId(email: string): string | undefined {
    const made = this.#byEmail.get(emailKey(email))?.find(isInvitation);
    const result = made && this.#results.get(made.id);
    return result?.status === "done" || result?.status === "unchanged" ? result.userId : undefined;
  }

  resultOf({ id }: Change): ChangeResult | undefined {
    return this.#results.get(id);
  }

  /** Records the intent. Returns whether that succeeded: if not, the run stops. */
  async intend({ id }: Change): Promise<boolean> {
    try {
      await this.#journal.append({ type: "intent", id, at: new Date().toISOString() });
    } catch (error) {
      this.stop(error);
      return false;
    }
    this.#state.attempted.add(id);
    this.#intended.add(id);
    return true;
  }

  /**
   * Keeps a result, even if it cannot be recorded. In that case, the run stops. A change that was not attempted is recorded
   * only if the journal has its intent. `isNew` is false if nothing was learned about a change of an earlier run.
   */
  async settle(change: Change, news: News, isNew = true): Promise<void> {
    const result: ChangeResult = { ...about(change), ...news };
    const isAttempted = result.status !== "not_attempted";
    if (isAttempted) this.#count(change, result);
    if ((isAttempted && isNew) || this.#intended.has(change.id)) await this.#append(result);
    if (!isAttempted) return;
    callSafely(() => this.#options.onResult?.(result));
    callSafely(() => this.#options.onProgress?.(this.#progress()));
  }

  #count(change: Change, result: ChangeResult): void {
    this.#results.set(change.id, result);
    this.#summary[COUNTED[result.status]] += 1;
    if (isInvitation(change) && result.status === "done") this.#newcomers.add(emailKey(change.email));
  }

  async #append({ error, ...rest }: ChangeResult): Promise<void> {
    const stored = { ...rest, ...(error && { error: storedError(error) }) };
    try {
      await this.#journal.append({ type: "result", at: new Date().toISOString(), ...stored });
    } catch (cause) {
      this.stop(cause);
    }
  }

  #progress(): ApplyProgress {
    return { ...this.#summary, total: this.writes.length, settled: this.#results.size };
  }

  /** One result per change, in the order of the plan. */
  results(): ChangeResult[] {
    const error = this.#stop && { error: toChangeError(this.#stop.error) };
    return this.writes.map(
      (change) => this.#results.get(change.id) ?? { ...about(change), status: "not_attempted", ...error },
    );
  }
}

const COUNTED = {
  done: "done",
  unchanged: "unchanged",
  failed: "failed",
  unknown: "unknown",
  stale: "stale",
  not_attempted: "notAttempted",
} as const;

/** Whether a result is final. A change that a 401 ended, or whose outcome is unknown, is looked at again. */
function isFinal(id: string, { results, open }: JournalState, retryFailed: boolean): boolean {
  const result = results.get(id);
  if (!result || open.has(id) || result.status === "not_attempted" || result.status === "unknown")
    return false;
  if (result.status !== "failed") return true;
  return !isEndedBy401(result) && !(retryFailed && result.outcome === "not_applied");
}
