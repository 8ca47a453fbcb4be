/**
 * Rosters: compare a spreadsheet or a list of people with an account, review the plan, apply it with a journal, and continue
 * after a crash.
 *
 * @module ax-users/roster
 * @group Reference
 */
export { applyPlan, resumePlan } from "./apply/apply.ts";
export { type OpenPlan, openPlan } from "./apply/open-plan.ts";
export type { ApplyChangeOptions, ApplyOptions, ApplyProgress, ResumeOptions } from "./apply/types.ts";
export { type ReadRosterFileOptions, readRosterFile } from "./formats/file.ts";
export { type ParseRosterOptions, parseRoster } from "./formats/parse.ts";
export { toCsv } from "./formats/to-csv.ts";
export type { Roster, RosterFormat, RosterMembership, RosterPerson, RosterRow } from "./formats/types.ts";
export { fileJournal } from "./journal/file.ts";
export { type MemoryJournal, memoryJournal } from "./journal/memory.ts";
export { type PasswordStore, passwordFile, type TemporaryPassword } from "./journal/passwords.ts";
export {
  type ChangeError,
  type ChangeResult,
  type ChangeStatus,
  type RunSummary,
  summarizeResults,
} from "./journal/results.ts";
export { type JournalState, readJournal } from "./journal/state.ts";
export { type Journal, type JournalEntry, JournalError } from "./journal/types.ts";
export type { PlanOptions } from "./plan/options.ts";
export { planRoster } from "./plan/plan.ts";
export { PlanRefusedError, type RefusalCounts, type RefusalReason } from "./plan/refused.ts";
export type { Change, ChangeKind, Plan, PlanLimits, SeenUser, TargetUser } from "./plan/types.ts";
