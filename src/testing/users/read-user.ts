import type { Dialect } from "../dialect.ts";
import { badRequest, unprocessable } from "../http/problems.ts";
import { readChanges, readEnum, readFields, readName, readRole } from "../http/read-body.ts";
import type { SandboxRequest } from "../types.ts";
import { INVITE_MODES, type InviteMode, isEmailAddress, ROLE_NAMES } from "../vocabulary.ts";
import type { SandboxRole } from "./types.ts";

/** The fields of a valid create request. */
export interface NewUser {
  name: string;
  email: string;
  role: SandboxRole;
  inviteMode: InviteMode;
  /** If missing, the role determines it. */
  isDeveloper?: boolean;
}

export interface UserChanges {
  name?: string;
  isDeveloper?: boolean;
}

export function readNewUser(request: SandboxRequest, dialect: Dialect): NewUser {
  const fields = readFields(request, ["name", "email", "role", "invite_mode", "is_developer"]);
  const { name, email, role, invite_mode: inviteMode } = fields;
  if (!isEmailAddress(email)) throw badRequest("The 'email' field is required and must be an email address.");
  return {
    name: readName(name),
    email,
    role: readRole(role, ROLE_NAMES, dialect),
    inviteMode: readEnum("invite_mode", inviteMode, INVITE_MODES, dialect),
    ...readNewIsDeveloper(fields, dialect),
  };
}

function readNewIsDeveloper(
  fields: Record<string, unknown>,
  { createIsDeveloper }: Dialect,
): { isDeveloper?: boolean } {
  if (createIsDeveloper === "use") return readIsDeveloper(fields);
  if (createIsDeveloper === "ignore" || !("is_developer" in fields)) return {};
  throw unprocessable("The field 'is_developer' is unknown; the role determines the developer permission.");
}

export function readUserChanges(request: SandboxRequest): UserChanges {
  const fields = readChanges(request, ["name", "is_developer"]);
  const { name } = fields;
  return {
    ...(name !== undefined && { name: readName(typeof name === "string" ? name.trim() : name) }),
    ...readIsDeveloper(fields),
  };
}

function readIsDeveloper({ is_developer: isDeveloper }: Record<string, unknown>): { isDeveloper?: boolean } {
  if (isDeveloper === undefined) return {};
  if (typeof isDeveloper !== "boolean") throw badRequest("The 'is_developer' field must be a boolean.");
  return { isDeveloper };
}
