export { startSandbox } from "./sandbox.ts";
export type {
  Fault,
  Sandbox,
  SandboxMail,
  SandboxOptions,
  SandboxRequest,
  SandboxRole,
  SandboxUser,
  SeedUser,
} from "./types.ts";
