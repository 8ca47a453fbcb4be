import type { Role } from "../role.ts";

/** A role in an organization, spelled as in the alpha era. */
export type SandboxOrganizationRole = Role<"admin" | "member" | "read-only" | "annotator">;

/** A user's membership in an organization. */
export interface SandboxMember {
  userId: string;
  role: SandboxOrganizationRole;
  membershipId: string;
}

/** An organization of the sandbox. */
export interface SandboxOrganization {
  id: string;
  name: string;
  /** Empty where there is none. */
  description: string;
  /** RFC 3339 in UTC. */
  createdAt: string;
  /** In the order in which they came in. */
  members: SandboxMember[];
}

/** A member to start with. */
export interface SeedMember {
  /** Of a user who is not inactive, and only once in an organization. */
  userId: string;
  /**
   * A name stands for the predefined role. `annotator` is for those who are that in the account, and the only one for
   * them. Left out, `annotator` for those and `member` for all others.
   */
  role?: SandboxOrganizationRole | "admin" | "member" | "read-only" | "annotator";
  /** Left out, one like the API's: base64 of `AccountOrganizationMembership:1`, ... that no other seed has. */
  membershipId?: string;
}

/** An organization to start with. Only the name is needed. */
export interface SeedOrganization {
  /** Unique among the seeds; names that differ in case are two. */
  name: string;
  /** Left out, one like the API's: base64 of `Organization:1`, `Organization:2`, ... that no other seed has. */
  id?: string;
  /** Left out, empty. */
  description?: string;
  /** The order of listing. Left out, 2024-01-01T00:00:00Z and a minute for each seed before this one. */
  createdAt?: string | Date;
  /** Left out, none. */
  members?: readonly SeedMember[];
}
