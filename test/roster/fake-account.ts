/** People without a server, for the parts of a run that only read. */
import type { ArizeClient, User } from "ax-users";
import { Recorder } from "../../src/roster/apply/recorder.ts";
import { memoryJournal } from "../../src/roster/index.ts";
import type { ChangeResult } from "../../src/roster/journal/results.ts";
import { journalState } from "../../src/roster/journal/state.ts";
import type { JournalEntry } from "../../src/roster/journal/types.ts";
import { planDigest } from "../../src/roster/plan/digest.ts";
import type { Change, ChangeKind, Plan } from "../../src/roster/plan/types.ts";

export const BASE_URL = "https://api.example.com";
const AT = "2026-01-01T00:00:00Z";

export const person = (id: string, more: Partial<User> = {}): User => ({
  id,
  email: `${id}@example.com`,
  name: id,
  status: "active",
  role: { type: "predefined", name: "member" },
  isDeveloper: false,
  createdAt: new Date(0),
  ...more,
});

const seen = { status: "active", role: "member", isDeveloper: false };

/** A change for the person, as a plan has it. */
export const change = (kind: ChangeKind, userId: string, more: Partial<Change> = {}): Change => ({
  ...{
    id: `${kind} ${userId}`,
    kind,
    email: `${userId}@example.com`,
    userId,
    seen: { ...seen, name: userId },
  },
  ...more,
});

export function planOf(changes: Change[], more: Partial<Plan> = {}): Plan {
  const counts = Object.fromEntries(changes.map(({ kind }) => [kind, 1])) as Plan["counts"];
  const plan = {
    ...{ version: 1 as const, baseUrl: BASE_URL, account: "", createdAt: AT, counts, changes, notes: [] },
    limits: { maxRemovals: "10%", protect: [], removeAdmins: false },
    ...more,
  };
  return { ...plan, digest: planDigest(plan) };
}

export const intent = (id: string): JournalEntry => ({ type: "intent", id, at: AT });

export const result = (of: Change, more: Partial<ChangeResult>): JournalEntry => ({
  ...{ type: "result", at: AT, id: of.id, kind: of.kind, email: of.email, status: "done" },
  ...more,
});

export function recorderOf(plan: Plan, entries: JournalEntry[] = [], options: object = {}) {
  const journal = memoryJournal();
  const state = journalState([{ type: "plan", plan }, ...entries]);
  return { recorder: new Recorder(state, journal, options), journal };
}

/** A client that lists these people, `limit` to a page, and counts the pages that were read. */
export function listing(users: readonly User[], limit = 2) {
  const asked: unknown[][] = [];
  async function* pages() {
    for (let at = 0; at === 0 || at < users.length; at += limit) {
      read.pages += 1;
      yield { data: users.slice(at, at + limit), pagination: { hasMore: at + limit < users.length } };
    }
  }
  const list = (...args: unknown[]) => {
    asked.push(args);
    return { pages };
  };
  const read = { client: { users: { list } } as unknown as ArizeClient, asked, pages: 0 };
  return read;
}
