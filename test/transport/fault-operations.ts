import type { Organizations, Users } from "ax-users";
import { ACTIVE, EXPIRED, INVITED, NEW, PASSWORD } from "./fault-api.ts";
import { DATA_OPS, NEW_ORGANIZATION } from "./fault-organizations.ts";

/** What a call says it did, or the error it ends with. */
export type Told = { readonly success: string } | { readonly failure: string; readonly error: unknown };

/** What matters about a call for what may follow a fault. */
export type Kind = "read" | "safe to repeat" | "by name" | "create" | "create once" | "mail";

/** The methods of a client. */
interface Methods {
  readonly users: Users;
  readonly organizations: Organizations;
}

export interface Operation {
  /** As a table has it. */
  readonly name: string;
  readonly kind: Kind;
  /** What it goes by together with others that fare the same. */
  readonly group?: string;
  run(methods: Methods): Promise<Told>;
}

/** A call that gives just this, where it says no more than that it succeeded. */
const call = <T>(
  name: string,
  kind: Kind,
  run: (methods: Methods) => Promise<T>,
  expected: NoInfer<T>,
): Operation => ({
  name,
  kind,
  ...(kind === "read" && { group: "Reads" }),
  async run(methods) {
    const value = await run(methods);
    if (JSON.stringify(value) !== JSON.stringify(expected)) throw new Error(`gives ${JSON.stringify(value)}`);
    return { success: "succeeds" };
  },
});

const create = (inviteMode: "email_link" | "temporary_password" | "none"): Operation => ({
  name: `\`create\`, \`${inviteMode}\``,
  kind: inviteMode === "temporary_password" ? "create once" : "create",
  async run({ users }) {
    const role = { type: "predefined", name: "member" } as const;
    const { email, outcome, temporaryPassword } = await users.create({ ...NEW, role, inviteMode });
    const password = inviteMode === "temporary_password" ? PASSWORD : undefined;
    if (email !== NEW.email) throw new Error(`gives ${email}`);
    if (outcome === "created" && temporaryPassword !== password) throw new Error("gives the wrong password");
    return { success: outcome };
  },
});

type BulkResult = { readonly status: string; readonly cause?: unknown };

/** A bulk call with one target. */
const bulk = (
  name: string,
  kind: Kind,
  run: (methods: Methods) => Promise<readonly BulkResult[]>,
): Operation => ({
  name: `\`${name}\``,
  kind,
  async run(methods) {
    const [result] = await run(methods);
    if (result?.status === "failed") return { failure: "failed", error: result.cause };
    return { success: result?.status ?? "nothing" };
  },
});

const createMany: Operation = {
  name: "`createMany`",
  kind: "create",
  async run({ users }) {
    const role = { type: "predefined", name: "member" } as const;
    const [result] = await users.createMany({ users: [{ ...NEW, role, inviteMode: "email_link" }] });
    if (!result) throw new Error("gives no result");
    if (result.status === "failed") return { failure: "failed", error: result.cause };
    return { success: result.user.outcome };
  },
};

const EMAILS = [ACTIVE, INVITED, EXPIRED].map(({ email }) => email);
const { id: userId, email } = ACTIVE;
const emailOf = async (user: Promise<{ email: string } | null>) => (await user)?.email;

