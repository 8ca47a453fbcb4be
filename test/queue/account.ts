/** 500 changes of every kind, the account that they are for, and what it has to be like afterwards. */
import { strict as assert } from "node:assert";
import type { PlanOptions, RosterRow } from "ax-users/roster";
import type {
  SandboxMail,
  SandboxOptions,
  SandboxOrganization,
  SandboxUser,
  SeedUser,
} from "ax-users/testing";

export interface Address {
  readonly baseUrl: string;
  readonly apiKey: string;
}

/** What is so on the server. */
export interface Account {
  readonly users: SandboxUser[];
  readonly removed: SandboxUser[];
  readonly organizations: SandboxOrganization[];
  readonly mails: SandboxMail[];
  readonly requests: { method: string; path: string; status: number | undefined }[];
}

const NEW = 100;
const NEW_MEMBERS = 50;
const EXPIRED = 50;
const RENAMED = 50;
const JOINING = 50;
const LEAVING_ORGANIZATION = 50;
const LEAVING = 150;

export const CHANGES = NEW + NEW_MEMBERS + EXPIRED + RENAMED + JOINING + LEAVING_ORGANIZATION + LEAVING;

const people = (name: string, count: number, more: Partial<SeedUser> = {}): SeedUser[] =>
  Array.from({ length: count }, (_, n) => ({
    ...{ id: `${name}-${n}`, email: `${name}-${n}@example.com`, name, ...more },
    role: { type: "predefined", name: "member" },
  }));

const expired = people("expired", EXPIRED, { status: "expired" });
const renamed = people("renamed", RENAMED);
const joining = people("joining", JOINING);
const outgoing = people("outgoing", LEAVING_ORGANIZATION);
const leaving = people("leaving", LEAVING);

export const SEEDS: SandboxOptions = {
  users: [
    { id: "root", email: "root@example.com", name: "Root", role: { type: "predefined", name: "admin" } },
    ...[...expired, ...renamed, ...joining, ...outgoing, ...leaving],
  ],
  organizations: [{ name: "Data Ops", members: outgoing.map(({ id = "" }) => ({ userId: id })) }],
  latencyMs: 20,
};

const organization = "Data Ops";

export const ROSTER: RosterRow[] = [
  ...people("new", NEW).map(({ email, name = "" }, n) => ({
    ...{ email, name, ...(n < NEW_MEMBERS && { organization }) },
  })),
  ...expired.map(({ email }) => ({ email })),
  ...renamed.map(({ email }) => ({ email, name: "Somebody Else" })),
  ...joining.map(({ email }) => ({ email, organization })),
  ...outgoing.map(({ email }) => ({ email, organization, state: "absent" as const })),
  ...leaving.map(({ email }) => ({ email, state: "absent" as const })),
];

export const PLANNING: PlanOptions = { renew: true, maxRemovals: LEAVING };

/** Nobody deleted twice, no mail twice, and everything as the roster has it. */
export function checkAccount({ users, removed, organizations, mails, requests }: Account): void {
  const deletions = requests.filter(
    ({ method, path }) => method === "DELETE" && /^\/v2\/users\/[^/]+$/.test(path),
  );
  const succeeded = deletions.filter(({ status }) => status !== undefined && status < 300);
  assertNoneTwice(
    succeeded.map(({ path }) => path),
    "deleted",
  );
  assert.deepEqual(sorted(removed.map(({ email }) => email)), sorted(leaving.map(({ email }) => email)));

  const invited = ROSTER.map(({ email }) => email).filter((email) => /^(new|expired)-/.test(email));
  assertNoneTwice(
    mails.map(({ to }) => to),
    "sent an email",
  );
  assert.deepEqual(sorted(mails.map(({ to }) => to)), sorted(invited));

  const byEmail = new Map(users.map((user) => [user.email, user]));
  assert.ok(invited.every((email) => byEmail.get(email)?.status === "invited"));
  assert.ok(renamed.every(({ email }) => byEmail.get(email)?.name === "Somebody Else"));
  const emails = new Map(users.map(({ id, email }) => [id, email]));
  const members = organizations[0]?.members.map(({ userId }) => emails.get(userId) ?? userId) ?? [];
  const joined = people("new", NEW_MEMBERS).concat(joining);
  assert.deepEqual(sorted(members), sorted(joined.map(({ email }) => email)));
}

const sorted = (values: readonly string[]): string[] => values.toSorted();

function assertNoneTwice(values: readonly string[], what: string): void {
  const twice = values.filter((value, index) => values.indexOf(value) !== index);
  assert.deepEqual(twice, [], `${what} twice: ${twice.join(", ")}`);
}
