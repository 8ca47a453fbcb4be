import type { ListQuery } from "./list-query.ts";
import { badRequest, Refusal } from "./problems.ts";
import type { SandboxMail, SandboxRole, SandboxUser } from "./types.ts";
import type { NewUser, UserChanges } from "./validate-body.ts";
import { emailKey } from "./vocabulary.ts";

/** A user as the account keeps it. */
export interface StoredUser extends Omit<SandboxUser, "createdAt"> {
  emailKey: string;
  createdAtMs: number;
}

/** An ID in the API's form. */
export const toUserId = (number: number): string => Buffer.from(`User:${number}`).toString("base64");

/** What the API gives where a request says nothing. */
export const isDeveloperByRole = (role: SandboxRole): boolean =>
  role.type === "custom" || role.name !== "annotator";

/** RFC 3339 in UTC, without the fraction where it is zero, as the API's examples have it. */
export const timestamp = (ms: number): string => new Date(ms).toISOString().replace(".000Z", "Z");

/** The users of the account, and all that can be done to them. Refuses by throwing. */
export class Account {
  readonly mails: SandboxMail[] = [];
  // By creation. A deleted user stays in its place, so that a place never comes to mean another user.
  readonly #users: StoredUser[];
  readonly #byId: Map<string, StoredUser>;
  readonly #byEmail: Map<string, StoredUser>;
  #lastNumber: number;

  /** Takes the users over, sorted by creation. */
  constructor(users: StoredUser[]) {
    this.#users = users;
    this.#byId = new Map(users.map((user) => [user.id, user]));
    this.#byEmail = new Map(users.map((user) => [user.emailKey, user]));
    this.#lastNumber = users.length;
  }

  /** Copies, in the public form. */
  users(wanted: (status: SandboxUser["status"]) => boolean): SandboxUser[] {
    return this.#users.filter(({ status }) => wanted(status)).map(toSandboxUser);
  }

  /** A page, and where the next one begins if there is one. */
  list({ from, limit, emailPart, statuses }: ListQuery): { page: StoredUser[]; next?: number } {
    const page: StoredUser[] = [];
    let next = from;
    for (let place = from; place < this.#users.length; place += 1) {
      const user = this.#users[place];
      if (!user || !statuses.includes(user.status) || !user.emailKey.includes(emailPart)) continue;
      if (page.length === limit) return { page, next };
      page.push(user);
      next = place + 1;
    }
    return { page };
  }

  get(id: string): StoredUser {
    const user = this.#byId.get(id);
    if (!user || user.status === "inactive") throw notFound(id);
    return user;
  }

  /** `created` is false for the pending invitation that is there already. */
  create({ inviteMode, email, name, role, isDeveloper }: NewUser): { user: StoredUser; created: boolean } {
    const known = this.#byEmail.get(emailKey(email));
    if (known?.status === "invited") return { user: known, created: false };
    if (known && known.status !== "expired") {
      throw new Refusal(409, "A resource with the given identifier already exists.");
    }
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

  #add(fields: Omit<StoredUser, "id" | "emailKey" | "createdAtMs">): StoredUser {
    // A seed may lie in the future; the order of listing is that of creation all the same.
    const createdAtMs = Math.max(Date.now(), this.#users.at(-1)?.createdAtMs ?? 0);
    const user = { ...fields, id: this.#nextId(), emailKey: emailKey(fields.email), createdAtMs };
    this.#users.push(user);
    this.#byId.set(user.id, user);
    this.#byEmail.set(user.emailKey, user);
    return user;
  }

  #nextId(): string {
    do this.#lastNumber += 1;
    while (this.#byId.has(toUserId(this.#lastNumber)));
    return toUserId(this.#lastNumber);
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

const notFound = (id: string): Refusal =>
  new Refusal(404, `The requested resource with ID '${id}' was not found.`);