/** Every method that sends requests; complete by its type. */
const ofUsers: Readonly<Record<keyof Users, readonly Operation[]>> = {
  list: [
    call("`list`", "read", async ({ users }) => (await users.list()).data.map((user) => user.email), EMAILS),
  ],
  get: [
    call("`get` by ID", "read", ({ users }) => emailOf(users.get({ user: userId })), email),
    call("`get` by email", "read", ({ users }) => emailOf(users.get({ user: email })), email),
  ],
  findByEmail: [call("`findByEmail`", "read", ({ users }) => emailOf(users.findByEmail(email)), email)],
  findByEmails: [
    call(
      "`findByEmails`",
      "read",
      async ({ users }) => [...(await users.findByEmails(EMAILS)).keys()],
      EMAILS,
    ),
  ],
  update: [
    call(
      "`update`",
      "safe to repeat",
      async ({ users }) => (await users.update({ userId, name: "Ada L." })).name,
      "Ada L.",
    ),
  ],
  delete: [call("`delete`", "safe to repeat", ({ users }) => users.delete({ userId }), undefined)],
  updateMany: [
    bulk("updateMany", "safe to repeat", ({ users }) =>
      users.updateMany({ users: [{ userId, name: "Ada L." }] }),
    ),
  ],
  bulkDelete: [bulk("bulkDelete", "safe to repeat", ({ users }) => users.bulkDelete({ userIds: [userId] }))],
  create: [create("email_link"), create("none"), create("temporary_password")],
  createMany: [createMany],
  resendInvitation: [
    call(
      "`resendInvitation`",
      "mail",
      ({ users }) => users.resendInvitation({ userId: INVITED.id }),
      undefined,
    ),
  ],
  resetPassword: [call("`resetPassword`", "mail", ({ users }) => users.resetPassword({ userId }), undefined)],
};

const { id: organizationId, name: organization } = DATA_OPS;

/** How a call names an organization, and a user with it. */
const NAMINGS = [
  { by: "by ID", kind: "safe to repeat", whole: { organizationId }, member: { organizationId, userId } },
  { by: "by name", kind: "by name", whole: { organization }, member: { organization, user: email } },
] as const;

/** A change of an organization, in either way of naming it. */
const change = <T>(
  method: keyof Organizations,
  run: (organizations: Organizations, naming: (typeof NAMINGS)[number]) => Promise<T>,
  expected: NoInfer<T>,
): Operation[] =>
  NAMINGS.map((naming) => ({
    ...call(
      `\`organizations.${method}\` ${naming.by}`,
      naming.kind,
      ({ organizations }) => run(organizations, naming),
      expected,
    ),
    group: `organizations ${naming.by}`,
  }));

const role = { type: "predefined", name: "read-only" } as const;

/** Likewise. */
const ofOrganizations: Readonly<Record<keyof Organizations, readonly Operation[]>> = {
  list: [
    call(
      "`organizations.list`",
      "read",
      async ({ organizations }) => (await organizations.list()).data.map(({ name }) => name),
      [organization],
    ),
  ],
  get: NAMINGS.map(({ by, whole }) =>
    call(
      `\`organizations.get\` ${by}`,
      "read",
      async ({ organizations }) => (await organizations.get(whole)).id,
      organizationId,
    ),
  ),
  create: [
    call(
      "`organizations.create`",
      "create once",
      async ({ organizations }) => (await organizations.create(NEW_ORGANIZATION)).name,
      NEW_ORGANIZATION.name,
    ),
  ],
  update: change(
    "update",
    async (organizations, { whole }) => (await organizations.update({ ...whole, name: "Ops" })).name,
    "Ops",
  ),
  delete: change("delete", (organizations, { whole }) => organizations.delete(whole), undefined),
  addUser: change(
    "addUser",
    async (organizations, { member }) => (await organizations.addUser({ ...member, role })).userId,
    userId,
  ),
  removeUser: change(
    "removeUser",
    (organizations, { member }) => organizations.removeUser(member),
    undefined,
  ),
  addUsers: [
    bulk("organizations.addUsers", "by name", ({ organizations }) =>
      organizations.addUsers({ organization, users: [{ userId, role }] }),
    ),
  ],
  removeUsers: [
    bulk("organizations.removeUsers", "by name", ({ organizations }) =>
      organizations.removeUsers({ organization, users: [userId] }),
    ),
  ],
};

export const operations: readonly Operation[] = [ofUsers, ofOrganizations].flatMap((byMethod) =>
  Object.values(byMethod).flat(),
);
