import type { Role } from "../role.ts";

/** An account role, spelled as in the alpha era. */
export type SandboxRole = Role<"admin" | "member" | "annotator">;

/** A user of the sandbox. `inactive` is what the API makes of a deleted one; it never lists or gets those. */
export interface SandboxUser {
  id: string;
  name: string;
  email: string;
  status: "active" | "invited" | "expired" | "inactive";
  role: SandboxRole;
  isDeveloper: boolean;
  /** RFC 3339 in UTC. */
  createdAt: string;
}

/** A user to start with. Only the email is needed. */
export interface SeedUser {
  /** Unique among the seeds, whatever its case. */
  email: string;
  /** Left out, what stands before the `@`. */
  name?: string;
  /** Left out, one like the API's: base64 of `User:1`, `User:2`, ... that no other seed has. */
  id?: string;
  /** Left out, `active`. */
  status?: "active" | "invited" | "expired" | "inactive";
  /** A name stands for the predefined role. Left out, `member`. */
  role?: SandboxRole | "admin" | "member" | "annotator";
  /** Left out, false for an annotator and true for every other role. */
  isDeveloper?: boolean;
  /** The order of listing. Left out, 2024-01-01T00:00:00Z and a minute for each seed before this one. */
  createdAt?: string | Date;
}
