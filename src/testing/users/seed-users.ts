import { requireKind, requireMembers, requireOneOf } from "../require.ts";
import { madeUpCreationMs, sortByCreation } from "../seeds/creation.ts";
import { newIds } from "../seeds/ids.ts";
import { readDate, readRole, readText, requireUnique } from "../seeds/read-seed.ts";
import { emailKey, isEmailAddress, ROLE_NAMES, STATUSES } from "../vocabulary.ts";
import type { SeedUser } from "./types.ts";
import { isDeveloperByRole, type StoredUser } from "./users.ts";

const MEMBERS = ["email", "name", "id", "status", "role", "isDeveloper", "createdAt"];

/** Checks and completes the initial users, and sorts them by creation. */
export function seedUsers(seeds: readonly SeedUser[]): StoredUser[] {
  const asked = new Set(seeds.map((seed) => seed?.id));
  const newId = newIds("User", 0, (id) => asked.has(id));
  const users = seeds.map((seed, index) => readSeed(`options.users[${index}]`, seed, index, newId));
  rejectDuplicates(users);
  return sortByCreation(users);
}

function readSeed(argument: string, seed: SeedUser, index: number, newId: () => string): StoredUser {
  requireMembers(argument, seed, MEMBERS);
  const email = requireKind(`${argument}.email`, seed.email, "an email address", isEmailAddress);
  const { id = newId(), name = email.split("@")[0], status = "active", role: seedRole = "member" } = seed;
  const role = readRole(`${argument}.role`, seedRole, ROLE_NAMES);
  const { isDeveloper = isDeveloperByRole(role), createdAt = new Date(madeUpCreationMs(index)) } = seed;
  return {
    id: readText(`${argument}.id`, id),
    name: readText(`${argument}.name`, name),
    email,
    emailKey: emailKey(email),
    status: requireOneOf(`${argument}.status`, status, STATUSES),
    role,
    isDeveloper: requireKind(`${argument}.isDeveloper`, isDeveloper, "a boolean", isBoolean),
    createdAtMs: readDate(`${argument}.createdAt`, createdAt),
  };
}

const isBoolean = (value: unknown): value is boolean => typeof value === "boolean";

function rejectDuplicates(users: readonly StoredUser[]): void {
  const requireUniqueEmail = requireUnique("among the seeds");
  const requireUniqueId = requireUnique("among the seeds");
  for (const [index, { id, email, emailKey }] of users.entries()) {
    requireUniqueEmail(`options.users[${index}].email`, email, emailKey);
    requireUniqueId(`options.users[${index}].id`, id);
  }
}
