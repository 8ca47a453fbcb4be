/**
 * A local server for your tests that behaves like the API for users and organizations, and fails on demand.
 *
 * @module ax-users/testing
 * @group Reference
 */
export type {
  SandboxMember,
  SandboxOrganization,
  SandboxOrganizationRole,
  SeedMember,
  SeedOrganization,
} from "./organizations/types.ts";
export { startSandbox } from "./sandbox.ts";
export type { ActiveFault, Fault, Sandbox, SandboxMail, SandboxOptions, SandboxRequest } from "./types.ts";
export type { SandboxRole, SandboxUser, SandboxUserUpdate, SeedUser } from "./users/types.ts";
