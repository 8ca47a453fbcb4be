import { badRequest, conflict, notFound } from "../http/problems.ts";
import { type Page, takePage } from "../paging.ts";
import { complaint } from "../require.ts";
import { isAnnotator, type Role } from "../role.ts";
import { nextCreationMs, timestamp } from "../seeds/creation.ts";
import { newIds } from "../seeds/ids.ts";
import type { SandboxMail } from "../types.ts";
import { emailKey } from "../vocabulary.ts";
import type { UserQuery } from "./list-query.ts";
import type { NewUser, UserChanges } from "./read-user.ts";
import type { SandboxUser } from "./types.ts";

/** A user as stored. */
export interface StoredUser extends Omit<SandboxUser, "createdAt"> {
  emailKey: string;
  createdAtMs: number;
}

/** The API's default for `isDeveloper`. */
export const isDeveloperByRole = (role: Role<string>): boolean => !isAnnotator(role);

/** The users of the account and the operations on them. A Rejection is thrown to reject a request. */
export class Users {
  readonly mails: SandboxMail[] = [];
  // Sorted by creation. A deleted user keeps its index, so that cursors remain valid.
  readonly #users: StoredUser[];
  readonly #byId: Map<string, StoredUser>;
  readonly #byEmail: Map<string, StoredUser>;
  readonly #newId: () => string;

  /** Takes ownership of the users, sorted by creation. */
  constructor(users: StoredUser[]) {
    this.#users = users;
    this.#byId = new Map(users.map((user) => [user.id, user]));
    this.#byEmail = new Map(users.map((user) => [user.emailKey, user]));
    this.#newId = newIds("User", users.length, (id) => this.#byId.has(id));
  }

  /** Returns copies in public form. */
  all(wanted: (status: SandboxUser["status"]) => boolean): SandboxUser[] {
    return this.#users.filter(({ status }) => wanted(status)).map(toSandboxUser);
  }

  list({ emailPart, statuses, ...query }: UserQuery): Page<StoredUser> {
    const isWanted = (user: StoredUser) =>
      statuses.includes(user.status) && user.emailKey.includes(emailPart);
    return takePage(this.#users, query, isWanted);
  }

  get(id: string): StoredUser {
    const user = this.#byId.get(id);
    if (!user || user.status === "inactive") throw notFound(id);
    return user;
  }

  /** `created` is false if the user was already invited. */
  create({ inviteMode, email, name, role, isDeveloper }: NewUser): { user: StoredUser; created: boolean } {
    const known = this.#byEmail.get(emailKey(email));
    if (known?.status === "invited") return { user: known, created: false };
    if (known && known.status !== "expired") throw conflict();
    const given = {
      name,
      role,
      isDeveloper: isDeveloper ?? isDeveloperByRole(role),
      status: inviteMode === "none" ? ("active" as const) : ("invited" as const),
    };
    const user = known ? Object.assign(known, given) : this.#add({ ...given, email });
    if (inviteMode === "email_link") this.#mail(user, "invitation");
    return { user, created: true };
  }

  update(id: string, changes: UserChanges): StoredUser {
    return Object.assign(this.get(id), changes);
  }

  remove(id: string): void {
    const user = this.#byId.get(id);
    if (!user) throw notFound(id);
    user.status = "inactive";
  }

  resendInvitation(id: string): void {
    const user = this.get(id);
    if (user.status !== "invited") throw badRequest("The user has no pending invitation.");
    this.#mail(user, "invitation");
  }

  resetPassword(id: string): void {
    const user = this.get(id);
    if (user.status !== "active") throw badRequest("The user is not verified yet.");
    this.#mail(user, "password_reset");
  }

  /** Changes a user in ways that the API does not offer. */
  change(id: string, changes: Partial<StoredUser>): SandboxUser {
    const user = this.#named(id, "a user", () => true);
    const { emailKey = user.emailKey, ...others } = changes;
    const owner = this.#byEmail.get(emailKey);
    if (owner && owner !== user)
      throw new TypeError(complaint("changes.email", "unique among the users", others.email));
    this.#byEmail.delete(user.emailKey);
    this.#byEmail.set(emailKey, user);
    return toSandboxUser(Object.assign(user, others, { emailKey }));
  }

  /** Accepts or expires a pending invitation. */
  endInvitation(id: string, status: "active" | "expired"): SandboxUser {
    const user = this.#named(id, "a user who is invited", (user) => user.status === "invited");
    return toSandboxUser(Object.assign(user, { status }));
  }

  #named(id: string, who: string, isMeant: (user: StoredUser) => boolean): StoredUser {
    const user = this.#byId.get(id);
    if (user && isMeant(user)) return user;
    throw new TypeError(complaint("id", `the ID of ${who}`, id));
  }

  #add(fields: Omit<StoredUser, "id" | "emailKey" | "createdAtMs">): StoredUser {
    const user = {
      ...fields,
      id: this.#newId(),
      emailKey: emailKey(fields.email),
      createdAtMs: nextCreationMs(this.#users),
    };
    this.#users.push(user);
    this.#byId.set(user.id, user);
    this.#byEmail.set(user.emailKey, user);
    return user;
  }

  #mail({ id, email }: StoredUser, kind: SandboxMail["kind"]): void {
    this.mails.push({ to: email, userId: id, kind });
  }
}

const toSandboxUser = ({ emailKey: _, createdAtMs, role, ...user }: StoredUser): SandboxUser => ({
  ...user,
  role: { ...role },
  createdAt: timestamp(createdAtMs),
});
