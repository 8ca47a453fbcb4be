import type { ModelAnswer, ModelRequest } from "./model-http.ts";

/** An organization as the model keeps it, also when it was deleted. */
export interface ModelOrganization {
  readonly id: string;
  name: string;
  isDeleted: boolean;
  /** The role of each member, by the user's ID. */
  readonly roles: Map<string, string>;
  /** The call that made it; none for one that was there from the beginning. */
  readonly madeBy?: string;
}

export type OrganizationChange =
  | "create organization"
  | "update organization"
  | "delete organization"
  | "add member"
  | "remove member";

const NOT_FOUND: ModelAnswer = { status: 404, body: { title: "Resource not found", status: 404 } };
const CONFLICT: ModelAnswer = { status: 409, body: { title: "Resource conflict", status: 409 } };

/** The organizations of an account as the spec describes them. */
export class ModelOrganizations {
  readonly #all = new Map<string, ModelOrganization>();
  readonly #onChange: (call: string, what: OrganizationChange, organizationId: string) => void;
  readonly #isUser: (userId: string) => boolean;

  constructor(
    onChange: (call: string, what: OrganizationChange, organizationId: string) => void,
    isUser: (userId: string) => boolean,
  ) {
    this.#onChange = onChange;
    this.#isUser = isUser;
  }

  add(organization: Pick<ModelOrganization, "name" | "madeBy">): ModelOrganization {
    const id = `o${this.#all.size + 1}`;
    const added: ModelOrganization = { ...organization, id, isDeleted: false, roles: new Map() };
    this.#all.set(id, added);
    return added;
  }

  named(name: string): ModelOrganization[] {
    return this.#there().filter((organization) => organization.name === name);
  }

  handle(request: ModelRequest): ModelAnswer {
    const [, , , id, , userId] = request.path.split("/");
    if (id === undefined) return request.method === "GET" ? this.#list(request) : this.#create(request);
    const organization = this.#all.get(id);
    if (!organization || organization.isDeleted) return NOT_FOUND;
    if (request.method === "GET") return { status: 200, body: toWire(organization) };
    if (request.method === "PATCH") return this.#update(request, organization);
    if (request.method === "POST") return this.#addMember(request, organization);
    return userId === undefined
      ? this.#delete(request, organization)
      : this.#removeMember(request, organization, userId);
  }

  #there(): ModelOrganization[] {
    return [...this.#all.values()].filter(({ isDeleted }) => !isDeleted);
  }

  /** All on one page. */
  #list({ query }: ModelRequest): ModelAnswer {
    const part = query.get("name")?.toLowerCase() ?? "";
    const found = this.#there().filter(({ name }) => name.toLowerCase().includes(part));
    return { status: 200, body: { organizations: found.map(toWire), pagination: { has_more: false } } };
  }

  #create({ call, body }: ModelRequest): ModelAnswer {
    const { name } = JSON.parse(body);
    if (this.named(name).length > 0) return CONFLICT;
    const made = this.add({ name, madeBy: call });
    this.#onChange(call, "create organization", made.id);
    return { status: 201, body: toWire(made) };
  }

  #update({ call, body }: ModelRequest, organization: ModelOrganization): ModelAnswer {
    organization.name = JSON.parse(body).name;
    this.#onChange(call, "update organization", organization.id);
    return { status: 200, body: toWire(organization) };
  }

  #delete({ call }: ModelRequest, organization: ModelOrganization): ModelAnswer {
    organization.isDeleted = true;
    this.#onChange(call, "delete organization", organization.id);
    return { status: 204 };
  }

  #addMember({ call, body }: ModelRequest, { id, roles }: ModelOrganization): ModelAnswer {
    const { user_id, role } = JSON.parse(body);
    if (!this.#isUser(user_id)) return NOT_FOUND;
    roles.set(user_id, role.name);
    this.#onChange(call, "add member", id);
    return { status: 200, body: { id: `m of ${user_id}`, user_id, organization_id: id, role } };
  }

  #removeMember({ call }: ModelRequest, { id, roles }: ModelOrganization, userId: string): ModelAnswer {
    if (!roles.delete(userId)) return NOT_FOUND;
    this.#onChange(call, "remove member", id);
    return { status: 204 };
  }
}

const toWire = ({ id, name }: ModelOrganization) => ({
  id,
  name,
  description: "",
  created_at: "2024-01-01T12:00:00Z",
});
