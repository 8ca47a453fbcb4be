/**
 * The format of a roster.
 *
 * @example
 * import { parseRoster, type RosterFormat } from "ax-users/roster";
 *
 * const format: RosterFormat = "jsonl";
 * console.log(await parseRoster('{ "email": "ada@example.com" }', { format }));
 */
export type RosterFormat = "csv" | "tsv" | "json" | "jsonl" | "yaml";

/**
 * One row of a roster. The properties are the columns. A person in several organizations has several rows, or one row with
 * `organizations`. An empty string, `null` and `undefined` count as blank.
 *
 * @example
 * import { planRoster, type RosterRow } from "ax-users/roster";
 *
 * const rows: RosterRow[] = [{ email: "alan@example.com", name: "Alan Turing", organization: "Data Ops" }];
 * console.log((await planRoster(client, rows)).counts);
 */
export interface RosterRow {
  /** Identifies the person. Case is ignored. */
  email: string;
  /** Display name. Required to create a person. A blank name changes nothing. */
  name?: string | null | undefined;
  /**
   * `admin`, `member`, `annotator` or `custom:<id>`. Only used to create a person or to renew an invitation. Default: `member`,
   * or for a renewal the role that the person has.
   */
  role?: string | null | undefined;
  /**
   * `email_link`, `none` or `temporary_password`. Only used to create a person or to renew an invitation. Default:
   * `email_link`.
   */
  invite_mode?: string | null | undefined;
  /** Whether the person has the developer permission. A blank value changes nothing. */
  developer?: boolean | string | null | undefined;
  /** The name or ID of an organization that the person is a member of. */
  organization?: string | null | undefined;
  /**
   * `admin`, `member`, `read-only`, `annotator` or `custom:<id>`. Default: `member`, or `annotator` for an annotator. It must be
   * `annotator` if and only if the account role is.
   */
  organization_role?: string | null | undefined;
  /** Several memberships in one row. Cannot be combined with `organization`. */
  organizations?:
    | readonly {
        /** The name or ID of the organization. */
        organization: string;
        /** As `organization_role`. */
        role?: string | null | undefined;
      }[]
    | null
    | undefined;
  /** `absent` removes the person: from the organization if the row has one, otherwise from the account. Default: `present`. */
  state?: "present" | "absent" | "" | null | undefined;
}

/**
 * What a roster says about one organization of a person.
 *
 * @example
 * import { parseRoster, type RosterMembership } from "ax-users/roster";
 *
 * const describe = ({ organization, state }: RosterMembership) => `${organization}: ${state}`;
 * const { people } = await parseRoster("email,organization\nada@example.com,Data Ops", { format: "csv" });
 * console.log(people[0]?.organizations.map(describe));
 */
export interface RosterMembership {
  /** A name or an ID, as the roster has it. */
  organization: string;
  /** The role in the organization: `member`, `custom:<id>`. */
  role?: string;
  /** Whether the person should be a member. */
  state: "present" | "absent";
  /** The place in the roster: `line 3`, `row 2`. */
  at: string;
}

/**
 * What a roster says about one person, from all of their rows.
 *
 * @example
 * import { parseRoster, type RosterPerson } from "ax-users/roster";
 *
 * const describe = ({ email, at }: RosterPerson) => `${email} (${at})`;
 * console.log((await parseRoster("email\nada@example.com", { format: "csv" })).people.map(describe));
 */
export interface RosterPerson {
  /** The first spelling in the roster, trimmed. */
  email: string;
  /** Trimmed display name. */
  name?: string;
  /** The account role: `member`, `custom:<id>`. */
  role?: string;
  /** How the person is invited. */
  inviteMode?: "email_link" | "none" | "temporary_password";
  /** Developer permissions. */
  isDeveloper?: boolean;
  /** Whether the person should be in the account. Undefined if all rows only end memberships. */
  state?: "present" | "absent";
  /** Memberships to add or end, one per organization. */
  organizations: RosterMembership[];
  /** The first place of the person in the roster: `line 3`, `row 2`. */
  at: string;
}

/**
 * A roster that has been read and checked: one entry per person.
 *
 * @example
 * import { planRoster, parseRoster, type Roster } from "ax-users/roster";
 *
 * const roster: Roster = await parseRoster("email,name\nalan@example.com,Alan Turing", { format: "csv" });
 * console.log((await planRoster(client, roster)).counts.create);
 */
export interface Roster {
  /** The people, in the order of the roster. */
  people: RosterPerson[];
  /** The file, for messages. */
  source: string;
  /** The number of rows that are not blank. */
  rows: number;
  /** The number of blank rows, which were skipped. */
  blankRows: number;
}

/** The columns of a table. Documents may also have `organizations`. */
export const COLUMNS = [
  "email",
  "name",
  "role",
  "invite_mode",
  "developer",
  "organization",
  "organization_role",
  "state",
] as const;

/** A row that is not blank, before its values are checked. */
export interface RawRow {
  /** `line 3`, `row 2`. */
  readonly at: string;
  readonly values: Pick<ReadonlyMap<string, unknown>, "get">;
}

/** The rows of a file, before their values are checked. */
export interface RawRows {
  readonly rows: readonly RawRow[];
  readonly blankRows: number;
}
