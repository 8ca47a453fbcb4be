/**
 * A role in an organization, with the values of the alpha dialect.
 *
 * @example
 * import { type SandboxOrganizationRole, startSandbox } from "ax-users/testing";
 *
 * const role: SandboxOrganizationRole = { type: "predefined", name: "read-only" };
 * const organizations = [{ name: "Research", members: [{ userId: "u1", role }] }];
 * const sandbox = await startSandbox({ users: [{ id: "u1", email: "ada@example.com" }], organizations });
 * console.log(sandbox.organizations()[0]?.members);
 * await sandbox.close();
 */
export type SandboxOrganizationRole =
  | {
      /** A predefined role. */
      type: "predefined";
      /** The name of the role. */
      name: "admin" | "member" | "read-only" | "annotator";
    }
  | {
      /** A custom role. */
      type: "custom";
      /** Its global ID. */
      id: string;
      /** Display name. */
      name?: string;
    };

/**
 * A user's membership in an organization.
 *
 * @example
 * import { type SandboxMember, startSandbox } from "ax-users/testing";
 *
 * const isAdmin = ({ role }: SandboxMember) => role.type === "predefined" && role.name === "admin";
 * const sandbox = await startSandbox({ organizations: 3 });
 * for (const { name, members } of sandbox.organizations()) console.log(name, members.filter(isAdmin).length);
 * await sandbox.close();
 */
export interface SandboxMember {
  /** The ID of the user. */
  userId: string;
  /** The role in the organization. */
  role: SandboxOrganizationRole;
  /** Global ID of the membership. */
  membershipId: string;
}

/**
 * An organization of the sandbox.
 *
 * @example
 * import { type SandboxOrganization, startSandbox } from "ax-users/testing";
 *
 * const isEmpty = ({ members }: SandboxOrganization) => members.length === 0;
 * const sandbox = await startSandbox({ organizations: 3 });
 * console.log(sandbox.organizations().every(isEmpty)); // true
 * await sandbox.close();
 */
export interface SandboxOrganization {
  /** Global ID. */
  id: string;
  /** Unique among the organizations that are not deleted. */
  name: string;
  /** Empty if there is none. */
  description: string;
  /** RFC 3339 in UTC. */
  createdAt: string;
  /** The members, in the order in which they were added. */
  members: SandboxMember[];
}

/**
 * An initial member.
 *
 * @example
 * import { type SeedMember, startSandbox } from "ax-users/testing";
 *
 * const members: SeedMember[] = [{ userId: "u1", role: "admin" }];
 * const users = [{ id: "u1", email: "ada@example.com" }];
 * const sandbox = await startSandbox({ users, organizations: [{ name: "Research", members }] });
 * console.log(sandbox.organizations()[0]?.members);
 * await sandbox.close();
 */
export interface SeedMember {
  /** The ID of a user who is not inactive. Only once per organization. */
  userId: string;
  /**
   * The role in the organization. A name alone means the predefined role. It must be `annotator` if the user's account role is,
   * and only then. Default: `annotator` for account annotators, and `member` for all others.
   */
  role?: SandboxOrganizationRole | "admin" | "member" | "read-only" | "annotator";
  /** Default: base64 of the next unused `AccountOrganizationMembership:1`, `…:2` and so on. */
  membershipId?: string;
}

/**
 * An initial organization. Only the name is required.
 *
 * @example
 * import { type SeedOrganization, startSandbox } from "ax-users/testing";
 *
 * const organizations: SeedOrganization[] = [{ name: "Research" }, { name: "Sales", description: "Retail" }];
 * const sandbox = await startSandbox({ organizations });
 * console.log(sandbox.organizations().map(({ id }) => id));
 * await sandbox.close();
 */
export interface SeedOrganization {
  /** The name: unique among the seeds, case-sensitive. */
  name: string;
  /** Default: base64 of the next unused `Organization:1`, `Organization:2`, …, as in the API. */
  id?: string;
  /** Default: empty. */
  description?: string;
  /** Organizations are listed in this order. Default: 2024-01-01T00:00:00Z plus a minute per preceding seed. */
  createdAt?: string | Date;
  /** Default: none. */
  members?: readonly SeedMember[];
}
