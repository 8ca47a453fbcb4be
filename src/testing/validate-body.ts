import { badRequest } from "./problems.ts";
import type { SandboxRequest, SandboxRole } from "./types.ts";
import {
  characters,
  INVITE_MODES,
  type InviteMode,
  isEmailAddress,
  isOneOf,
  isRecord,
  isText,
  ROLE_NAMES,
} from "./vocabulary.ts";

/** A create request that keeps the API's rules. */
export interface NewUser {
  name: string;
  email: string;
  role: SandboxRole;
  inviteMode: InviteMode;
  /** Left to the role where it is missing. */
  isDeveloper?: boolean;
}

export interface UserChanges {
  name?: string;
  isDeveloper?: boolean;
}

export function readNewUser(request: SandboxRequest): NewUser {
  const body = readObject(request);
  onlyFields("", body, ["name", "email", "role", "invite_mode", "is_developer"]);
  const { name, email, role, invite_mode: inviteMode } = body;
  if (!isEmailAddress(email)) throw badRequest("The 'email' field is required and must be an email address.");
  return {
    name: readName(name),
    email,
    role: readRole(role),
    inviteMode: readEnum("invite_mode", inviteMode, INVITE_MODES),
    ...readIsDeveloper(body),
  };
}

export function readUserChanges(request: SandboxRequest): UserChanges {
  const body = readObject(request);
  onlyFields("", body, ["name", "is_developer"]);
  if (Object.keys(body).length === 0)
    throw badRequest("At least one of 'name' and 'is_developer' is required.");
  const { name } = body;
  return {
    ...(name !== undefined && { name: readName(typeof name === "string" ? name.trim() : name) }),
    ...readIsDeveloper(body),
  };
}

function readObject({ headers, body }: SandboxRequest): Record<string, unknown> {
  const mediaType = headers["content-type"]?.split(";")[0]?.trim().toLowerCase();
  if (mediaType !== "application/json") throw badRequest("The Content-Type must be application/json.");
  if (!isRecord(body)) throw badRequest("The body must be a JSON object.");
  return body;
}

function onlyFields(within: string, value: Record<string, unknown>, known: readonly string[]): void {
  const unknown = Object.keys(value).find((field) => !known.includes(field));
  if (unknown === undefined) return;
  throw badRequest(`The field '${within}${unknown}' is unknown; the fields are ${known.join(", ")}.`);
}

function readName(name: unknown): string {
  if (!isText(name)) throw badRequest("The 'name' field is required and must be a non-empty string.");
  if (characters(name) > 255) throw badRequest("The 'name' field must have at most 255 characters.");
  return name;
}

function readIsDeveloper({ is_developer: isDeveloper }: Record<string, unknown>): { isDeveloper?: boolean } {
  if (isDeveloper === undefined) return {};
  if (typeof isDeveloper !== "boolean") throw badRequest("The 'is_developer' field must be a boolean.");
  return { isDeveloper };
}

function readRole(role: unknown): SandboxRole {
  if (!isRecord(role)) throw badRequest("The 'role' field is required and must be an object.");
  const type = readEnum("role.type", role["type"], ["predefined", "custom"]);
  if (type === "predefined") {
    onlyFields("role.", role, ["type", "name"]);
    return { type, name: readEnum("role.name", role["name"], ROLE_NAMES) };
  }
  // The API takes a custom role's name and ignores it.
  onlyFields("role.", role, ["type", "id", "name"]);
  const { id } = role;
  if (!isText(id)) throw badRequest("The 'role.id' field is required and must be a non-empty string.");
  return { type, id };
}

function readEnum<Value extends string>(field: string, value: unknown, values: readonly Value[]): Value {
  if (!isOneOf(values, value)) throw badRequest(`The '${field}' field must be one of ${values.join(", ")}.`);
  return value;
}
