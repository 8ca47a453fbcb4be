import { wireUser } from "../helpers/server.ts";
import { WALL_START } from "../helpers/virtual-clock.ts";
import type { ModelAnswer, ModelRequest } from "./model-http.ts";
import { ModelOrganizations, type OrganizationChange } from "./model-organizations.ts";

const NOT_FOUND: ModelAnswer = { status: 404, body: { title: "Resource not found", status: 404 } };

/** A user as the model keeps it. */
export interface ModelUser {
  readonly id: string;
  readonly email: string;
  name: string;
  status: "active" | "invited" | "inactive";
  /** The call that made it; none for one who was there from the beginning. */
  readonly madeBy?: string;
  readonly temporaryPassword?: string;
  /** For one whom a call made. */
  readonly createdAt?: string;
}

/** Something that a call changed: `update u7`. */
interface Change {
  readonly call: string;
  readonly what: "create" | "update" | "delete" | "resend-invitation" | "reset-password" | OrganizationChange;
  /** Whom, or what, it changed. */
  readonly userId?: string;
  readonly organizationId?: string;
}

/** An account as the spec describes it, which remembers what each call did to it. */
export class ModelAccount {
  readonly users = new Map<string, ModelUser>();
  /** By the address in lower case, and by the call: the tests look these up very often. */
  readonly #usersByEmail = new Map<string, ModelUser[]>();
  readonly #changesByCall = new Map<string, Change[]>();
  readonly organizations = new ModelOrganizations(
    (call, what, organizationId) => this.#change({ call, what, organizationId }),
    (userId) => (this.users.get(userId)?.status ?? "inactive") !== "inactive",
  );

  add(user: Pick<ModelUser, "email" | "status">): ModelUser {
    return this.#keep({ id: `u${this.users.size + 1}`, name: "Somebody", ...user });
  }

  /** What a call changed: of one kind, where that is named. */
  changesOf(call: string, what?: Change["what"]): Change[] {
    const changes = this.#changesByCall.get(call) ?? [];
    return changes.filter((change) => !what || change.what === what);
  }

  withEmail(email: string): ModelUser[] {
    return this.#usersByEmail.get(email.toLowerCase()) ?? [];
  }

  handle(request: ModelRequest): ModelAnswer {
    if (request.path.startsWith("/v2/organizations")) return this.organizations.handle(request);
    const [, userId = "", action] = /^\/v2\/users(?:\/([^/]+))?(?:\/([^/]+))?$/.exec(request.path) ?? [];
    if (userId === "") return request.method === "GET" ? this.#list(request) : this.#create(request);
    const user = this.users.get(userId);
    if (!user || (user.status === "inactive" && request.method !== "DELETE")) return NOT_FOUND;
    if (action !== undefined) return this.#mail(request, user, action);
    if (request.method === "GET") return { status: 200, body: toWire(user) };
    if (request.method === "DELETE") return this.#delete(request, user);
    user.name = JSON.parse(request.body).name;
    this.#change({ call: request.call, what: "update", userId });
    return { status: 200, body: toWire(user) };
  }

  #list({ query }: ModelRequest): ModelAnswer {
    const part = query.get("email")?.toLowerCase() ?? "";
    const all = [...this.users.values()].filter(
      ({ email, status }) => status !== "inactive" && (part === "" || email.toLowerCase().includes(part)),
    );
    const from = Number(query.get("cursor") ?? 0);
    const to = from + Number(query.get("limit") ?? 50);
    const more = to < all.length;
    const pagination = { has_more: more, ...(more && { next_cursor: String(to) }) };
    return { status: 200, body: { users: all.slice(from, to).map(toWire), pagination } };
  }

  #create({ call, body }: ModelRequest): ModelAnswer {
    const { name, email, invite_mode } = JSON.parse(body);
    const [known] = this.withEmail(email);
    if (known?.status === "invited") return { status: 200, body: toWire(known) };
    if (known) return { status: 409, body: { title: "Resource conflict", status: 409 } };
    const id = `u${this.users.size + 1}`;
    const user = this.#keep({
      id,
      name,
      email,
      status: invite_mode === "none" ? "active" : "invited",
      madeBy: call,
      // Not before a virtual clock begins, by which a client goes where a response has no date.
      createdAt: new Date(Math.max(Date.now(), WALL_START)).toISOString(),
      ...(invite_mode === "temporary_password" && { temporaryPassword: `password of ${id}` }),
    });
    this.#change({ call, what: "create", userId: id });
    const password = user.temporaryPassword && { temporary_password: user.temporaryPassword };
    return { status: 201, body: { ...toWire(user), invite_mode, ...password } };
  }

  #delete({ call }: ModelRequest, user: ModelUser): ModelAnswer {
    if (user.status !== "inactive") this.#change({ call, what: "delete", userId: user.id });
    user.status = "inactive";
    return { status: 204 };
  }

  #mail({ call }: ModelRequest, { id, status }: ModelUser, action: string): ModelAnswer {
    const what = action === "reset-password" ? action : "resend-invitation";
    if (status !== (what === "reset-password" ? "active" : "invited")) return { status: 400 };
    this.#change({ call, what, userId: id });
    return { status: 204 };
  }

  #change(change: Change): void {
    this.#changesByCall.set(change.call, [...(this.#changesByCall.get(change.call) ?? []), change]);
  }

  #keep(user: ModelUser): ModelUser {
    this.users.set(user.id, user);
    this.#usersByEmail.set(user.email.toLowerCase(), [...this.withEmail(user.email), user]);
    return user;
  }
}

const toWire = ({ id, name, email, status, createdAt }: ModelUser) =>
  wireUser({ id, name, email, status, ...(createdAt !== undefined && { created_at: createdAt }) });
