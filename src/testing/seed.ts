import { isDeveloperByRole, type StoredUser, toUserId } from "./account.ts";
import { FIRST_CREATED_AT_MS, MINUTE_MS } from "./generated-users.ts";
import { complaint, requireKind, requireMembers, requireOneOf } from "./require.ts";
import type { SandboxRole, SeedUser } from "./types.ts";
import { emailKey, isEmailAddress, isRecord, isText, ROLE_NAMES, STATUSES } from "./vocabulary.ts";

const MEMBERS = ["email", "name", "id", "status", "role", "isDeveloper", "createdAt"];

/** The users to start with, checked, completed and sorted by creation. */
export function seedUsers(seeds: readonly SeedUser[]): StoredUser[] {
  const newId = unusedIds(seeds);
  const users = seeds.map((seed, index) => readSeed(`options.users[${index}]`, seed, index, newId));
  refuseDuplicates(users, "email");
  refuseDuplicates(users, "id");
  return users.sort((one, other) => one.createdAtMs - other.createdAtMs);
}

function readSeed(argument: string, seed: SeedUser, index: number, newId: () => string): StoredUser {
  requireMembers(argument, seed, MEMBERS);
  const email = requireKind(`${argument}.email`, seed.email, "an email address", isEmailAddress);
  const role = readRole(`${argument}.role`, seed.role);
  const { id = newId(), name = email.split("@")[0], status = "active" } = seed;
  const {
    isDeveloper = isDeveloperByRole(role),
    createdAt = new Date(FIRST_CREATED_AT_MS + index * MINUTE_MS),
  } = seed;
  return {
    id: requireKind(`${argument}.id`, id, "a non-empty string", isText),
    name: requireKind(`${argument}.name`, name, "a non-empty string", isText),
    email,
    emailKey: emailKey(email),
    status: requireOneOf(`${argument}.status`, status, STATUSES),
    role,
    isDeveloper: requireKind(`${argument}.isDeveloper`, isDeveloper, "a boolean", isBoolean),
    createdAtMs: readDate(`${argument}.createdAt`, createdAt),
  };
}

const isBoolean = (value: unknown): value is boolean => typeof value === "boolean";

function readRole(argument: string, role: SeedUser["role"] = "member"): SandboxRole {
  if (!isRecord(role)) return { type: "predefined", name: requireOneOf(argument, role, ROLE_NAMES) };
  if (requireOneOf(`${argument}.type`, role.type, ["predefined", "custom"]) === "predefined") {
    requireMembers(argument, role, ["type", "name"]);
    return { type: "predefined", name: requireOneOf(`${argument}.name`, role.name, ROLE_NAMES) };
  }
  return readCustomRole(argument, role);
}

function readCustomRole(argument: string, role: Record<string, unknown>): SandboxRole {
  requireMembers(argument, role, ["type", "id", "name"]);
  const { name } = role;
  return {
    type: "custom",
    id: requireKind(`${argument}.id`, role["id"], "a non-empty string", isText),
    ...(name !== undefined && { name: requireKind(`${argument}.name`, name, "a non-empty string", isText) }),
  };
}

function readDate(argument: string, date: unknown): number {
  const ms = typeof date === "string" || date instanceof Date ? new Date(date).getTime() : Number.NaN;
  // RFC 3339 has four digits for the year.
  const year = new Date(ms).getUTCFullYear();
  if (year >= 0 && year <= 9999) return ms;
  throw new TypeError(complaint(argument, "a date of the years 0 to 9999, as a Date or a string", date));
}

/** Gives IDs that no seed asks for. */
function unusedIds(seeds: readonly SeedUser[]): () => string {
  const asked = new Set(seeds.map((seed) => seed?.id));
  let number = 0;
  return () => {
    do number += 1;
    while (asked.has(toUserId(number)));
    return toUserId(number);
  };
}

function refuseDuplicates(users: readonly StoredUser[], member: "email" | "id"): void {
  const seen = new Set<string>();
  for (const [index, user] of users.entries()) {
    const key = member === "email" ? user.emailKey : user.id;
    if (seen.has(key)) {
      throw new TypeError(
        complaint(`options.users[${index}].${member}`, "unique among the seeds", user[member]),
      );
    }
    seen.add(key);
  }
}
