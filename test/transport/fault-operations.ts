import type { Users } from "../../src/users/users.ts";
import { ACTIVE, EXPIRED, INVITED, NEW, PASSWORD } from "./fault-api.ts";

/** What a call says it did, or the error it ends with. */
export type Told = { readonly success: string } | { readonly failure: string; readonly error: unknown };

/** What matters about a call for what may follow a fault. */
export type Kind = "read" | "safe to repeat" | "create" | "create with a password" | "mail";

export interface Operation {
  /** As a table has it. */
  readonly name: string;
  readonly kind: Kind;
  run(users: Users): Promise<Told>;
}

/** A call that gives just this, where it says no more than that it succeeded. */
const call = <T>(
  name: string,
  kind: Kind,
  run: (users: Users) => Promise<T>,
  expected: NoInfer<T>,
): Operation => ({
  name,
  kind,
  async run(users) {
    const value = await run(users);
    if (JSON.stringify(value) !== JSON.stringify(expected)) throw new Error(`gives ${JSON.stringify(value)}`);
    return { success: "succeeds" };
  },
});

const create = (inviteMode: "email_link" | "temporary_password" | "none"): Operation => ({
  name: `\`create\`, \`${inviteMode}\``,
  kind: inviteMode === "temporary_password" ? "create with a password" : "create",
  async run(users) {
    const role = { type: "predefined", name: "member" } as const;
    const { email, outcome, temporaryPassword } = await users.create({ ...NEW, role, inviteMode });
    const password = inviteMode === "temporary_password" ? PASSWORD : undefined;
    if (email !== NEW.email) throw new Error(`gives ${email}`);
    if (outcome === "created" && temporaryPassword !== password) throw new Error("gives the wrong password");
    return { success: outcome };
  },
});

const bulkDelete: Operation = {
  name: "`bulkDelete`",
  kind: "safe to repeat",
  async run(users) {
    const [result] = await users.bulkDelete({ userIds: [ACTIVE.id] });
    if (result?.status === "failed") return { failure: "failed", error: result.cause };
    return { success: result?.status ?? "nothing" };
  },
};

const createMany: Operation = {
  name: "`createMany`",
  kind: "create",
  async run(users) {
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
const byMethod: Readonly<Record<keyof Users, readonly Operation[]>> = {
  list: [
    call("`list`", "read", async (users) => (await users.list()).data.map((user) => user.email), EMAILS),
  ],
  get: [
    call("`get` by ID", "read", (users) => emailOf(users.get({ user: userId })), email),
    call("`get` by email", "read", (users) => emailOf(users.get({ user: email })), email),
  ],
  findByEmail: [call("`findByEmail`", "read", (users) => emailOf(users.findByEmail(email)), email)],
  findByEmails: [
    call("`findByEmails`", "read", async (users) => [...(await users.findByEmails(EMAILS)).keys()], EMAILS),
  ],
  update: [
    call(
      "`update`",
      "safe to repeat",
      async (users) => (await users.update({ userId, name: "Ada L." })).name,
      "Ada L.",
    ),
  ],
  delete: [call("`delete`", "safe to repeat", (users) => users.delete({ userId }), undefined)],
  bulkDelete: [bulkDelete],
  create: [create("email_link"), create("none"), create("temporary_password")],
  createMany: [createMany],
  resendInvitation: [
    call("`resendInvitation`", "mail", (users) => users.resendInvitation({ userId: INVITED.id }), undefined),
  ],
  resetPassword: [call("`resetPassword`", "mail", (users) => users.resetPassword({ userId }), undefined)],
};

export const operations: readonly Operation[] = Object.values(byMethod).flat();
