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
 * A user of the sandbox. A deleted user is `inactive`; the API never lists or returns one.
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
  /** The email address: unique among the seeds, ignoring case. */
  email: string;
  /** Default: the part of the address before the `@`. */
  name?: string;
  /** Default: base64 of the next unused `User:1`, `User:2`, …, as in the API. */
  id?: string;
  /** Default: `active`. */
  status?: "active" | "invited" | "expired" | "inactive";
  /** The account role. A name alone means the predefined role. Default: `member`. */
  role?: SandboxRole | "admin" | "member" | "annotator";
  /** Default: false for an annotator, true for all other roles. */
  isDeveloper?: boolean;
  /** Users are listed in this order. Default: 2024-01-01T00:00:00Z plus a minute per preceding seed. */
  createdAt?: string | Date;
}

/**
 * The changes of {@link Sandbox.updateUser}. Members that are left out are not changed.
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
