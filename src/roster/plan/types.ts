/**
 * The kind of a change. The last three are for information: nothing is sent for them.
 *
 * @example
 * import { type ChangeKind, planRoster } from "ax-users/roster";
 *
 * const only: ChangeKind[] = ["create", "update"];
 * console.log((await planRoster(client, [{ email: "ada@example.com" }], { only })).counts);
 */
export type ChangeKind =
  | "create"
  | "renew"
  | "update"
  | "ensure_member"
  | "remove_member"
  | "delete"
  | "unchanged"
  | "unchangeable"
  | "pending";

/** In the order of execution. */
export const WRITES = ["create", "renew", "update", "ensure_member", "remove_member", "delete"] as const;

/** All kinds, in the order of a plan. */
export const KINDS: readonly ChangeKind[] = [...WRITES, "unchanged", "unchangeable", "pending"];

/** Whether a change sends an invitation: a create, or a renewal of one that has expired. */
export const isInvitation = ({ kind }: { readonly kind: ChangeKind }): boolean =>
  kind === "create" || kind === "renew";

/**
 * The state of a person when the plan was made.
 *
 * @example
 * import { planRoster, type SeenUser } from "ax-users/roster";
 *
 * const describe = ({ name, status }: SeenUser) => `${name} is ${status}`;
 * const { changes } = await planRoster(client, [{ email: "ada@example.com", state: "absent" }]);
 * for (const { seen } of changes) if (seen) console.log(describe(seen));
 */
export interface SeenUser {
  /** `active`, `invited` or `expired`. */
  status: string;
  /** Display name. */
  name: string;
  /** The account role: `member`, `custom:<id>`. */
  role: string;
  /** Developer permissions. */
  isDeveloper: boolean;
}

/**
 * The state of a person after a change. A missing field does not change.
 *
 * @example
 * import { planRoster, type TargetUser } from "ax-users/roster";
 *
 * const describe = ({ name, inviteMode }: TargetUser) => `${name}, by ${inviteMode}`;
 * const { changes } = await planRoster(client, [{ email: "alan@example.com", name: "Alan" }]);
 * for (const { to } of changes) if (to) console.log(describe(to));
 */
export interface TargetUser {
  /** Display name. */
  name?: string;
  /** The account role: `member`, `custom:<id>`. */
  role?: string;
  /** How the person is invited. */
  inviteMode?: "email_link" | "none" | "temporary_password";
  /** Developer permissions. */
  isDeveloper?: boolean;
}

/**
 * One step for one person.
 *
 * @example
 * import { type Change, planRoster } from "ax-users/roster";
 *
 * const describe = ({ kind, email, note }: Change) => `${kind} ${email} ${note ?? ""}`;
 * console.log((await planRoster(client, [{ email: "ada@example.com" }])).changes.map(describe));
 */
export interface Change {
  /** A digest of kind, address, user ID and organization. If the same change is planned again, it has the same ID. */
  id: string;
  /** The kind of the change. */
  kind: ChangeKind;
  /** The person's address. */
  email: string;
  /** The person's ID. Missing if the change creates the person. */
  userId?: string;
  /** The person's state when the plan was made. Missing if the person was not in the account. */
  seen?: SeenUser;
  /** The new state, with `create`, `renew` and `update`. */
  to?: TargetUser;
  /** The organization, with `ensure_member` and `remove_member`. */
  organization?: {
    /** Global ID, opaque. */
    id: string;
    /** The name of the organization when the plan was made. */
    name: string;
  };
  /** The role in the organization, with `ensure_member`: `member`, `custom:<id>`. */
  role?: string;
  /** An explanation for people. */
  note?: string;
}

/**
 * The limits of a plan. They are checked when planning and again when applying.
 *
 * @example
 * import { type PlanLimits, planRoster } from "ax-users/roster";
 *
 * const describe = ({ maxRemovals }: PlanLimits) => `at most ${maxRemovals}`;
 * console.log(describe((await planRoster(client, [{ email: "ada@example.com" }])).limits));
 */
export interface PlanLimits {
  /** The most people to remove from the account: a number, or a percentage of all people. */
  maxRemovals: number | string;
  /** Addresses and `*@domain` patterns of people who are never removed. */
  protect: string[];
  /** Whether account admins may be removed. The last active admin is never removed. */
  removeAdmins: boolean;
}

/**
 * The result of {@link planRoster}: plain JSON that you can read, store and apply.
 *
 * @example
 * import { type Plan, planRoster } from "ax-users/roster";
 *
 * const plan: Plan = await planRoster(client, [{ email: "alan@example.com", name: "Alan Turing" }]);
 * console.log(JSON.stringify(plan, null, 2));
 */
export interface Plan {
  /** The version of this format. */
  version: 1;
  /** The address of the API. */
  baseUrl: string;
  /** Digests of the oldest users' IDs. They identify the account, in case another one has the same address. */
  account: string;
  /** The limits, checked when planning and again when applying. */
  limits: PlanLimits;
  /** When the plan was made, in RFC 3339. */
  createdAt: string;
  /** The number of changes of each kind. */
  counts: Record<ChangeKind, number>;
  /** The changes, in the order of execution. Changes for information come last. */
  changes: Change[];
  /** Notes for people: what the plan cannot know. */
  notes: string[];
  /** A digest of everything above. An edited plan is refused. */
  digest: string;
}
