/**
 * An account role, spelled as in the alpha dialect.
 *
 * @example
 * import { type SandboxRole, startSandbox } from "ax-users/testing";
 *
 * const role: SandboxRole = { type: "custom", id: "role-1", name: "Auditor" };
 * const sandbox = await startSandbox({ users: [{ email: "ada@example.com", role }] });
 * console.log(sandbox.users()[0]?.role);
 * await sandbox.close();
 */
export type SandboxRole =
  | {
      /** A role that every account has. */
      type: "predefined";
      /** Which one. */
      name: "admin" | "member" | "annotator";
    }
  | {
      /** A role that this account has made. */
      type: "custom";
      /** Its global ID. */
      id: string;
      /** For people to read. */
      name?: string;
    };

/**
 * A user of the sandbox. `inactive` is what the API makes of a deleted one; it never lists or gets those.
 *
 * @example
 * import { type SandboxUser, startSandbox } from "ax-users/testing";
 *
 * const isNew = ({ status }: SandboxUser) => status === "invited";
 * const sandbox = await startSandbox({ users: 100 });
 * console.log(sandbox.users().filter(isNew).length);
 * await sandbox.close();
 */
export interface SandboxUser {
  /** Global ID. */
  id: string;
  /** Display name. */
  name: string;
  /** Email address. */
  email: string;
  /** As the API has it, and `inactive`. */
  status: "active" | "invited" | "expired" | "inactive";
  /** The account role. */
  role: SandboxRole;
  /** Whether the user has developer permissions. */
  isDeveloper: boolean;
  /** RFC 3339 in UTC. */
  createdAt: string;
}

/**
 * A user to start with. Only the email is needed.
 *
 * @example
 * import { type SeedUser, startSandbox } from "ax-users/testing";
 *
 * const users: SeedUser[] = [
 *   { email: "ada@example.com", role: "admin" },
 *   { email: "grace@example.com", status: "expired" },
 * ];
 * const sandbox = await startSandbox({ users });
 * console.log(sandbox.users().length);
 * await sandbox.close();
 */
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
