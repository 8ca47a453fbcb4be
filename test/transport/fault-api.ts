import type { Answer } from "./fault-answer.ts";
import { Organizations } from "./fault-organizations.ts";

export interface ApiRequest {
  readonly method: string;
  readonly url: URL;
  readonly body: string;
}

interface StoredUser {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly created_at: string;
  readonly status: string;
  readonly role: { readonly type: string; readonly name: string };
  readonly is_developer: boolean;
}

const user = (number: number, name: string, status: string): StoredUser => ({
  id: `user-${number}`,
  name,
  email: `${name.toLowerCase()}@example.com`,
  created_at: "2026-01-01T00:00:00Z",
  status,
  role: { type: "predefined", name: "member" },
  is_developer: true,
});

/** Who is there at first. The one to invite is not. */
export const ACTIVE = user(1, "Ada", "active");
export const INVITED = user(2, "Bea", "invited");
export const EXPIRED = user(3, "Cyd", "expired");
export const NEW = { name: "Dee", email: "dee@example.com" };
export const PASSWORD = "once-and-never-again";

/** The little of the API that the matrix needs, and a count of what it did. */
export class Account {
  /** How often a request took effect: something made, changed or removed, or a mail sent on its own. */
  applied = 0;
  mails = 0;
  readonly #users = new Map<string, StoredUser>([ACTIVE, INVITED, EXPIRED].map((one) => [one.id, one]));
  readonly #organizations = new Organizations([ACTIVE.id], () => {
    this.applied += 1;
  });

  /** Does what the request asks for. */
  handle({ method, url, body }: ApiRequest): Answer {
    const [, , collection, id, action, member] = url.pathname.split("/");
    if (collection === "organizations") {
      return this.#organizations.handle(method, { id, member }, body === "" ? {} : JSON.parse(body));
    }
    if (id === undefined) return method === "GET" ? this.#list(url) : this.#create(JSON.parse(body));
    const known = this.#users.get(id);
    if (method === "DELETE") return this.#remove(id);
    if (!known) return { status: 404, body: { title: "Resource not found" } };
    if (method === "GET") return { status: 200, body: known };
    if (method === "PATCH") return { status: 200, body: this.#put({ ...known, ...JSON.parse(body) }) };
    return this.#mail(action === "resend-invitation" ? "invited" : "active", known);
  }

  #list({ searchParams }: URL): Answer {
    const part = searchParams.get("email") ?? "";
    const users = [...this.#users.values()].filter(({ email }) => email.includes(part));
    return { status: 200, body: { users, pagination: { has_more: false } } };
  }

  #create({ name, email, invite_mode: mode }: Record<string, string>): Answer {
    const known = [...this.#users.values()].find((one) => one.email === email);
    if (known?.status === "invited") return { status: 200, body: known };
    if (known || name === undefined) return { status: 409, body: { title: "Resource conflict" } };
    if (mode === "email_link") this.mails += 1;
    const made = this.#put(user(4, name, mode === "none" ? "active" : "invited"));
    const password = mode === "temporary_password" && { temporary_password: PASSWORD };
    return { status: 201, body: { ...made, invite_mode: mode, ...password } };
  }

  #put(changed: StoredUser): StoredUser {
    this.applied += 1;
    this.#users.set(changed.id, changed);
    return changed;
  }

  /** Removed for the second time is as good as for the first. */
  #remove(id: string): Answer {
    if (this.#users.delete(id)) this.applied += 1;
    return { status: 204 };
  }

  #mail(status: string, to: StoredUser): Answer {
    if (to.status !== status) return { status: 400, body: { title: "Invalid request parameters" } };
    this.applied += 1;
    this.mails += 1;
    return { status: 204 };
  }
}
