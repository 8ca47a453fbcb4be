import { requireKind, requireMembers } from "../require.ts";
import { madeUpCreationMs, sortByCreation } from "../seeds/creation.ts";
import { newIds } from "../seeds/ids.ts";
import { readDate, readText, requireUnique } from "../seeds/read-seed.ts";
import type { StoredUser } from "../users/users.ts";
import type { StoredOrganization } from "./organizations.ts";
import { MemberReader } from "./seed-members.ts";
import type { SeedOrganization } from "./types.ts";

/** Checks and completes the initial organizations, and sorts them by creation. */
export function seedOrganizations(
  seeds: readonly SeedOrganization[],
  users: readonly StoredUser[],
): StoredOrganization[] {
  for (const [index, seed] of seeds.entries()) requireShape(argumentAt(index), seed);
  const asked = new Set(seeds.map(({ id }) => id));
  const newId = newIds("Organization", 0, (id) => asked.has(id));
  const members = new MemberReader(
    users,
    seeds.flatMap((seed) => seed.members ?? []),
  );
  const organizations = seeds.map((seed, index) => readSeed(seed, index, newId, members));
  rejectDuplicates(organizations);
  return sortByCreation(organizations);
}

const argumentAt = (index: number): string => `options.organizations[${index}]`;

function requireShape(argument: string, seed: SeedOrganization): void {
  requireMembers(argument, seed, ["name", "id", "description", "createdAt", "members"]);
  const { members = [] } = seed;
  requireKind(`${argument}.members`, members, "an array", Array.isArray);
  for (const [index, member] of members.entries()) {
    requireMembers(`${argument}.members[${index}]`, member, ["userId", "role", "membershipId"]);
  }
}

function readSeed(
  seed: SeedOrganization,
  index: number,
  newId: () => string,
  members: MemberReader,
): StoredOrganization {
  const argument = argumentAt(index);
  const { name, id = newId(), description = "", members: memberSeeds = [] } = seed;
  const { createdAt = new Date(madeUpCreationMs(index)) } = seed;
  return {
    id: readText(`${argument}.id`, id),
    name: readText(`${argument}.name`, name),
    description: requireKind(`${argument}.description`, description, "a string", isString),
    createdAtMs: readDate(`${argument}.createdAt`, createdAt),
    members: members.read(`${argument}.members`, memberSeeds),
    isDeleted: false,
  };
}

const isString = (value: unknown): value is string => typeof value === "string";

function rejectDuplicates(organizations: readonly StoredOrganization[]): void {
  const requireUniqueName = requireUnique("among the seeds");
  const requireUniqueId = requireUnique("among the seeds");
  for (const [index, { id, name }] of organizations.entries()) {
    requireUniqueName(`${argumentAt(index)}.name`, name);
    requireUniqueId(`${argumentAt(index)}.id`, id);
  }
}
