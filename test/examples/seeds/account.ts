import type { Sandbox, SandboxMail, SandboxOrganization, SandboxUser } from "ax-users/testing";
import { expect } from "vitest";

/** All that a sandbox holds. */
export interface Account {
  users: SandboxUser[];
  removed: SandboxUser[];
  organizations: SandboxOrganization[];
  mails: SandboxMail[];
}

export const accountOf = (sandbox: Sandbox): Account => ({
  users: sandbox.users(),
  removed: sandbox.removedUsers(),
  organizations: sandbox.organizations(),
  mails: [...sandbox.mails],
});

/** A change of an account, as it should come about. */
export type Change = (account: Account) => void;

/** The ID that the sandbox gives to the next user, where it has so many. */
export const userId = (number: number): string => btoa(`User:${number}`);

export const added =
  (user: Partial<SandboxUser>): Change =>
  ({ users }) => {
    users.push({
      id: userId(users.length + 1),
      name: "",
      email: "",
      status: "invited",
      role: { type: "predefined", name: "member" },
      isDeveloper: true,
      createdAt: expect.any(String),
      ...user,
    });
  };

export const updated =
  (id: string, fields: Partial<SandboxUser>): Change =>
  ({ users }) => {
    Object.assign(find(users, id), fields);
  };

/** Removed users are in nobody's organization any more. */
export const removed =
  (id: string): Change =>
  (account) => {
    account.removed.push({ ...find(account.users, id), status: "inactive" });
    account.users = account.users.filter((user) => user.id !== id);
    for (const organization of account.organizations) {
      organization.members = organization.members.filter((member) => member.userId !== id);
    }
  };

export const mailed =
  (kind: SandboxMail["kind"], to: string): Change =>
  ({ users, mails }) => {
    const { id } = users.find(({ email }) => email === to) ?? { id: "nobody" };
    mails.push({ to, userId: id, kind });
  };

function find(users: SandboxUser[], id: string): SandboxUser {
  const user = users.find((one) => one.id === id);
  if (!user) throw new Error(`The account has no user ${id}.`);
  return user;
}
