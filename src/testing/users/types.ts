/**
 * An account role, with the values of the alpha dialect.
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
      /** A predefined role. */
      type: "predefined";
      /** The name of the role. */
      name: "admin" | "member" | "annotator";
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
 * A user of the sandbox. Deleted users are `inactive`; the API never lists or returns them.
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
  /** A status of the API, or `inactive`. */
  status: "active" | "invited" | "expired" | "inactive";
  /** The account role. */
  role: SandboxRole;
  /** Whether the user has developer permissions. */
  isDeveloper: boolean;
  /** RFC 3339 in UTC. */
  createdAt: string;
}

/**
 * An initial user. Only the email is required.
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
  /** Unique among the seeds, ignoring case. */
  email: string;
  /** Default: the part before the `@`. */
  name?: string;
  /** Default: like the API's, base64 of `User:1`, `User:2`, … that no other seed has. */
  id?: string;
  /** Default: `active`. */
  status?: "active" | "invited" | "expired" | "inactive";
  /** A name means the predefined role. Default: `member`. */
  role?: SandboxRole | "admin" | "member" | "annotator";
  /** Default: false for an annotator, and true for any other role. */
  isDeveloper?: boolean;
  /** Users are listed in this order. Default: 2024-01-01T00:00:00Z plus a minute per preceding seed. */
  createdAt?: string | Date;
}

/**
 * What {@link Sandbox.updateUser} changes; what is left out stays.
 *
 * @example
 * import { type SandboxUserUpdate, startSandbox } from "ax-users/testing";
 *
 * const changes: SandboxUserUpdate = { role: "admin", isDeveloper: true };
 * const sandbox = await startSandbox({ users: [{ id: "u1", email: "ada@example.com" }] });
 * console.log(sandbox.updateUser("u1", changes).role);
 * await sandbox.close();
 */
export interface SandboxUserUpdate
  extends Partial<Pick<SeedUser, "name" | "email" | "status" | "role" | "isDeveloper">> {}
