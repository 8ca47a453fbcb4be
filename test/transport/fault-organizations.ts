import type { Answer } from "./fault-answer.ts";

interface StoredOrganization {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly created_at: string;
}

/** The one that is there at first, and the one to make. */
export const DATA_OPS: StoredOrganization = {
  id: "organization-1",
  name: "Data Ops",
  description: "Pipelines",
  created_at: "2026-01-01T00:00:00Z",
};
export const NEW_ORGANIZATION = { name: "Search", description: "Ranking" };

const NOT_FOUND: Answer = { status: 404, body: { title: "Resource not found" } };
const CONFLICT: Answer = { status: 409, body: { title: "Resource conflict" } };

/** The organizations of the account, and who is in the first of them. What is removed twice is not found. */
export class Organizations {
  readonly #all = new Map([[DATA_OPS.id, DATA_OPS]]);
  readonly #members: Set<string>;
  readonly #onApplied: () => void;

  constructor(members: readonly string[], onApplied: () => void) {
    this.#members = new Set(members);
    this.#onApplied = onApplied;
  }

  handle(
    method: string,
    { id, member }: { id: string | undefined; member: string | undefined },
    fields: Record<string, string>,
  ): Answer {
    if (id === undefined) return method === "GET" ? this.#list() : this.#create(fields);
    const known = this.#all.get(id);
    if (!known) return NOT_FOUND;
    if (method === "GET") return { status: 200, body: known };
    if (method === "PATCH") return { status: 200, body: this.#put({ ...known, ...fields }) };
    if (method === "POST") return this.#add(id, fields);
    return this.#remove(member === undefined ? this.#all.delete(id) : this.#members.delete(member));
  }

  #list(): Answer {
    return { status: 200, body: { organizations: [...this.#all.values()], pagination: { has_more: false } } };
  }

  #create({ name = "", description = "" }: Record<string, string>): Answer {
    if ([...this.#all.values()].some((one) => one.name === name)) return CONFLICT;
    return { status: 201, body: this.#put({ ...DATA_OPS, id: "organization-2", name, description }) };
  }

  #put(changed: StoredOrganization): StoredOrganization {
    this.#onApplied();
    this.#all.set(changed.id, changed);
    return changed;
  }

  #add(id: string, { user_id: userId = "", role }: Record<string, string>): Answer {
    this.#onApplied();
    this.#members.add(userId);
    return { status: 200, body: { id: "membership-1", user_id: userId, organization_id: id, role } };
  }

  #remove(wasThere: boolean): Answer {
    if (!wasThere) return NOT_FOUND;
    this.#onApplied();
    return { status: 204 };
  }
}
