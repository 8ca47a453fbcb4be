import { hideKeysIn } from "../../errors/redaction/hide-keys-in.ts";
import { contextOf } from "../../facade/client-registry.ts";
import type { AmbiguousMatchError, ArizeClient, ValidationError } from "../../index.ts";
import { emailKey } from "../formats/fields.ts";
import { rosterOf } from "../formats/parse.ts";
import { Problems } from "../formats/problems.ts";
import type { Roster, RosterRow } from "../formats/types.ts";
import { type Account, readAccount, readOrganizations } from "./account.ts";
import { changesFor, type Draft } from "./changes.ts";
import { accountDigest, changeId, planDigest } from "./digest.ts";
import { type PlanOptions, type PlanSettings, readPlanOptions } from "./options.ts";
import { planRemovals } from "./removals.ts";
import { type Change, type ChangeKind, KINDS, type Plan } from "./types.ts";

const NO_MEMBER_LIST =
  "The API does not list the members of an organization. So memberships that are missing from the roster are not " +
  "removed, and memberships in the roster are set each time.";

/**
 * Compares a roster with the account, and returns the changes that would make the account match the roster. Sends only GET
 * requests: it reads the whole list of users, and the organizations in the roster. People who are not in the roster do not
 * change unless `removeAbsent` is true. Requires the `USER_READ` permission.
 * @throws a {@link ValidationError} with everything in the roster that cannot be planned: an unknown or ambiguous organization,
 * or a new person without a name or with an address that the API does not accept.
 * @throws a {@link PlanRefusedError} if the plan would break a limit.
 * @throws an {@link AmbiguousMatchError} if two users of the account have one address.
 * @example
 * import { planRoster } from "ax-users/roster";
 *
 * const plan = await planRoster(client, [
 *   { email: "alan@example.com", name: "Alan Turing", organization: "Data Ops" },
 *   { email: "grace@example.com", state: "absent" },
 * ]);
 * console.log(plan.counts); // create: 1, ensure_member: 1, delete: 1
 */
export async function planRoster(
  client: ArizeClient,
  roster: Roster | readonly RosterRow[],
  options: PlanOptions = {},
): Promise<Plan> {
  const { settings, hideKeys } = contextOf(client, "planRoster");
  try {
    return await makePlan(client, settings.baseUrl, roster, options);
  } catch (error) {
    throw hideKeysIn(error, hideKeys, options?.signal?.reason);
  }
}

async function makePlan(
  client: ArizeClient,
  baseUrl: string,
  roster: Roster | readonly RosterRow[],
  options: PlanOptions,
): Promise<Plan> {
  const settings = readPlanOptions(options);
  const people = rosterOf(roster);
  const account = await readAccount(client, settings.signal);
  const drafts = await draftChanges(client, people, account, settings);
  drafts.push(...planRemovals(people, account, settings));
  const changes = inOrder(drafts).map((draft): Change => ({ id: changeId(draft), ...draft }));
  const leaving = new Set(changes.filter(({ kind }) => kind === "delete").map(({ userId }) => userId));
  const staying = account.users.filter(({ id }) => !leaving.has(id)).map(({ id }) => id);
  const plan: Omit<Plan, "digest"> = {
    version: 1,
    baseUrl,
    account: accountDigest(staying),
    limits: settings.limits,
    createdAt: new Date().toISOString(),
    counts: countsOf(changes),
    changes,
    notes: changes.some(({ organization }) => organization) || settings.removeAbsent ? [NO_MEMBER_LIST] : [],
  };
  return { ...plan, digest: planDigest(plan) };
}

async function draftChanges(
  client: ArizeClient,
  { people, source }: Roster,
  account: Account,
  settings: PlanSettings,
): Promise<Draft[]> {
  const named = people.flatMap((person) => person.organizations);
  const references = new Set(named.map(({ organization }) => organization));
  const problems = new Problems(source);
  const problem = (at: string, message: string) => problems.add(at, message);
  const { found: organizations, wrong } = await readOrganizations(client, references, settings.signal);
  for (const { organization, at } of named) {
    const message = wrong.get(organization);
    if (message !== undefined) problem(`${at}, organization`, message);
  }
  const drafts = people.flatMap((person) => {
    const user = account.byEmail.get(emailKey(person.email));
    return changesFor(person, user, { settings, organizations, problem });
  });
  problems.throwIfAny();
  return drafts;
}

/** Orders changes by kind. Within a kind, keeps the order of the roster; deletions are ordered by age. */
function inOrder(drafts: readonly Draft[]): Draft[] {
  const place = new Map(KINDS.map((kind, index) => [kind, index]));
  // Creates and renewals are one step, in the order of the roster.
  place.set("renew", place.get("create") ?? 0);
  return drafts.toSorted((one, other) => (place.get(one.kind) ?? 0) - (place.get(other.kind) ?? 0));
}

function countsOf(changes: readonly Change[]): Record<ChangeKind, number> {
  const counts = Object.fromEntries(KINDS.map((kind) => [kind, 0])) as Record<ChangeKind, number>;
  for (const { kind } of changes) counts[kind] += 1;
  return counts;
}
