/** Reads people again before they are changed: one by one, or with the list if that is cheaper. */
import { type ArizeClient, NotFoundError, type User } from "../../index.ts";
import { emailKey } from "../formats/fields.ts";
import { accountPart } from "../plan/digest.ts";
import { PlanRefusedError } from "../plan/refused.ts";
import type { Change, Plan } from "../plan/types.ts";
import { removalsOf } from "./check.ts";
import type { Recorder } from "./recorder.ts";

/** Looks up people. */
export interface People {
  /** Undefined if nobody has the ID. */
  byId(userId: string): Promise<User | undefined>;
  /** Undefined if nobody has the address. */
  byEmail(email: string): Promise<User | undefined>;
}

/** All people in the account. */
export interface KnownPeople extends People {
  readonly all: readonly User[];
}

/** What to read. */
export interface Wanted {
  /** How many people will be looked up. */
  readonly count: number;
  /** Reads the whole list, however long it is. */
  readonly all: boolean;
  /** Checks that the account is the one of the plan. */
  readonly plan?: Plan;
}

/**
 * Reads the list, at most as many pages as there are people to look up. If the list has not ended by then, returns undefined,
 * and each person is looked up later. This takes at most twice the requests of the cheaper way, although the length of the
 * list is unknown.
 *
 * @throws {PlanRefusedError} if the plan belongs to another account.
 */
export async function readPeople(
  client: ArizeClient,
  { count, all, plan }: Wanted,
  signal: AbortSignal | undefined,
): Promise<KnownPeople | undefined> {
  if (count === 0 && !all && !plan) return undefined;
  const known = new Map<string, User>();
  const recognise = plan ? recogniser(plan) : () => true;
  let isRecognised = false;
  let isWhole = true;
  let pages = 0;
  for await (const page of client.users.list({ limit: 100 }, { signal }).pages()) {
    pages += 1;
    for (const user of page.data) known.set(user.id, user);
    isRecognised ||= recognise(page.data);
    isWhole = !page.pagination.hasMore;
    if (!all && isRecognised && pages >= count) break;
  }
  const users = [...known.values()];
  if (plan && !isRecognised) checkNewcomers(plan, users);
  return isWhole ? fromList(users) : undefined;
}

/** Whether one of these users identifies the account of the plan. */
function recogniser({ account }: Plan): (users: readonly User[]) => boolean {
  const parts = new Set(account.split(".").filter(Boolean));
  return (users) => users.some(({ id }) => parts.has(accountPart(id)));
}

/** If the account was empty, only people that the plan has added can identify it. */
function checkNewcomers(plan: Plan, users: readonly User[]): void {
  const planned = new Set(plan.changes.map(({ email }) => emailKey(email)));
  if (plan.account === "" && users.every(({ email }) => planned.has(emailKey(email)))) return;
  throw new PlanRefusedError(
    `The plan was made for another account at ${plan.baseUrl}: none of its oldest users is in this one.`,
    "account",
    { removals: removalsOf(plan.changes).length },
  );
}

function fromList(all: readonly User[]): KnownPeople {
  const byId = new Map(all.map((user) => [user.id, user]));
  const byEmail = new Map(all.map((user) => [emailKey(user.email), user]));
  return {
    all,
    byId: async (userId) => byId.get(userId),
    byEmail: async (email) => byEmail.get(emailKey(email)),
  };
}

/** Looks up each person separately. */
export const oneByOne = (client: Pick<ArizeClient, "users">): People => ({
  byId: async (userId) => {
    try {
      return await client.users.get({ userId });
    } catch (error) {
      if (error instanceof NotFoundError) return undefined;
      throw error;
    }
  },
  byEmail: async (email) => (await client.users.findByEmail(email)) ?? undefined,
});

/** Finds the person of a change. A renewed invitation may change the ID. */
export async function findPerson(
  people: People,
  change: Change,
  userId: string | undefined,
): Promise<User | undefined> {
  if (change.kind === "create") return people.byEmail(change.email);
  const user = userId === undefined ? undefined : await people.byId(userId);
  return user ?? (change.kind === "renew" ? people.byEmail(change.email) : undefined);
}

/** Whether the person is read before the change: always, except for a create that was never sent, and for new people. */
export function readsPerson(change: Change, recorder: Recorder): boolean {
  if (change.kind === "create") return recorder.isOpen(change);
  return change.kind === "renew" || !recorder.isNewcomer(change.email);
}
