/** Converts rows to people: checks each value, and merges the rows of one person. */
import {
  developerField,
  emailField,
  emailKey,
  type Field,
  inviteModeField,
  isBlank,
  nameField,
  organizationRoleField,
  roleField,
  stateField,
  textField,
} from "./fields.ts";
import { Problems, shown } from "./problems.ts";
import type { RawRow, RawRows, Roster, RosterMembership, RosterPerson } from "./types.ts";

/** @throws {ValidationError} with everything that is wrong, by place and column. */
export function toRoster({ rows, blankRows }: RawRows, source: string): Roster {
  const problems = new Problems(source);
  const people = new Map<string, RosterPerson>();
  for (const raw of rows) {
    const row = readRow(raw, problems);
    if (row) addRow(people, row, problems);
  }
  problems.throwIfAny();
  return { people: [...people.values()], source, rows: rows.length, blankRows };
}

/** A row with valid values. */
interface Row {
  readonly at: string;
  readonly email: string;
  readonly own: Pick<RosterPerson, "name" | "role" | "inviteMode" | "isDeveloper">;
  readonly state: "present" | "absent";
  readonly memberships: RosterMembership[];
}

/** Undefined if the row has no valid address. Then `problems` has the reason. */
function readRow({ at, values }: RawRow, problems: Problems): Row | undefined {
  const read = <T>(column: string, field: (value: unknown) => Field<T>): T | undefined => {
    const value = values.get(column);
    if (isBlank(value)) return undefined;
    const result = field(value);
    if ("value" in result) return result.value;
    problems.add(`${at}, ${column}`, result.wrong);
    return undefined;
  };
  const email = read("email", emailField);
  if (isBlank(values.get("email"))) problems.add(`${at}, email`, "is required, since the row is not blank");
  const name = read("name", nameField);
  const role = read("role", roleField);
  const inviteMode = read("invite_mode", inviteModeField);
  const isDeveloper = read("developer", developerField);
  const state = read("state", stateField) ?? "present";
  const organization = read("organization", textField);
  const organizationRole = read("organization_role", organizationRoleField);
  const memberships = membershipsIn({ at, values }, state, problems);
  if (organization !== undefined) {
    if (memberships.length > 0) problems.add(`${at}, organizations`, "cannot be combined with organization");
    memberships.push({ organization, ...(organizationRole && { role: organizationRole }), state, at });
  } else if (organizationRole !== undefined) {
    problems.add(`${at}, organization_role`, "requires an organization");
  }
  if (email === undefined) return undefined;
  const own = {
    ...(name !== undefined && { name }),
    ...(role !== undefined && { role }),
    ...(inviteMode !== undefined && { inviteMode }),
    ...(isDeveloper !== undefined && { isDeveloper }),
  };
  return { at, email, own, state, memberships };
}

/** The memberships in the column `organizations`, which only documents and arrays can have. */
function membershipsIn(
  { at, values }: RawRow,
  state: "present" | "absent",
  problems: Problems,
): RosterMembership[] {
  const list = values.get("organizations");
  if (isBlank(list)) return [];
  if (!Array.isArray(list)) {
    problems.add(`${at}, organizations`, `must be a list, received ${shown(list)}`);
    return [];
  }
  return list.flatMap((item: unknown, index) => {
    const place = `${at}, organizations[${index}]`;
    if (typeof item !== "object" || item === null || Array.isArray(item)) {
      problems.add(place, `must be { organization, role }, received ${shown(item)}`);
      return [];
    }
    return membershipIn(item, place, at, state, problems);
  });
}

function membershipIn(
  item: object,
  place: string,
  at: string,
  state: "present" | "absent",
  problems: Problems,
): RosterMembership[] {
  const { organization, role, ...others } = item as Record<string, unknown>;
  for (const name of Object.keys(others)) {
    problems.add(place, `has an unknown column ${shown(name)}; expected organization, role`);
  }
  if (isBlank(organization)) {
    problems.add(`${place}.organization`, "is required");
    return [];
  }
  const named = textField(organization);
  const given = isBlank(role) ? undefined : organizationRoleField(role);
  if ("wrong" in named) problems.add(`${place}.organization`, named.wrong);
  if (given && "wrong" in given) problems.add(`${place}.role`, given.wrong);
  if ("wrong" in named || (given && "wrong" in given)) return [];
  return [{ organization: named.value, ...(given && { role: given.value }), state, at }];
}

function addRow(people: Map<string, RosterPerson>, row: Row, problems: Problems): void {
  const key = emailKey(row.email);
  const person = people.get(key) ?? { email: row.email, organizations: [], at: row.at };
  people.set(key, person);
  const differ = (column: string, one: unknown, other: unknown) =>
    problems.add(
      `${row.at}, ${column}`,
      `disagrees with ${person.at} about ${person.email}: ${shown(other)} instead of ${shown(one)}`,
    );
  mergeFields(person, row.own, differ);
  // A row that adds a membership requires the person. A row that ends a membership says nothing about the account.
  const state = row.memberships.length === 0 || row.state === "present" ? row.state : undefined;
  if (person.state && state && person.state !== state) differ("state", person.state, state);
  else if (state) person.state = state;
  for (const membership of row.memberships) addMembership(person, membership, differ);
}

type Differ = (column: string, one: unknown, other: unknown) => void;

const OWN_COLUMNS = {
  name: "name",
  role: "role",
  inviteMode: "invite_mode",
  isDeveloper: "developer",
} as const;

function mergeFields(person: RosterPerson, own: Row["own"], differ: Differ): void {
  for (const [field, column] of Object.entries(OWN_COLUMNS) as [keyof Row["own"], string][]) {
    const [before, now] = [person[field], own[field]];
    if (now === undefined) continue;
    if (before !== undefined && before !== now) differ(column, before, now);
    else Object.assign(person, { [field]: now });
  }
}

function addMembership(person: RosterPerson, membership: RosterMembership, differ: Differ): void {
  const known = person.organizations.find(({ organization }) => organization === membership.organization);
  if (!known) person.organizations.push(membership);
  else if (known.state !== membership.state) differ("state", known.state, membership.state);
  else if (known.role && membership.role && known.role !== membership.role) {
    differ("organization_role", known.role, membership.role);
  } else if (membership.role) known.role = membership.role;
}
