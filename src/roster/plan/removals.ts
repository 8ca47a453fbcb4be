/** Plans who is removed from the account, and who is kept. */
import type { User } from "../../index.ts";
import { emailKey } from "../formats/fields.ts";
import type { Roster, RosterPerson } from "../formats/types.ts";
import { type Account, roleText } from "./account.ts";
import { type Draft, whoIs } from "./changes.ts";
import { checkRemovals, isProtected } from "./limits.ts";
import type { PlanSettings } from "./options.ts";
import { PlanRefusedError } from "./refused.ts";
import type { PlanLimits } from "./types.ts";

/**
 * Plans a deletion, or a note, for everybody who is `absent` in the roster, or missing from it with `removeAbsent`.
 *
 * @throws {PlanRefusedError} if a limit is broken.
 */
export function planRemovals(roster: Roster, account: Account, settings: PlanSettings): Draft[] {
  const { limits, only } = settings;
  const unwanted = unwantedUsers(roster, account, settings);
  const lastAdmin = lastAdminAmong(unwanted, account, limits);
  const drafts: Draft[] = unwanted.map((user) => {
    const note = reasonToKeep(user, limits, lastAdmin);
    if (note !== undefined) return { kind: "unchanged", ...whoIs(user), note };
    if (!only.has("delete"))
      return { kind: "unchanged", ...whoIs(user), note: "kept: this plan leaves out deletions" };
    return { kind: "delete", ...whoIs(user) };
  });
  const removals = drafts.filter(({ kind }) => kind === "delete").length;
  if (removals === 0) return drafts;
  checkRoster(roster, account, removals);
  checkRemovals(limits, removals, account.users.length);
  return drafts;
}

function unwantedUsers(roster: Roster, account: Account, settings: PlanSettings): User[] {
  const named = new Map(roster.people.map((person) => [emailKey(person.email), person]));
  return account.users.filter((user) => {
    const person: RosterPerson | undefined = named.get(emailKey(user.email));
    return person ? person.state === "absent" : settings.removeAbsent && settings.only.has("delete");
  });
}

function reasonToKeep(user: User, limits: PlanLimits, lastAdmin: User | undefined): string | undefined {
  if (isProtected(user.email, limits.protect)) return "kept: protected";
  if (isAdmin(user) && !limits.removeAdmins) return "kept: an account admin (see removeAdmins)";
  return user === lastAdmin ? "kept: the last active account admin" : undefined;
}

/** The active admin to keep if the plan would remove all of them: the oldest. */
function lastAdminAmong(unwanted: readonly User[], account: Account, limits: PlanLimits): User | undefined {
  const isLeaving = new Set(unwanted.filter(({ email }) => !isProtected(email, limits.protect)));
  const admins = account.users.filter((user) => isAdmin(user) && user.status === "active");
  return admins.every((admin) => isLeaving.has(admin)) ? admins[0] : undefined;
}

const isAdmin = ({ role }: User): boolean => roleText(role) === "admin";

function checkRoster(roster: Roster, account: Account, removals: number): void {
  const people = account.users.length;
  if (roster.people.length === 0) {
    const message = `The roster is empty: it would remove ${removals} of ${people} people.`;
    throw new PlanRefusedError(message, "empty_roster", { removals, people });
  }
  if (roster.people.some(({ email }) => account.byEmail.has(emailKey(email)))) return;
  const message =
    `Nobody in the roster is in the account, and ${removals} of ${people} people would be removed: ` +
    "the roster may belong to another account.";
  throw new PlanRefusedError(message, "nobody_found", { removals, people });
}
