import type { Dialect } from "../dialect.ts";
import { badRequest } from "../http/problems.ts";
import { readChanges, readFields, readName, readRole, readText } from "../http/read-body.ts";
import type { SandboxRequest } from "../types.ts";
import { characters, ORGANIZATION_ROLE_NAMES } from "../vocabulary.ts";
import type { SandboxOrganizationRole } from "./types.ts";

/** The fields of a valid create request. */
export interface NewOrganization {
  name: string;
  description: string;
}

export interface OrganizationChanges {
  name?: string;
  description?: string;
}

export interface NewMember {
  userId: string;
  role: SandboxOrganizationRole;
}

export function readNewOrganization(request: SandboxRequest): NewOrganization {
  const { name, description = "" } = readFields(request, ["name", "description"]);
  return { name: readName(name), description: readDescription(description) };
}

export function readOrganizationChanges(request: SandboxRequest, dialect: Dialect): OrganizationChanges {
  const { name, description } = readChanges(request, ["name", "description"]);
  return {
    ...(name !== undefined && { name: readName(name) }),
    ...(description !== undefined && { description: readChangedDescription(description, dialect) }),
  };
}

export function readNewMember(request: SandboxRequest, dialect: Dialect): NewMember {
  const { user_id: userId, role } = readFields(request, ["user_id", "role"]);
  return { userId: readText("user_id", userId), role: readRole(role, ORGANIZATION_ROLE_NAMES, dialect) };
}

function readChangedDescription(description: unknown, { noDescription }: Dialect): string {
  if (description === noDescription) return "";
  if (description !== "") return readDescription(description);
  throw badRequest("The 'description' field must not be empty; null clears it.");
}

function readDescription(description: unknown): string {
  if (typeof description !== "string") throw badRequest("The 'description' field must be a string.");
  if (characters(description) <= 1000) return description;
  throw badRequest("The 'description' field must have at most 1000 characters.");
}
