import { badRequest, conflict, notFound } from "../http/problems.ts";
import { type Page, takePage } from "../paging.ts";
import { fitsAccountRole } from "../role.ts";
import { nextCreationMs, timestamp } from "../seeds/creation.ts";
import { newIds } from "../seeds/ids.ts";
import type { StoredUser } from "../users/users.ts";
import type { OrganizationQuery } from "./list-query.ts";
import type { NewOrganization, OrganizationChanges } from "./read-organization.ts";
import type { SandboxMember, SandboxOrganization, SandboxOrganizationRole } from "./types.ts";

/** An organization as stored. */
export interface StoredOrganization extends Omit<SandboxOrganization, "createdAt" | "members"> {
  createdAtMs: number;
  /** By user ID. */
  members: Map<string, SandboxMember>;
  isDeleted: boolean;
}

/** The organizations of the account and the operations on them. A Rejection is thrown to reject a request. */
export class Organizations {
  // Sorted by creation. A deleted organization keeps its index, so that cursors remain valid.
  readonly #organizations: StoredOrganization[];
  readonly #byId: Map<string, StoredOrganization>;
  readonly #newId: () => string;
  readonly #newMembershipId: () => string;

  /** Takes ownership of the organizations, sorted by creation. */
  constructor(organizations: StoredOrganization[]) {
    this.#organizations = organizations;
    this.#byId = new Map(organizations.map((organization) => [organization.id, organization]));
    this.#newId = newIds("Organization", organizations.length, (id) => this.#byId.has(id));
    const seeded = new Set(organizations.flatMap(membershipIds));
    this.#newMembershipId = newIds("AccountOrganizationMembership", seeded.size, (id) => seeded.has(id));
  }

  /** Returns copies in public form. */
  all(): SandboxOrganization[] {
    return this.#organizations.filter(({ isDeleted }) => !isDeleted).map(toSandboxOrganization);
  }

  list({ namePart, ...query }: OrganizationQuery): Page<StoredOrganization> {
    const isWanted = ({ isDeleted, name }: StoredOrganization) =>
      !isDeleted && name.toLowerCase().includes(namePart);
    return takePage(this.#organizations, query, isWanted);
  }

  get(id: string): StoredOrganization {
    const organization = this.#byId.get(id);
    if (!organization || organization.isDeleted) throw notFound(id);
    return organization;
  }

  create(given: NewOrganization): StoredOrganization {
    this.#requireUnused(given.name);
    const organization = {
      ...given,
      id: this.#newId(),
      createdAtMs: nextCreationMs(this.#organizations),
      members: new Map(),
      isDeleted: false,
    };
    this.#organizations.push(organization);
    this.#byId.set(organization.id, organization);
    return organization;
  }

  update(id: string, changes: OrganizationChanges): StoredOrganization {
    const organization = this.get(id);
    if (changes.name !== undefined) this.#requireUnused(changes.name, organization);
    return Object.assign(organization, changes);
  }

  remove(id: string): void {
    this.get(id).isDeleted = true;
  }

  /** An existing member keeps the membership ID and gets the new role. */
  addMember(id: string, user: StoredUser, role: SandboxOrganizationRole): SandboxMember {
    const { members } = this.get(id);
    if (!fitsAccountRole(role, user.role)) {
      throw badRequest("The organization role must be annotator if the account role is, and only then.");
    }
    const membershipId = members.get(user.id)?.membershipId ?? this.#newMembershipId();
    const member = { userId: user.id, role, membershipId };
    members.set(user.id, member);
    return member;
  }

  removeMember(id: string, userId: string): void {
    if (!this.get(id).members.delete(userId)) throw notFound(userId);
  }

  /** Ends all memberships of a user. */
  removeUser(userId: string): void {
    for (const { members } of this.#organizations) members.delete(userId);
  }

  /** Whether the organization roles of a user permit an account role. */
  permitAccountRole(userId: string, accountRole: StoredUser["role"]): boolean {
    return this.#organizations.every(({ isDeleted, members }) => {
      const member = isDeleted ? undefined : members.get(userId);
      return !member || fitsAccountRole(member.role, accountRole);
    });
  }

  #requireUnused(name: string, except?: StoredOrganization): void {
    const isTaken = (other: StoredOrganization) =>
      !other.isDeleted && other.name === name && other !== except;
    if (this.#organizations.some(isTaken)) throw conflict();
  }
}

const membershipIds = ({ members }: StoredOrganization): string[] =>
  [...members.values()].map(({ membershipId }) => membershipId);

const toSandboxOrganization = ({
  id,
  name,
  description,
  createdAtMs,
  members,
}: StoredOrganization): SandboxOrganization => ({
  id,
  name,
  description,
  createdAt: timestamp(createdAtMs),
  members: [...members.values()].map((member) => ({ ...member, role: { ...member.role } })),
});
