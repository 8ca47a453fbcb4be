/** Plans the changes for one person. `removals.ts` plans deletions. */
import { isEmailAddress, type User } from "../../index.ts";
import { isLikelyAddress } from "../formats/fields.ts";
import { shown } from "../formats/problems.ts";
import type { RosterMembership, RosterPerson } from "../formats/types.ts";
import { type NamedOrganization, roleText, seenOf } from "./account.ts";
import type { PlanSettings } from "./options.ts";
import { type Change, isInvitation, type TargetUser } from "./types.ts";

/** A change before it has its ID. */
export type Draft = Omit<Change, "id">;

/** Everything that planning one person needs, besides the person. */
export interface Context {
  readonly settings: PlanSettings;
  readonly organizations: ReadonlyMap<string, NamedOrganization | undefined>;
  /** Reports a problem of the roster. */
  readonly problem: (at: string, message: string) => void;
}

/** Plans everything except deletions from the account: see `planRemovals`. */
export function changesFor(person: RosterPerson, user: User | undefined, context: Context): Draft[] {
  const isLeaving = person.state === "absent" && user !== undefined;
  const drafts = isLeaving
    ? []
    : user
      ? ownChanges(person, user, context.settings)
      : newcomer(person, context);
  const isWanted = ({ kind }: Draft) => isInformation(kind) || context.settings.only.has(kind);
  // A new invitation sets the role again.
  const invitation = drafts.find((draft) => isInvitation(draft) && isWanted(draft));
  const accountRole = invitation?.to?.role ?? (user && roleText(user.role));
  if (accountRole !== undefined) drafts.push(...membershipChanges(person, user, accountRole, context));
  const wanted = drafts.filter(isWanted);
  if (wanted.length > 0 || isLeaving) return wanted;
  const leftOut = drafts.length > 0 ? { note: "has changes of kinds that this plan leaves out" } : {};
  return [{ ...restOf(person, user), ...leftOut }];
}

const isInformation = (kind: Draft["kind"]) =>
  kind === "unchanged" || kind === "unchangeable" || kind === "pending";

/** Used if nothing needs to change, or if `only` leaves out all changes. */
function restOf({ email }: RosterPerson, user: User | undefined): Draft {
  if (!user) return { kind: "unchanged", email, note: "not in the account" };
  const isActive = user.status === "active";
  return { kind: isActive ? "unchanged" : "pending", ...whoIs(user) };
}

/** The state of a person in the account. */
export const whoIs = (
  user: User,
): Pick<Change, "email" | "userId"> & { seen: NonNullable<Change["seen"]> } => ({
  email: user.email,
  userId: user.id,
  seen: seenOf(user),
});

function newcomer(person: RosterPerson, { settings, problem }: Context): Draft[] {
  const isCreated = person.state === "present" && settings.only.has("create");
  const isValid = isCreated ? isEmailAddress(person.email) : isLikelyAddress(person.email);
  if (!isValid) {
    const message = `must be an email address that the API accepts, since nobody in the account has ${shown(person.email)}`;
    problem(`${person.at}, email`, message);
  }
  if (!isCreated) return [];
  if (person.name === undefined) {
    problem(`${person.at}, name`, `is required to create ${person.email}`);
    return [];
  }
  const { name, role = "member", inviteMode = "email_link", isDeveloper } = person;
  const to = { name, role, inviteMode, ...(isDeveloper !== undefined && { isDeveloper }) };
  return [{ kind: "create", email: person.email, to }];
}

function ownChanges(person: RosterPerson, user: User, settings: PlanSettings): Draft[] {
  if (user.status === "expired") {
    if (person.state !== "present") return [];
    if (settings.renew && isEmailAddress(user.email)) return [renewal(person, user)];
    const hint = settings.renew ? "; the API does not accept the address for a new one" : " (see renew)";
    return [{ kind: "pending", ...whoIs(user), note: `the invitation has expired${hint}` }];
  }
  const drafts: Draft[] = [];
  const to = differences(person, user);
  if (Object.keys(to).length > 0) drafts.push({ kind: "update", ...whoIs(user), to });
  const role = roleText(user.role);
  if (person.role !== undefined && person.role !== role) {
    const note = `the role is ${role}, the roster says ${person.role}; the API cannot change it`;
    drafts.push({ kind: "unchangeable", ...whoIs(user), note });
  }
  return drafts;
}

function renewal(person: RosterPerson, user: User): Draft {
  const { name = user.name, role = roleText(user.role), inviteMode = "email_link" } = person;
  const { isDeveloper } = person;
  const to = { name, role, inviteMode, ...(isDeveloper !== undefined && { isDeveloper }) };
  return { kind: "renew", ...whoIs(user), to };
}

/** Names are compared trimmed. */
function differences({ name, isDeveloper }: RosterPerson, user: User): TargetUser {
  return {
    ...(name !== undefined && name !== user.name.trim() && { name }),
    ...(isDeveloper !== undefined && isDeveloper !== user.isDeveloper && { isDeveloper }),
  };
}

function membershipChanges(
  person: RosterPerson,
  user: User | undefined,
  accountRole: string,
  context: Context,
): Draft[] {
  const byOrganization = new Map<string, RosterMembership>();
  for (const membership of person.organizations) {
    const organization = context.organizations.get(membership.organization);
    // Unknown organizations have been reported for the whole roster.
    if (!organization || (!user && membership.state === "absent")) continue;
    const known = byOrganization.get(organization.id);
    if (known && disagree(known, membership)) {
      const message = `disagrees with ${known.at} about ${person.email} in ${organization.name}`;
      context.problem(`${membership.at}, organization`, message);
      // A row without a role agrees with each role.
    } else if (known?.role === undefined) byOrganization.set(organization.id, membership);
  }
  const who = user ? whoIs(user) : { email: person.email };
  return [...byOrganization.values()].map((membership) => {
    const organization = context.organizations.get(membership.organization);
    const change = membershipChange(membership, accountRole, person.email, context);
    return { ...who, ...change, ...(organization && { organization: { ...organization } }) };
  });
}

const disagree = (one: RosterMembership, other: RosterMembership): boolean =>
  one.state !== other.state ||
  (one.role !== undefined && other.role !== undefined && one.role !== other.role);

/** An account annotator can only be an annotator in an organization, and nobody else can be one. Custom roles are left to the API. */
const areCompatible = (role: string, accountRole: string): boolean =>
  [role, accountRole].some((name) => name.startsWith("custom:")) ||
  (role === "annotator") === (accountRole === "annotator");

function membershipChange(
  { at, role, state }: RosterMembership,
  accountRole: string,
  email: string,
  { problem }: Context,
): Pick<Draft, "kind" | "role"> {
  if (state === "absent") return { kind: "remove_member" };
  if (role !== undefined && !areCompatible(role, accountRole)) {
    const isAnnotator = accountRole === "annotator";
    const message = `${isAnnotator ? "must" : "cannot"} be annotator, since the account role of ${email} is ${accountRole}`;
    problem(`${at}, organization_role`, message);
  }
  return { kind: "ensure_member", role: role ?? (accountRole === "annotator" ? "annotator" : "member") };
}
