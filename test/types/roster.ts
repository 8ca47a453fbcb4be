/** What users may rely on of each type of `ax-users/roster`; compiled as `consumer.ts` is. */
import { ArizeClient, type ArizeError } from "ax-users";
import {
  type ApplyChangeOptions,
  type ApplyOptions,
  type ApplyProgress,
  applyPlan,
  type Change,
  type ChangeError,
  type ChangeKind,
  type ChangeResult,
  type ChangeStatus,
  fileJournal,
  type Journal,
  type JournalEntry,
  type JournalError,
  type JournalState,
  type MemoryJournal,
  type OpenPlan,
  type ParseRosterOptions,
  type PasswordStore,
  type Plan,
  type PlanLimits,
  type PlanOptions,
  type PlanRefusedError,
  parseRoster,
  planRoster,
  type ReadRosterFileOptions,
  type RefusalCounts,
  type RefusalReason,
  type ResumeOptions,
  type Roster,
  type RosterFormat,
  type RosterMembership,
  type RosterPerson,
  type RosterRow,
  type RunSummary,
  readRosterFile,
  resumePlan,
  type SeenUser,
  summarizeResults,
  type TargetUser,
  type TemporaryPassword,
} from "ax-users/roster";

type IsAny<T> = 0 extends 1 & T ? true : false;
type Fits<A, B> = true extends IsAny<A> | IsAny<B> ? false : [A] extends [B] ? true : false;
type Hold<All extends readonly true[]> = All;

/** What is read may get more fields and values; what is written may not need more, nor take fewer. */
export type Promises = Hold<
  [
    Fits<"create" | "renew" | "update" | "ensure_member" | "remove_member" | "delete", ChangeKind>,
    Fits<"unchanged" | "unchangeable" | "pending", ChangeKind>,
    Fits<"done" | "unchanged" | "failed" | "unknown" | "stale" | "not_attempted", ChangeStatus>,
    Fits<"csv" | "tsv" | "json" | "jsonl" | "yaml", RosterFormat>,
    Fits<{ email: string }, RosterRow>,
    Fits<{ email: string; state: "absent"; organization: string; developer: boolean }, RosterRow>,
    Fits<Roster, { people: RosterPerson[]; rows: number; blankRows: number }>,
    Fits<RosterPerson, { email: string; organizations: RosterMembership[]; at: string }>,
    Fits<Plan, { version: 1; baseUrl: string; account: string; limits: PlanLimits; digest: string }>,
    Fits<Plan, { createdAt: string; changes: Change[]; counts: Record<ChangeKind, number> }>,
    Fits<Change, { id: string; kind: ChangeKind; email: string; userId?: string; note?: string }>,
    Fits<Change, { seen?: SeenUser; to?: TargetUser; role?: string }>,
    Fits<ChangeResult, { id: string; kind: ChangeKind; email: string; status: ChangeStatus }>,
    Fits<ChangeResult, { error?: ChangeError; requestId?: string; userId?: string }>,
    Fits<{ removeAbsent: true; maxRemovals: "5%"; protect: string[]; only: ChangeKind[] }, PlanOptions>,
    Fits<{ journal: Journal; signal: AbortSignal }, ApplyOptions>,
    Fits<{ passwords: PasswordStore }, ApplyOptions>,
    Fits<{ passwords: (password: TemporaryPassword) => void }, ResumeOptions>,
    Fits<{ retryFailed: true }, ResumeOptions>,
    Fits<{ journal: Journal; signal: AbortSignal; retryFailed: true }, ApplyChangeOptions>,
    Fits<OpenPlan, { changes: readonly Change[] }>,
    Fits<Awaited<ReturnType<OpenPlan["applyChange"]>>, ChangeResult>,
    Fits<ApplyProgress, RunSummary & { total: number; settled: number }>,
    Fits<MemoryJournal, Journal & { readonly entries: readonly JournalEntry[] }>,
    Fits<JournalState, { plan: Plan; results: Map<string, ChangeResult>; open: Set<string> }>,
    Fits<PlanRefusedError, ArizeError & { reason: RefusalReason; counts: RefusalCounts }>,
    Fits<JournalError, ArizeError>,
    Fits<{ format: "csv"; source: string }, ParseRosterOptions>,
    Fits<{ format: RosterFormat }, ReadRosterFileOptions>,
  ]
>;

/** A whole sync, as a user would write it. */
export async function sync(path: string): Promise<RunSummary> {
  const client = new ArizeClient();
  const roster = path === "-" ? await parseRoster("email\n") : await readRosterFile(path);
  const plan = await planRoster(client, roster, { removeAbsent: true, maxRemovals: 3 });
  const journal = fileJournal(`${path}.journal.jsonl`);
  const results = await applyPlan(client, plan, { journal });
  const isDone = results.every(({ status }) => status === "done");
  return summarizeResults(isDone ? results : await resumePlan(client, journal, { retryFailed: true }));
}

// @ts-expect-error: a row needs an address.
export const noAddress: RosterRow = { name: "Ada" };
