import type * as models from "../../generated/models.gen.ts";
import type { GetUserParams } from "../users/types.ts";

/**
 * A role that every organization has.
 *
 * @example
 * import type { OrganizationRole } from "ax-users";
 *
 * const name: OrganizationRole = "read-only";
 * const role = { type: "predefined", name } as const;
 * await client.organizations.addUser({ organization: "Data Ops", user: "grace@example.com", role });
 */
export type OrganizationRole = models.OrganizationRole;

/**
 * A role as members have it: `{ type: "predefined", name }` or `{ type: "custom", id, name? }`.
 *
 * @example
 * import type { OrganizationRoleAssignment } from "ax-users";
 *
 * const params = { user: "grace@example.com", role: { type: "predefined", name: "member" } } as const;
 * const membership = await client.organizations.addUser({ organization: "Data Ops", ...params });
 * const role: OrganizationRoleAssignment = membership.role;
 * console.log(role.type === "custom" ? role.id : role.name);
 */
export type OrganizationRoleAssignment = models.OrganizationRoleAssignment;

/**
 * A role as it is given; that of a membership fits. The name of a custom role is not sent.
 *
 * @example
 * import type { OrganizationRoleInput } from "ax-users";
 *
 * const role: OrganizationRoleInput = { type: "predefined", name: "member" };
 * await client.organizations.addUser({ organization: "Data Ops", user: "grace@example.com", role });
 */
export type OrganizationRoleInput =
  | models.OrganizationRoleAssignmentRequest
  | models.OrganizationRoleAssignment;

/**
 * A part of the account that groups spaces, with members of its own.
 *
 * @example
 * import type { Organization } from "ax-users";
 *
 * const tell = ({ id, name, description }: Organization) => console.log(id, name, description);
 * for await (const organization of client.organizations.list()) tell(organization);
 */
export interface Organization extends models.Organization {
  /** Global ID, opaque. */
  id: string;
  /** Unique in the account. */
  name: string;
  /** Empty where there is none. */
  description: string;
  /** When the organization was created. */
  createdAt: Date;
}

/**
 * That a user belongs to an organization, and in what role.
 *
 * @example
 * import type { OrganizationMembership } from "ax-users";
 *
 * const tell = ({ userId, role }: OrganizationMembership) => console.log(userId, role.type);
 * const role = { type: "predefined", name: "member" } as const;
 * tell(await client.organizations.addUser({ organization: "Data Ops", user: "grace@example.com", role }));
 */
export interface OrganizationMembership extends models.OrganizationMembership {
  /** Global ID of the membership, opaque. */
  id: string;
  /** The member's user ID. */
  userId: string;
  /** The organization's ID. */
  organizationId: string;
  /** What the member may do in the organization. */
  role: OrganizationRoleAssignment;
}

/**
 * What {@link Organizations.list} takes; with nothing, all that the key can access.
 *
 * @example
 * import type { ListOrganizationsParams } from "ax-users";
 *
 * const params: ListOrganizationsParams = { name: "data", limit: 100 };
 * for await (const { name } of client.organizations.list(params)) console.log(name);
 */
export interface ListOrganizationsParams extends models.OrganizationsListQuery {
  /** Case-insensitive part of the name, 1 to 255 characters, not whitespace only. */
  name?: string | undefined;
  /** Most organizations on a page, 1 to 100. Default: 50. */
  limit?: number | undefined;
  /** The `nextCursor` of the page before. */
  cursor?: string | undefined;
}

/**
 * An organization: by ID or name, or by ID alone.
 *
 * @example
 * import type { OrganizationParams } from "ax-users";
 *
 * const params: OrganizationParams = { organization: "Data Ops" };
 * await client.organizations.get(params);
 */
export type OrganizationParams =
  | {
      /** An ID or a name. */
      organization: string;
      /** Not together with `organization`. */
      organizationId?: undefined;
    }
  | {
      /** The organization's ID. */
      organizationId: string;
      /** Not together with `organizationId`. */
      organization?: undefined;
    };

/**
 * What {@link Organizations.create} takes.
 *
 * @example
 * import type { CreateOrganizationParams } from "ax-users";
 *
 * const params: CreateOrganizationParams = { name: "Research", description: "Basic research" };
 * await client.organizations.create(params);
 */
export interface CreateOrganizationParams extends Omit<models.OrganizationCreate, "description"> {
  /** 1 to 255 characters without surrounding blanks, unique in the account. */
  name: string;
  /** At most 1,000 characters. Default: none. */
  description?: string | null | undefined;
}

interface OrganizationChanges extends Omit<models.OrganizationUpdate, "description"> {
  /** New name, 1 to 255 characters without surrounding blanks, unique in the account. */
  name?: string | undefined;
  /** New description, at most 1,000 characters. `null` or an empty one clears it. */
  description?: string | null | undefined;
}

/**
 * What {@link Organizations.update} takes: an organization, and at least one change.
 *
 * @example
 * import type { UpdateOrganizationParams } from "ax-users";
 *
 * const params: UpdateOrganizationParams = { organization: "Data Ops", description: null };
 * await client.organizations.update(params);
 */
export type UpdateOrganizationParams = OrganizationParams & OrganizationChanges;

/**
 * An organization, and a user by ID or address, or by ID alone: what {@link Organizations.removeUser} takes.
 *
 * @example
 * import type { OrganizationUserParams } from "ax-users";
 *
 * const params: OrganizationUserParams = { organization: "Data Ops", user: "ada@example.com" };
 * await client.organizations.removeUser(params);
 */
export type OrganizationUserParams = OrganizationParams & GetUserParams;

/**
 * What {@link Organizations.addUser} takes.
 *
 * @example
 * import type { AddOrganizationUserParams } from "ax-users";
 *
 * const params: AddOrganizationUserParams = {
 *   organization: "Data Ops",
 *   user: "grace@example.com",
 *   role: { type: "predefined", name: "member" },
 * };
 * await client.organizations.addUser(params);
 */
export type AddOrganizationUserParams = OrganizationUserParams & {
  /** What the user may do in the organization. */
  role: OrganizationRoleInput;
};
